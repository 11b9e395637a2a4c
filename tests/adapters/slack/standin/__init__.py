"""A Slack of our own on loopback: Web API, Socket Mode and signed HTTP, as strict as Slack's documentation."""
