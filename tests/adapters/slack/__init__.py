"""Steward on Slack, against a Slack of our own over real HTTP and WebSocket."""
