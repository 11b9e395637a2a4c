import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

import storage
from bot.adapters.console.read import read_span
from bot.core.chat import Person, Request
from bot.core.plain import plain
from bot.house import KINDS, build, worker_for
from bot.terminal.greeting import greeting
from bot.terminal.opening import TERMINAL, Opened
from bot.terminal.sample import load, things
from bot.terminal.world import SystemChance
from bot.topics.accounts.model import Access, Account
from bot.topics.posting.model import Post
from bot.topics.team.model import Volunteer
from tests.engine_room import HandClock, Postbox, SeededChance

START = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
ME = Person("console:affiliate-groups")


class Sample:
    """The sample team in memory, loaded at some moment."""

    def __init__(self, start: datetime) -> None:
        self.clock, self.post = HandClock(start), Postbox(network="console")
        self.store = storage.open("sqlite://", KINDS)
        load(self.store, self.clock, SeededChance())
        self.engine = build(self.store, self.clock, SeededChance(2))
        self.house = Opened(self.store, self.clock, self.engine, "sample", sample=True)
        self.worker = worker_for(self.engine, {"console": self.post})

    def until(self, end: datetime) -> None:
        asyncio.run(self.worker.round())
        while (due := self.store.next_due()) and due <= end:
            self.clock.time = max(due, self.clock.time)
            asyncio.run(self.worker.round())
        self.clock.time = end

    def close(self) -> None:
        self.engine.close()
        self.store.close()


@pytest.fixture
def sample() -> Iterator[Sample]:
    made = Sample(START)
    yield made
    made.close()


@pytest.mark.parametrize("hours", range(0, 24 * 365, 24 * 17 + 5))
def test_whenever_the_first_start_is_the_greeting_leads_to_exactly_one_reminder(hours: int) -> None:
    made = Sample(START + timedelta(hours=hours))
    try:
        asyncio.run(made.worker.round())
        said = plain(greeting(made.house), made.house.zone())
        span = read_span(said.split("Type `:later ", 1)[1].split("`", 1)[0])
        assert span <= timedelta(days=5)
        made.until(made.clock.time + span)
        (letter,) = (message for message in made.post.kept.values() if message.to == ME)
        assert "No post recorded on arg-x since" in plain(letter.card, made.house.zone())
    finally:
        made.close()


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 11, 27, 23, 30, tzinfo=UTC),  # a Friday evening
        datetime(2026, 12, 24, 20, tzinfo=UTC),  # a Thursday, and Christmas comes
        datetime(2026, 12, 25, 15, tzinfo=UTC),
        datetime(2026, 10, 31, 5, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 6, 30, tzinfo=UTC),  # half past one, twice
        datetime(2027, 3, 14, 7, 59, tzinfo=UTC),  # the minute before two, which is skipped
        datetime(2028, 2, 29, 5, tzinfo=UTC),
        datetime(2026, 11, 23, 14, 59, 59, tzinfo=UTC),  # a second before nine
        datetime(2026, 11, 23, 15, 0, 1, tzinfo=UTC),
    ],
)
def test_the_first_walk_goes_as_told_at_odd_times_too(start: datetime) -> None:
    made = Sample(start)
    try:
        asyncio.run(made.worker.round())
        said = plain(greeting(made.house), made.house.zone())
        made.until(made.clock.time + read_span(said.split("Type `:later ", 1)[1].split("`", 1)[0]))
        (letter,) = (message for message in made.post.kept.values() if message.to == ME)
        assert "No post recorded on arg-x since" in plain(letter.card, made.house.zone())
        made.engine.handle(Request(ME, TERMINAL, text="posted arg-x", delivery="1", shown_name="me")).result()
        made.until(made.clock.time + timedelta(weeks=3))
        asked = [one.card for one in made.post.kept.values() if one.to == Person("console:regional-groups")]
        assert any("arg-x could use a hand. Can you?" in plain(card, made.house.zone()) for card in asked)
    finally:
        made.close()


def test_eight_volunteers_named_by_their_job_look_after_thirteen_of_fifteen_accounts(sample: Sample) -> None:
    accounts = sample.house.read(lambda records: records.find(Account))
    assert len(accounts) == 15
    assert {one.short for one in accounts if not one.owner} == {"assoc-fl", "pw-yt"}
    people = sample.house.read(lambda records: records.find(Volunteer))
    assert sorted(one.name for one in people) == [
        "Affiliate groups",
        "Conference photos",
        "Continuing education",
        "Education video",
        "New members",
        "Office",
        "Preservation Week",
        "Regional groups",
    ]
    assert {one.owner for one in accounts} - {""} == {one.id for one in people}


def test_its_accounts_are_those_of_the_first_teams_sheet(sample: Sample) -> None:
    by_short = {one.short: one for one in sample.house.read(lambda records: records.find(Account))}
    assert by_short["office-x"].followers == 1546
    assert by_short["office-x"].every == 1
    assert by_short["office-fb"].mirror_of == by_short["office-x"].id


def test_some_accounts_have_a_history_and_some_have_none(sample: Sample) -> None:
    posts = sample.house.read(lambda records: records.find(Post))
    accounts = sample.house.read(lambda records: records.find(Account))
    told = {one.account for one in posts}
    assert all(one.at < START for one in posts)
    assert {"arg-x", "office-x"} <= {one.short for one in accounts if one.id in told}
    assert {"crg-x", "ce-yt"} <= {one.short for one in accounts if one.id not in told}


def test_it_says_where_logins_are_kept_and_never_what_they_are(sample: Sample) -> None:
    for access in sample.house.read(lambda records: records.find(Access)):
        assert access.kept_in
        assert access.recovery


def test_loading_it_twice_makes_it_once(sample: Sample) -> None:
    before = sample.house.read(lambda records: records.find(Account))
    load(sample.store, sample.clock, SystemChance())
    assert sample.house.read(lambda records: records.find(Account)) == before


def test_every_stated_owner_backup_and_post_exists() -> None:
    made = things(START, SystemChance())
    people = {one.id for one in made if isinstance(one, Volunteer)}
    for account in (one for one in made if isinstance(one, Account)):
        assert {account.owner, account.backup} <= people | {""}
        assert not account.owner or account.owner != account.backup
