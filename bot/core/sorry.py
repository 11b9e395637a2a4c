"""What people are told when their request can't be done as asked."""

from collections.abc import Mapping

from bot.core.chat import Button, Card, Row, Rows
from bot.core.codes import typed
from bot.errors import Refusal


class Sorry(Card, frozen=True):
    """The answer to a request that could not be done as asked: nothing was changed."""


def refusal_card(refusal: Refusal, command: str, values: Mapping[str, str]) -> Sorry:
    """A refusal as a card; its choices become buttons that ask again with that value, where that fits a button."""
    if not (refusal.option and command and refusal.choices):
        return Sorry("Not yet", refusal.sentence)
    rows = []
    for value, label in refusal.choices:
        again = {**values, refusal.option: value}
        try:
            rows.append(Row(label, controls=(Button(value, command, again),)))
        except ValueError:  # too long for a button: it is typed instead
            rows.append(Row(label, detail=typed(command, again)))
    return Sorry("Not yet", refusal.sentence, (Rows(tuple(rows), total=len(rows)),))
