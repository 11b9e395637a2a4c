"""What becomes of reminders when something changes elsewhere."""

from datetime import UTC, datetime

from msgspec.structs import replace

from bot.topics.accounts.model import Status
from bot.topics.posting.model import Watch
from bot.topics.team.facts import Sweep
from bot.topics.team.hours import DAY
from tests.engine_room import START
from tests.house import House
from tests.topics.posting.conftest import Desk


def test_another_owner_starts_with_a_fresh_clock(house: House, desk: Desk) -> None:
    account = desk.account("ce-x", "owner", START - 9 * DAY)
    house.settle()
    desk.change(account, replace(account, owner="bea"), fresh=True)
    assert desk.watch("ce-x") == Watch("id-ce-x", clock_from=START, due=datetime(2026, 11, 27, 6, tzinfo=UTC))
    house.later(days=3)
    assert len(house.messages("owner")) == 1
    assert not house.messages("bea")
    house.later(hours=23)
    assert not house.messages("bea")
    house.later(hours=1)
    assert desk.nudged("bea") == ["2026-11-27"]


def test_the_same_owner_under_another_identity_keeps_the_clock(house: House, desk: Desk) -> None:
    account = desk.account("ce-x", "owner", START - 9 * DAY)
    house.settle()
    desk.change(account, replace(account, owner="bea"))
    assert desk.watch("ce-x").clock_from is None
    assert desk.watch("ce-x").chain.people == ()
    house.later(days=1)
    assert house.messages("bea")


def test_a_retired_or_dormant_account_reminds_nobody(house: House, desk: Desk) -> None:
    account = desk.account("ce-x", "owner", START - 2 * DAY)
    desk.change(account, replace(account, status=Status.DORMANT))
    assert desk.due_on_agenda("ce-x") is None
    house.later(days=10)
    assert not house.messages("owner")
    assert "ce-x is dormant, so I remind nobody" in house.say("last ce-x", "owner")


def test_with_another_zone_of_the_team_all_days_are_counted_again(house: House, desk: Desk) -> None:
    for number in range(3):
        desk.account(f"n{number}-x", "owner", START)
    assert desk.due_on_agenda("n0-x") == datetime(2026, 11, 27, 6, tzinfo=UTC)
    said = house.say("team set zone Europe/Berlin", "office")
    assert "Not yet" not in said, said
    house.settle()
    assert {desk.due_on_agenda(f"n{number}-x") for number in range(3)} == {datetime(2026, 11, 26, 23, tzinfo=UTC)}


def test_the_nightly_sweep_rebuilds_an_entry_that_is_missing(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START)
    house.store.write("t", lambda records: records.wake("gap", "id-ce-x", None)).result()
    assert desk.due_on_agenda("ce-x") is None
    house.store.write("t", lambda records: desk.context(records).announce(Sweep(0))).result()
    assert desk.due_on_agenda("ce-x") == datetime(2026, 11, 27, 6, tzinfo=UTC)
