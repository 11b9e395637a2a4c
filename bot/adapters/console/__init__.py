"""The console: a local chat in the terminal, for the sample team and for trying things out."""
