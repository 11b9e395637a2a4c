"""A Discord of our own on loopback: HTTP API and gateway over real sockets, over simcord's simulated Discord."""
