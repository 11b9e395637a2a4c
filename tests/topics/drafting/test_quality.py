"""The drafts of a part of the announcements, held to the figures of `steward bench drafts`, which measures them all."""

import pytest

from bot.terminal.bench.announcements import HALVES, Announcement, announcements
from bot.terminal.bench.drafts import rows_of, tallied

EVERY = 12


@pytest.mark.parametrize("half", HALVES)
def test_drafts_say_only_what_their_tip_says_and_keep_most_of_it(half: str) -> None:
    tally = tallied(announcements(half)[::EVERY])
    assert (tally.unsupported, tally.over, tally.lost) == ([], [], [])
    timed = "five drafts and their checks from a tip, p95"  # measured by the bench, not by a test
    small = "kind of post right"  # too few here to be a share
    assert [row.name for row in rows_of(tally) if not row.met and row.name not in (timed, small)] == []


def test_there_are_enough_announcements() -> None:
    assert sum(len(announcements(half)) for half in HALVES) >= 120
    assert all(one.text.strip() and one.said for half in HALVES for one in announcements(half))


def test_what_an_announcement_lacks_is_missed_in_no_draft_and_noticed_in_a_wrong_one() -> None:
    listed = [one for half in HALVES for one in announcements(half) if one.lacks]
    assert listed
    one = Announcement("Storytime volunteers wanted.", "volunteers", (), ("link", "when", "price", "time"))
    assert one.invented("Storytime volunteers wanted.") == []
    assert one.invented("Volunteers wanted: free, Monday at 5 p.m., see ala.org") == ["link", "when", "price", "time"]
