"""Discord: slash commands, buttons, forms and direct messages, on discord.py."""
