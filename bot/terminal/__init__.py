"""What the commands at the terminal do; `bot/__main__.py` declares them."""
