"""What Slack has handed over already: it repeats what it thinks was not taken."""

from collections import OrderedDict

from bot.adapters.slack.read import Payload, delivery_of, workspace_of

REMEMBERED = 5000  # deliveries that are known again without asking the database


class Deliveries:
    """Knows deliveries of late again. The database knows those that changed something, also after a restart."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, None] = OrderedDict()

    def is_new(self, payload: Payload) -> bool:
        """Was this never handed over before? Asking notes it."""
        delivery = f"{workspace_of(payload)}/{delivery_of(payload)}"
        if delivery in self._seen:
            return False
        self._seen[delivery] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return True
