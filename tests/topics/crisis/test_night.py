"""A hijacked account at 23:40, from `sos` to the review, with a kill in the middle: one night in acts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import storage
from bot.house import KINDS
from bot.topics.accounts.model import Hold
from bot.topics.crisis.kept import Paper
from bot.topics.crisis.model import Crisis, Held, Job, LogEntry, Stage
from tests.house import House
from tests.topics.crisis.conftest import NIGHT, furnish

SOS = "sos scam posts on our facebook page"


class Walk:
    """A night of the team, kept in a file that outlives a kill; `transcript` is all that was said and seen."""

    def __init__(self, folder: Path) -> None:
        self._url = f"sqlite:///{folder / 'steward.db'}"
        self.house = House(NIGHT, store=storage.open(self._url, KINDS))
        self.transcript: list[str] = []
        furnish(self.house)

    def says(self, who: str, line: str) -> str:
        """Somebody types a line, and sees the answer."""
        return self._seen(f"{who}: {line}", self.house.say(line, who))

    def presses(self, who: str, label: str) -> str:
        """Somebody presses a button of the last thing that they saw."""
        return self._seen(f"{who} presses: {label}", self.house.press(label, who))

    def passes(self, **span: float) -> None:
        """Time passes; what arrives meanwhile is seen."""
        before = len(self.house.post.log)
        self.house.later(**span)
        for _kind, message in self.house.post.log[before:]:
            self._seen(f"{self.house.clock.time:%H:%M} to {message.to.id}", self.house.text(message.card))

    def killed(self) -> None:
        """The process ends in the middle, and another one starts where it was."""
        late = self.house.clock.time
        self.house.close()
        self.house = House(late, store=storage.open(self._url, KINDS))
        self.transcript.append("-- killed, and started again")

    def letters(self, who: str) -> str:
        """All that somebody was sent since the start of the process."""
        return "\n".join(self.house.letters(who))

    def logged(self) -> str:
        """The log's texts."""
        return "\n".join(one.text for one in self.house.find(LogEntry))

    def done(self) -> set[str]:
        """The steps that are done."""
        return {one.step for one in self.house.find(Job) if one.done is not None}

    def sent(self) -> list[tuple[str, str]]:
        """To whom what went out since the start of the process, but for the board and its thread, which are edited."""
        kept = [(one.to.id, one.key) for one in self.house.post.kept.values()]
        return [one for one in kept if "/board" not in one[1] and "/log/" not in one[1]]

    def _seen(self, said: str, seen: str) -> str:
        self.transcript.append(f"{said}\n{seen}\n")
        return seen


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    made = Walk(tmp_path)
    yield made
    made.house.close()
    print("\n".join(made.transcript))  # noqa: T201 - the whole night, for whoever wants to read it: pytest -s


def test_the_whole_walk(walk: Walk) -> None:
    """One night from end to end, in acts."""
    alarm_and_second_paths(walk)
    kill_in_the_middle(walk)
    lead_and_voice(walk)
    steps_and_accounts(walk)
    close_and_review(walk)
    accounts_are_let_go(walk)
    lessons_are_drawn(walk)
    assert len(walk.transcript) > 100


def alarm_and_second_paths(walk: Walk) -> None:
    """One answers, the others are sought on other ways, and then their backups are asked."""
    walk.says("dan", SOS)
    walk.passes()
    walk.presses("eva", "I've got it")
    walk.passes(minutes=4)
    asked = [one for one in walk.house.post.kept.values() if "/mention/" in one.key]
    assert {one.mentions[0].id for one in asked} >= {"test:ben", "test:finn"}
    assert "Please phone ben" in walk.letters("eva")
    walk.passes(minutes=2)
    assert "gus has not answered, so cleo is asked" in walk.logged()
    assert "you are needed" in walk.letters("cleo")
    assert "Due now: H1" in walk.letters("dan")


def kill_in_the_middle(walk: Walk) -> None:
    """It goes on where it was, and what fell due meanwhile goes out once."""
    before = walk.sent()
    walk.killed()
    walk.passes(minutes=20)
    fresh = walk.sent()
    assert len(fresh) == len(set(fresh))
    assert not set(fresh) & set(before)
    assert any(key.endswith("late/G3/0/person/ben") for _to, key in fresh)


def lead_and_voice(walk: Walk) -> None:
    """The lead is handed over, and the owner of the account is heard by phone."""
    assert "Handed over" in walk.says("dan", 'crisis lead eva state="The page is lost, ben reports it."')
    assert "counts again" in walk.says("eva", "crisis heard ana")
    assert "H2 is done" in walk.says("ana", "crisis done H2 changed")


def steps_and_accounts(walk: Walk) -> None:
    """The steps are done one by one; every owner holds, and looks whether theirs is clean."""
    for who, line in (
        ("ben", "crisis done H3 report 4711"),
        ("dan", "crisis done H4 4"),
        ("ana", "crisis done H5 tokens revoked"),
        ("ana", "crisis done H8 ana and ben can sign in"),
        ("ana", "crisis done H9 nothing foreign is visible"),
        ("office", "crisis done G5 no"),
        ("gus", "crisis take voice"),
        ("dan", "crisis take spotter"),
    ):
        assert "Not yet" not in walk.says(who, line), line
    assert "hold stand-in" in walk.says("gus", "hold say holding pw-yt")
    walk.says("eva", "hold stand-in pw-yt gus")
    for who in ("ana", "cleo", "office", "gus"):
        for word in ("holding", "nothing-queued", "clean"):
            assert "Noted" in walk.says(who, f"hold say {word}"), (who, word)
    assert walk.done() >= {"G1", "G2", "G3", "G4", "G5", "H1", "H2", "H3", "H4", "H5", "H7", "H8", "H9"}


def close_and_review(walk: Walk) -> None:
    """Closed once its conditions are true; the review is there in the same moment."""
    walk.says("dan", "crisis note the scam was seen by a member when=23:20 link=https://example.org/shot")
    assert "Close it only when" in walk.says("eva", "crisis close")
    assert "acknowledged after 20 minutes" in walk.presses("eva", "All of these are true")
    assert walk.house.find(Crisis)[0].stage is Stage.CLOSED
    (paper,) = walk.house.find(Paper)
    assert "[1](#log-1)" in paper.markdown
    assert 'id="log-1"' in paper.html
    assert "- Told: Mon 23 Nov 2026, 23:40, after 20 minutes" in paper.markdown
    walk.passes(seconds=3)
    assert "Thank you for all that you did" in walk.letters("ben")


def accounts_are_let_go(walk: Walk) -> None:
    """Nothing thaws by itself: each account is let go by its owner or stand-in and one other."""
    assert walk.house.find(Hold)
    for who in ("ana", "ben", "cleo", "office", "gus"):
        walk.says(who, "hold release")
    assert not walk.house.find(Hold)
    assert all(one.released for one in walk.house.find(Held))


def lessons_are_drawn(walk: Walk) -> None:
    """What is to change has a person and a date, and stands in the review."""
    assert "ben sees to it by" in walk.says("eva", 'lesson add "a second admin on every page" ben 1 march')
    assert "Hijacked account" in walk.says("cleo", "crisis list")
    walk.says("eva", "crisis review")
    assert "a second admin on every page: ben, by Mon 1 Mar 2027" in walk.house.find(Paper)[0].markdown
