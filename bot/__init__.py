"""Steward keeps a volunteer-run organisation's social media accounts owned, active and ready for trouble."""
