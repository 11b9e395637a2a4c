"""How much room a post has on its network, by the network's own count."""

from bot.topics.drafting.frames import SHORT
from bot.topics.drafting.lengths import COUNTERS, ON
from bot.topics.drafting.limits import Limits
from bot.topics.drafting.rendering import Runs, text_of

AIM = {"facebook": 900, "linkedin": 1200, "instagram": 900, "youtube": 1500, "flickr": 800}  # characters, of our own
LONG_AIM = 1500


class Room:
    """How long stretches are by the network's own count, each stretch counted once."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.most = (
            limits.most
            if limits.network in SHORT and limits.most
            else min(AIM.get(limits.network, LONG_AIM), limits.most or LONG_AIM)
        )
        self._count = ON.get(limits.network) or COUNTERS[limits.count]

    def size(self, runs: Runs) -> int:
        """How long these words are, and the blank or the empty line before them."""
        return self._count(text_of(runs)) + (1 if self.limits.network in SHORT else 2)
