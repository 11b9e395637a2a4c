"""Tips as they are read in these tests: given on Tuesday, 24 November 2026, at noon in Chicago."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.topics.drafting.checks import Remark, Setting, check
from bot.topics.drafting.composing import Composed, compose
from bot.topics.drafting.facts import Facts
from bot.topics.drafting.limits import limits_of
from bot.topics.drafting.reading import read_tip

GIVEN = datetime(2026, 11, 24, 18, tzinfo=UTC)
WEBINAR = (
    'The ALCTS Preservation Section is hosting a free webinar, "Caring for Family Photographs", on Tuesday, '
    "December 1, 2026 at 2:00 p.m. Eastern. Presenter Dana Whitfield, conservator at the Midland Archives, will show "
    "how to store prints and slides on a small budget. Register by November 27 at https://www.ala.org/alcts/photos."
)


def read(text: str) -> Facts:
    return read_tip(text, GIVEN, ZoneInfo("America/Chicago"))


def composed(text: str, network: str = "x", **more: object) -> Composed:
    return compose(read(text), limits_of(network), **more)  # type: ignore[arg-type]


def remark(tip: str, text: str, network: str = "x", setting: Setting | None = None) -> Remark:
    """What the checker says of a text to one of the tips."""
    return next(one for one in check(text, limits_of(network), setting or Setting()) if one.tip == tip)
