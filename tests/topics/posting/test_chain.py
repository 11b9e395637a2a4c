from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.topics.posting.chain import (
    NEXT,
    NOBODY_ASKED,
    Chain,
    Event,
    Stage,
    asks_helper,
    asks_owner,
    help_from,
    moved,
    reminded,
    stepped,
)
from bot.topics.team.hours import DAY, Hours

CALENDAR = Hours(ZoneInfo("America/Chicago"), country="US")
MONDAY = datetime(2026, 11, 2, 15, tzinfo=UTC)  # 09:00 in Chicago


def step(
    chain: Chain,
    now: datetime,
    found: tuple[Event, str] = (Event.TO_BACKUP, "bea"),
    *,
    due: bool = True,
    owner: bool = True,
    helper: bool = True,
) -> Chain:
    return stepped(chain, due=due, owner=owner, helper=helper, seek=lambda: found, calendar=CALENDAR, now=now)


def owner_asked_on(*days: int) -> Chain:
    """An account due on Monday 2 November whose owner was nudged that many days later."""
    chain = step(NOBODY_ASKED, MONDAY)
    for day in days:
        chain = reminded(chain, "owner", MONDAY + day * DAY, CALENDAR)
    return chain


def test_a_due_account_asks_its_owner_first() -> None:
    chain = step(NOBODY_ASKED, MONDAY)
    assert (chain.stage, chain.helper, chain.since) == (Stage.OWNER, "", MONDAY)
    assert asks_owner(chain)
    assert not asks_helper(chain)


def test_one_unanswered_nudge_asks_nobody_else_however_long_it_is() -> None:
    chain = owner_asked_on(0)
    assert help_from(chain, CALENDAR) is None
    assert step(chain, MONDAY + 90 * DAY) == chain


def test_after_two_unanswered_nudges_and_a_working_day_the_backup_is_asked() -> None:
    chain = owner_asked_on(0, 1)
    assert help_from(chain, CALENDAR) == datetime(2026, 11, 4, 6, tzinfo=UTC)  # as Wednesday begins in Chicago
    assert step(chain, MONDAY + DAY).stage is Stage.OWNER
    asked = step(chain, MONDAY + 2 * DAY)
    assert (asked.stage, asked.helper, asked.people) == (Stage.BACKUP, "bea", ("owner",))


def test_nudges_count_only_a_working_day_or_more_apart() -> None:
    friday, saturday, sunday, monday = (MONDAY + days * DAY for days in (4, 5, 6, 7))
    chain = step(NOBODY_ASKED, friday)
    for at in (friday, saturday, sunday):
        chain = reminded(chain, "owner", at, CALENDAR)
    assert chain.asked == (friday,)
    assert reminded(chain, "owner", monday, CALENDAR).asked == (friday, monday)


def test_the_nudge_after_the_weekend_leaves_time_until_the_next_working_day() -> None:
    chain = reminded(
        reminded(step(NOBODY_ASKED, MONDAY), "owner", MONDAY + 3 * DAY, CALENDAR), "owner", MONDAY + 4 * DAY, CALENDAR
    )
    assert help_from(chain, CALENDAR) == datetime(2026, 11, 9, 6, tzinfo=UTC)


def test_the_backup_is_asked_in_two_nudges_then_a_coordinator_once() -> None:
    now = MONDAY + 2 * DAY
    chain = step(owner_asked_on(0, 1), now)
    for days in (0, 1):
        assert asks_helper(chain)
        chain = reminded(chain, "bea", now + days * DAY, CALENDAR)
    assert not asks_helper(chain)
    chain = step(chain, now + 5 * DAY, (Event.TO_COORDINATOR, "cora"))
    assert (chain.stage, chain.helper) == (Stage.COORDINATOR, "cora")
    chain = reminded(chain, "cora", now + 5 * DAY, CALENDAR)
    assert chain.stage is Stage.TOLD
    assert not asks_helper(chain)
    assert step(chain, now + 300 * DAY, owner=False, helper=False) == chain


def test_a_nudge_to_the_owner_does_not_count_for_the_backup() -> None:
    chain = step(owner_asked_on(0, 1), MONDAY + 2 * DAY)
    assert reminded(chain, "owner", MONDAY + 3 * DAY, CALENDAR).asked == ()


def test_an_owner_who_cannot_be_asked_is_passed_over_at_once() -> None:
    assert step(NOBODY_ASKED, MONDAY, owner=False).stage is Stage.BACKUP
    assert step(owner_asked_on(0), MONDAY, owner=False).stage is Stage.BACKUP


def test_a_backup_who_goes_away_is_followed_by_a_coordinator() -> None:
    chain = step(owner_asked_on(0, 1), MONDAY + 2 * DAY)
    assert step(chain, MONDAY + 2 * DAY, (Event.TO_COORDINATOR, "cora"), helper=False).stage is Stage.COORDINATOR


def test_a_backup_who_says_yes_has_a_week_in_which_nobody_is_asked() -> None:
    now = MONDAY + 2 * DAY
    chain = moved(step(owner_asked_on(0, 1), now), Event.YES, now)
    assert (chain.stage, chain.helper) == (Stage.HELPING, "bea")
    assert not asks_owner(chain)
    assert not asks_helper(chain)
    assert step(chain, now + 6 * DAY) == chain
    assert step(chain, now + 7 * DAY, (Event.TO_COORDINATOR, "cora")).stage is Stage.COORDINATOR


def test_where_nobody_can_be_asked_it_stands_on_the_agenda_until_somebody_can() -> None:
    nobody = (Event.TO_NOBODY, "")
    chain = step(NOBODY_ASKED, MONDAY, nobody, owner=False)
    assert chain.stage is Stage.AGENDA
    assert step(chain, MONDAY + DAY, nobody, owner=False) == chain
    assert step(chain, MONDAY + DAY, (Event.TO_COORDINATOR, "cora")).stage is Stage.COORDINATOR


@pytest.mark.parametrize("stage", Stage)
def test_what_is_no_longer_due_asks_nobody_from_any_stage(stage: Stage) -> None:
    chain = Chain(stage, "bea", MONDAY, (MONDAY,), ("owner", "bea"))
    assert step(chain, MONDAY, due=False) == NOBODY_ASKED


def test_a_step_that_the_table_does_not_have_is_impossible() -> None:
    for stage, event in product(Stage, Event):
        chain = Chain(stage, "bea", MONDAY)
        if (stage, event) in NEXT:
            assert moved(chain, event, MONDAY, "cora").stage is NEXT[stage, event]
        else:
            with pytest.raises(KeyError):
                moved(chain, event, MONDAY, "cora")


def test_every_stage_can_be_reached_and_left() -> None:
    assert {stage for stage, _event in NEXT} == set(Stage)
    assert set(NEXT.values()) == set(Stage)
