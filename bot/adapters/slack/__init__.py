"""Slack: reads what people do there, renders cards as Block Kit, and delivers messages."""
