"""The steps' machine by itself: random plans, random orders of what happens, and what always holds."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bot.topics.crisis import steps
from bot.topics.crisis.conditions import chosen, due_at, office_after
from bot.topics.crisis.model import Job
from bot.topics.crisis.outline import LEVELS, Ask, Step
from bot.topics.crisis.state import NotOpen, State, is_open, rungs, waits_for
from bot.topics.crisis.steps import Answered, Corrected, Happened, Looked, Reassigned, Reopened, Skipped, TimePassed

NIGHT = datetime(2026, 11, 24, 5, 40, tzinfo=UTC)  # 23:40 in Chicago
ZONE = ZoneInfo("America/Chicago")
ROLES = ("lead", "voice", "keeper", "care", "nobody")
PEOPLE = ("ana", "ben", "cleo", "dan", "eva")
YES_NO = ("yes", "no")


def a_step(id: str, **given: object) -> Step:
    plain = Step(id, "voice", "Do it", "done", dict.fromkeys(LEVELS, 10))
    return replace(plain, **given)


def a_state(*which: Step, **given: object) -> State:
    plain = State(
        "c",
        which,
        "S3",
        {"declared": NIGHT},
        ZONE,
        timedelta(minutes=5),
        "eva",
        "dan",
        people={"voice": ("ana",), "keeper": ("ben", "cleo"), "lead": ("eva",)},
        backups={"voice": ("ben",), "keeper": ("ana",), "care": ("cleo",)},
    )
    return steps.apply(replace(plain, **given), Looked(), NIGHT)


def open_steps(state: State) -> tuple[Job, ...]:
    """What is to be done now, the most urgent first."""
    found = [job for step in state.steps if is_open(job := state.job(step.id))]
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due, one.step)))


def waiting(state: State) -> tuple[tuple[Step, str], ...]:
    """The steps that have not opened, with what each waits for."""
    return tuple((one, waits_for(state, one)) for one in state.steps if state.job(one.id).opened is None)


def next_due(state: State) -> datetime | None:
    """The next moment at which somebody has to hear of a late step; None where nobody has."""
    return min((due for step in state.steps for _rung, due in rungs(state, state.job(step.id))), default=None)


# One thing at a time.


def test_a_step_is_due_after_its_minutes_and_is_its_roles() -> None:
    (job,) = open_steps(a_state(a_step("A1")))
    assert (job.due, job.who) == (NIGHT + timedelta(minutes=10), ("ana",))


def test_nothing_opens_before_its_gate_and_another_answer_does_not_open_it() -> None:
    consent = a_step("B3", ask=Ask.CHOICE, choices=("private help only", "public support yes"))
    state = a_state(consent, a_step("B7", gate="B3 = public support yes"))
    with pytest.raises(NotOpen, match="waits for"):
        steps.apply(state, Answered("B7", "posted", "ana"), NIGHT)
    quiet = steps.apply(state, Answered("B3", "private help only, no public support yes", "ana"), NIGHT)
    assert [one.step for one in open_steps(quiet)] == []
    assert [(one.id, why) for one, why in waiting(quiet)] == [("B7", "B3 = public support yes")]
    loud = steps.apply(state, Answered("B3", "Public support yes, says the director", "ana"), NIGHT)
    assert [one.step for one in open_steps(loud)] == ["B7"]


def test_what_a_left_out_step_would_have_answered_stays_closed() -> None:
    state = a_state(a_step("A1"), a_step("A2", gate="A1"))
    with pytest.raises(NotOpen, match="reason"):
        steps.apply(state, Skipped("A1", " ", "eva"), NIGHT)
    state = steps.apply(state, Skipped("A1", "not needed", "eva"), NIGHT)
    assert open_steps(state) == ()
    with pytest.raises(NotOpen, match="left out: not needed"):
        steps.apply(state, Answered("A1", "after all", "ana"), NIGHT)


def test_an_answer_opens_a_branch_and_minutes_count_from_it() -> None:
    risk = a_step("G5", ask=Ask.CHOICE, choices=YES_NO, opens={"yes": "branch"})
    state = a_state(risk, a_step("X1", rel="branch"))
    later = NIGHT + timedelta(minutes=90)
    assert open_steps(steps.apply(state, Answered("G5", "no", "ana"), later)) == ()
    (job,) = open_steps(steps.apply(state, Answered("G5", "yes: a speaker", "ana"), later))
    assert (job.step, job.due) == ("X1", later + timedelta(minutes=10))


def test_minutes_may_count_from_another_step() -> None:
    state = steps.apply(a_state(a_step("A1"), a_step("A2", rel="A1")), Answered("A1", "x", "ana"), NIGHT)
    assert open_steps(state)[0].due == NIGHT + timedelta(minutes=10)


def test_a_step_repeats_until_the_answer_that_ends_it() -> None:
    again = a_step("H1", ask=Ask.CHOICE, choices=YES_NO, repeat=240, until=("yes",), opens={"yes": "control"})
    state = steps.apply(a_state(again, a_step("H2", gate="control")), Answered("H1", "no", "ana"), NIGHT)
    (job,) = open_steps(state)
    assert (job.step, job.round, job.due) == ("H1", 1, NIGHT + timedelta(hours=4))
    state = steps.apply(state, Answered("H1", "yes", "ana"), NIGHT + timedelta(hours=4))
    assert [one.step for one in open_steps(state)] == ["H2"]


def test_a_later_round_that_says_otherwise_shuts_what_the_earlier_one_had_opened() -> None:
    again = a_step("Z10", ask=Ask.CHOICE, choices=YES_NO, repeat=60)
    other = a_step("Z1", repeat=60)
    state = a_state(again, other, a_step("A2", gate="Z10 = yes"))
    state = steps.apply(state, Answered("Z10", "yes", "ana"), NIGHT)
    assert is_open(state.job("A2"))
    state = steps.apply(state, Answered("Z1", "looked", "ana"), NIGHT)
    assert is_open(state.job("A2"))
    state = steps.apply(state, Answered("Z10", "no", "ana"), NIGHT + timedelta(hours=1))
    assert [one.id for one, _why in waiting(state)] == ["A2"]


def test_what_is_shut_and_opened_again_has_notices_of_its_own_and_time_to_be_done() -> None:
    ask = a_step("A1", ask=Ask.CHOICE, choices=YES_NO)
    state = a_state(ask, a_step("A2", gate="A1 = yes"))
    state = steps.apply(state, Answered("A1", "yes", "ana"), NIGHT)
    state = steps.apply(state, TimePassed(), NIGHT + timedelta(minutes=10))
    first = [(one.step, one.occasion, one.rung) for one in state.late]
    state = steps.apply(state, Corrected("A1", "no", "ana"), NIGHT + timedelta(minutes=11))
    assert next_due(state) is None
    assert state.job("A2").who == ()
    later = NIGHT + timedelta(hours=3)
    state = steps.apply(state, Corrected("A1", "yes", "ana"), later)
    assert state.job("A2").due == later + timedelta(minutes=10)
    state = steps.apply(state, TimePassed(), later + timedelta(minutes=10))
    assert first == [("A2", 0, "person")]
    assert [(one.step, one.occasion, one.rung) for one in state.late] == [("A2", 1, "person")]


def test_an_event_that_another_answer_sets_off_too_stays_when_one_is_set_right() -> None:
    risk = (a_step(id, ask=Ask.CHOICE, choices=YES_NO, opens={"yes": "branch"}) for id in ("A1", "A2"))
    state = a_state(*risk, a_step("X1", rel="branch"))
    for minute, id in enumerate(("A1", "A2")):
        state = steps.apply(state, Answered(id, "yes", "ana"), NIGHT + timedelta(minutes=minute))
    state = steps.apply(state, Corrected("A1", "no", "ana"), NIGHT + timedelta(minutes=9))
    assert state.events["branch"] == NIGHT + timedelta(minutes=1)
    assert state.job("X1").due == NIGHT + timedelta(minutes=11)
    state = steps.apply(state, Corrected("A2", "no", "ana"), NIGHT + timedelta(minutes=9))
    assert open_steps(state) == ()


def test_words_alone_set_right_move_no_deadline() -> None:
    seen = a_step("A1", opens={"done": "regained"})
    state = steps.apply(a_state(seen, a_step("A2", rel="regained")), Answered("A1", "we cn", "ana"), NIGHT)
    due = state.job("A2").due
    state = steps.apply(state, Corrected("A1", "we can", "ana"), NIGHT + timedelta(hours=1))
    assert (state.job("A1").answer, state.job("A2").due) == ("we can", due)


def test_what_somebody_told_by_hand_stays_when_an_answer_is_set_right() -> None:
    ask = a_step("A1", ask=Ask.CHOICE, choices=YES_NO, opens={"yes": "regained"})
    state = steps.apply(a_state(ask), Happened("regained"), NIGHT)
    state = steps.apply(state, Answered("A1", "yes", "ana"), NIGHT)
    state = steps.apply(state, Corrected("A1", "no", "ana"), NIGHT)
    assert "regained" in state.events


def test_only_what_was_told_can_be_set_right_and_only_what_is_over_opened_again() -> None:
    state = a_state(a_step("A1"), a_step("A2", gate="A1"))
    for event in (Corrected("A1", "x", "ana"), Corrected("A2", "x", "ana"), Reopened("A1"), Reopened("A2")):
        with pytest.raises(NotOpen):
            steps.apply(state, event, NIGHT)


def test_a_round_of_office_hours_comes_again_in_office_hours() -> None:
    friday = datetime(2026, 11, 27, 22, 30, tzinfo=UTC)  # 16:30 in Chicago
    state = a_state(a_step("A1", repeat=60, office=True))
    state = steps.apply(state, Answered("A1", "no answer", "ana"), friday)
    assert state.job("A1").due == datetime(2026, 11, 30, 15, 30, tzinfo=UTC)


def test_late_the_person_then_the_backup_then_the_lead_hear_of_it_each_once() -> None:
    state, heard = a_state(a_step("A1")), []
    for minute in range(60):
        state = steps.apply(state, TimePassed(), NIGHT + timedelta(minutes=minute))
        heard += [(minute, one.rung, one.to) for one in state.late]
    assert heard == [(10, "person", ("ana",)), (15, "backup", ("ben",)), (20, "lead", ("eva",))]
    assert next_due(state) is None


def test_whoever_cannot_is_replaced_and_nobody_is_nobody() -> None:
    state = a_state(a_step("A1"), unwilling=frozenset({"ana"}))
    assert open_steps(state)[0].who == ("ben",)
    state = steps.apply(replace(state, unable=frozenset({"ben"})), Looked(), NIGHT)
    assert open_steps(state)[0].who == ("eva",)
    state = steps.apply(replace(state, unable=frozenset({"ben", "eva"})), Looked(), NIGHT)
    assert open_steps(state)[0].who == ("dan",)
    state = steps.apply(state, Reassigned("A1", "cleo"), NIGHT)
    assert open_steps(state)[0].who == ("cleo",)


def test_what_others_doings_finish_is_finished_and_opens_what_waits_for_it() -> None:
    state = a_state(a_step("A2", gate="A1"), a_step("A1"), settled={"A1": "4 of 4 accounts hold"})
    assert state.jobs["A1"].answer == "4 of 4 accounts hold"
    assert [one.step for one in open_steps(state)] == ["A2"]


def test_office_hours_stand_still_at_night_and_over_the_weekend() -> None:
    friday = datetime(2026, 11, 27, 22, 30, tzinfo=UTC)  # 16:30 in Chicago
    assert office_after(friday, 60, ZONE) == datetime(2026, 11, 30, 15, 30, tzinfo=UTC)
    office = a_step("A1", office=True)
    assert due_at(office, "S1", NIGHT, ZONE) == datetime(2026, 11, 24, 15, 10, tzinfo=UTC)
    assert due_at(office, "S1", NIGHT, ZONE, pace=10) == NIGHT + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("answer", "choice"),
    [("yes", "yes"), (" YES, dan ", "yes"), ("yesterday", ""), ("", ""), ("no one", "no one"), ("no", "no")],
)
def test_a_choice_is_known_by_its_exact_word(answer: str, choice: str) -> None:
    assert chosen(("yes", "no", "no one"), answer) == choice
