from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.topics.accounts.model import Days, Status
from bot.topics.posting.cadence import Cadence
from bot.topics.posting.evidence import AT_ONCE, Facts, Judged, Pause, State, judge, question_at
from bot.topics.posting.model import Watch
from bot.topics.team.hours import Hours, local_day

CHICAGO = Hours(ZoneInfo("America/Chicago"), country="US")
EVERY_THREE = Cadence(every=3)
MONDAY = datetime(2026, 11, 2, 21, tzinfo=UTC)  # 15:00 in Chicago
ZONES = (
    "America/Chicago",
    "America/New_York",
    "America/St_Johns",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Africa/Casablanca",
)


def facts(*posts: datetime, watch: Watch | None = None, cadence: Cadence | None = EVERY_THREE, **more: object) -> Facts:
    base = Facts(Status.ACTIVE, cadence, rhythm_unwanted=False, posts=posts, watch=watch or Watch("a"))
    return replace(base, **more)


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHICAGO.zone).astimezone(UTC)


def test_a_post_is_fresh_then_due_soon_on_its_last_day_then_due() -> None:
    known = facts(MONDAY)
    assert judge(known, CHICAGO, MONDAY) == Judged(State.FRESH, MONDAY, at(date(2026, 11, 5)), at(date(2026, 11, 6)))
    assert judge(known, CHICAGO, at(date(2026, 11, 4), 23, 59)).state is State.FRESH
    assert judge(known, CHICAGO, at(date(2026, 11, 5))).state is State.DUE_SOON
    assert judge(known, CHICAGO, at(date(2026, 11, 6))) == Judged(
        State.DUE, at(date(2026, 11, 6)), None, at(date(2026, 11, 6))
    )


def test_an_account_that_keeps_its_rhythm_is_never_due() -> None:
    """Every other day at changing hours: the day on which a post is expected may pass to its end."""
    posts = [at(date(2026, 11, day), hour) for day, hour in ((2, 1), (4, 23), (6, 8), (8, 22))]
    for index, post in enumerate(posts[1:], start=1):
        known = facts(*reversed(posts[:index]), cadence=Cadence(every=2))
        assert judge(known, CHICAGO, post - timedelta(minutes=1)).state is not State.DUE


def test_days_count_in_the_teams_dates() -> None:
    late = at(date(2026, 11, 2), 23, 30)
    assert judge(facts(late, cadence=Cadence(every=1)), CHICAGO, late).due == at(date(2026, 11, 4))


def test_so_many_a_week_looks_back_on_seven_whole_days() -> None:
    posts = [at(date(2026, 11, day), 12) for day in (6, 4, 2)]
    known = facts(*posts, cadence=Cadence(per_week=3))
    assert judge(known, CHICAGO, posts[0]).due == at(date(2026, 11, 10))
    assert judge(facts(*posts[:2], cadence=Cadence(per_week=3)), CHICAGO, posts[0]).due == at(date(2026, 11, 12))


def test_posting_as_normal_lasts_one_span_and_seven_days_at_least() -> None:
    said = Watch("a", normal_at=MONDAY)
    assert judge(facts(watch=said, cadence=Cadence(every=1)), CHICAGO, MONDAY).due == at(date(2026, 11, 10))
    assert judge(facts(watch=said, cadence=Cadence(every=14)), CHICAGO, MONDAY).due == at(date(2026, 11, 17))
    both = facts(MONDAY - timedelta(days=30), watch=said)
    assert judge(both, CHICAGO, MONDAY).state is State.FRESH


def test_a_clock_that_starts_afresh_gives_one_more_span() -> None:
    returned = Watch("a", clock_from=MONDAY)
    known = facts(MONDAY - timedelta(days=40), watch=returned)
    assert judge(known, CHICAGO, MONDAY).state is State.FRESH
    assert judge(known, CHICAGO, MONDAY).due == at(date(2026, 11, 6))


def test_without_any_evidence_there_is_no_record_and_never_a_gap() -> None:
    for cadence in (Cadence(every=1), None):
        judged = judge(facts(cadence=cadence), CHICAGO, MONDAY + timedelta(days=900))
        assert judged.state is State.NO_RECORD
        assert judged.due is None


def test_a_snooze_pauses_and_what_was_due_is_due_again_after_it() -> None:
    until = at(date(2026, 11, 16))
    known = facts(MONDAY, watch=Watch("a", snoozed_until=until))
    paused = judge(known, CHICAGO, at(date(2026, 11, 10)))
    assert (paused.state, paused.why, paused.changes) == (State.PAUSED, Pause.SNOOZED, until)
    assert judge(known, CHICAGO, until).state is State.DUE
    assert judge(known, CHICAGO, until).since == until


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"status": Status.RETIRED}, Pause.RETIRED),
        ({"status": Status.DORMANT}, Pause.DORMANT),
        ({"rhythm_unwanted": True}, Pause.NO_RHYTHM),
        ({"cadence": None}, Pause.NO_RHYTHM),
        ({"away": True}, Pause.AWAY),
    ],
)
def test_what_pauses_an_account(more: dict[str, object], why: Pause) -> None:
    judged = judge(facts(MONDAY, **more), CHICAGO, MONDAY + timedelta(days=90))  # type: ignore[arg-type]
    assert (judged.state, judged.why) == (State.PAUSED, why)


def test_a_question_comes_at_once_then_after_a_week_then_no_more() -> None:
    assert question_at(Watch("a"), Cadence(every=3), CHICAGO) == AT_ONCE
    once = Watch("a", questions=(MONDAY,))
    assert question_at(once, Cadence(every=3), CHICAGO) == MONDAY + timedelta(days=7)
    assert question_at(Watch("a", questions=(MONDAY, MONDAY)), Cadence(every=3), CHICAGO) is None


def test_a_question_waits_for_a_fresh_clock_and_a_snooze() -> None:
    assert question_at(Watch("a", clock_from=MONDAY), Cadence(every=3), CHICAGO) == at(date(2026, 11, 6))
    assert question_at(Watch("a", clock_from=MONDAY), None, CHICAGO) == at(date(2026, 11, 9))
    later = MONDAY + timedelta(days=28)
    assert question_at(Watch("a", snoozed_until=later), None, CHICAGO) == later


MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2032, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))  # noqa: DTZ001
CADENCES = st.one_of(
    st.builds(Cadence, every=st.integers(1, 60), days=st.sampled_from(Days)),
    st.builds(Cadence, per_week=st.integers(1, 7), days=st.sampled_from(Days)),
)
ORDER = (State.FRESH, State.DUE_SOON, State.DUE)


@given(
    posts=st.lists(MOMENTS, min_size=1, max_size=7),
    cadence=CADENCES,
    zone=st.sampled_from(ZONES),
    clock=st.none() | MOMENTS,
    said=st.none() | MOMENTS,
    ahead=st.lists(st.integers(0, 60 * 24 * 120), min_size=2, max_size=6),
)
def test_time_alone_only_leads_from_fresh_over_due_soon_to_due(  # noqa: PLR0917 - what hypothesis draws
    posts: list[datetime],
    cadence: Cadence,
    zone: str,
    clock: datetime | None,
    said: datetime | None,
    ahead: list[int],
) -> None:
    calendar = Hours(ZoneInfo(zone), country="US")
    newest = sorted(posts, reverse=True)[: cadence.posts]
    known = facts(*newest, watch=Watch("a", clock_from=clock, normal_at=said), cadence=cadence)
    start = newest[0]
    looks = [judge(known, calendar, start + timedelta(minutes=minutes)) for minutes in sorted(ahead)]
    steps = [ORDER.index(one.state) for one in looks]
    assert steps == sorted(steps)
    assert len({one.due for one in looks}) == 1
    due = looks[0].due
    assert due is not None
    assert judge(known, calendar, due).state is State.DUE
    assert judge(known, calendar, due - timedelta(microseconds=1)).state is not State.DUE
    before = local_day(calendar.zone, due - timedelta(microseconds=1))
    assert before < local_day(calendar.zone, due)  # it falls due as a date begins


@given(post=MOMENTS, cadence=CADENCES, zone=st.sampled_from(ZONES))
def test_the_announced_change_is_the_very_moment_of_the_change(post: datetime, cadence: Cadence, zone: str) -> None:
    calendar = Hours(ZoneInfo(zone))
    known, now = facts(post, cadence=cadence), post
    for _step in range(2):
        judged = judge(known, calendar, now)
        if judged.changes is None:
            break
        assert judge(known, calendar, judged.changes).state is not judged.state
        if judged.changes - timedelta(microseconds=1) >= now:
            assert judge(known, calendar, judged.changes - timedelta(microseconds=1)).state is judged.state
        now = judged.changes
    assert judge(known, calendar, now).state in (State.DUE, State.DUE_SOON)


@given(post=MOMENTS, later=MOMENTS, cadence=CADENCES)
def test_a_newer_post_never_makes_an_account_due_earlier(post: datetime, later: datetime, cadence: Cadence) -> None:
    first, second = sorted((post, later))
    one = judge(facts(first, cadence=cadence), CHICAGO, first).due
    both = judge(facts(*[second, first][: cadence.posts], cadence=cadence), CHICAGO, second).due
    assert one is not None
    assert both is not None
    assert both >= one
