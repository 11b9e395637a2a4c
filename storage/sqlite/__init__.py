"""The embedded engine: one SQLite file for all teams, or memory for tests."""
