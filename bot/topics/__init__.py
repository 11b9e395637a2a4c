"""What volunteers do: a folder a topic. `bot/house.py` lists them, the ground first."""
