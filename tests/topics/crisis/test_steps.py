"""The steps' machine by itself: random plans, random orders of what happens, and what always holds."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.topics.crisis import steps
from bot.topics.crisis.conditions import chosen, clauses, due_at, office_after
from bot.topics.crisis.outline import LEVELS, Ask, Step
from bot.topics.crisis.parsing import read_plan
from bot.topics.crisis.steps import Answered, Event, Happened, Looked, NotOpen, Reassigned, Skipped, State, TimePassed
from bot.topics.crisis.versions import shipped

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


# One thing at a time.


def test_a_step_is_due_after_its_minutes_and_is_its_roles() -> None:
    (job,) = steps.open_steps(a_state(a_step("A1")))
    assert (job.due, job.who) == (NIGHT + timedelta(minutes=10), ("ana",))


def test_nothing_opens_before_its_gate_and_another_answer_does_not_open_it() -> None:
    consent = a_step("B3", ask=Ask.CHOICE, choices=("private help only", "public support yes"))
    state = a_state(consent, a_step("B7", gate="B3 = public support yes"))
    with pytest.raises(NotOpen, match="waits for"):
        steps.apply(state, Answered("B7", "posted", "ana"), NIGHT)
    quiet = steps.apply(state, Answered("B3", "private help only, no public support yes", "ana"), NIGHT)
    assert [one.step for one in steps.open_steps(quiet)] == []
    assert [(one.id, why) for one, why in steps.waiting(quiet)] == [("B7", "B3 = public support yes")]
    loud = steps.apply(state, Answered("B3", "Public support yes, says the director", "ana"), NIGHT)
    assert [one.step for one in steps.open_steps(loud)] == ["B7"]


def test_what_a_left_out_step_would_have_answered_stays_closed() -> None:
    state = a_state(a_step("A1"), a_step("A2", gate="A1"))
    with pytest.raises(NotOpen, match="reason"):
        steps.apply(state, Skipped("A1", " ", "eva"), NIGHT)
    state = steps.apply(state, Skipped("A1", "not needed", "eva"), NIGHT)
    assert steps.open_steps(state) == ()
    with pytest.raises(NotOpen, match="left out: not needed"):
        steps.apply(state, Answered("A1", "after all", "ana"), NIGHT)


def test_an_answer_opens_a_branch_and_minutes_count_from_it() -> None:
    risk = a_step("G5", ask=Ask.CHOICE, choices=YES_NO, opens={"yes": "branch"})
    state = a_state(risk, a_step("X1", rel="branch"))
    later = NIGHT + timedelta(minutes=90)
    assert steps.open_steps(steps.apply(state, Answered("G5", "no", "ana"), later)) == ()
    (job,) = steps.open_steps(steps.apply(state, Answered("G5", "yes: a speaker", "ana"), later))
    assert (job.step, job.due) == ("X1", later + timedelta(minutes=10))


def test_minutes_may_count_from_another_step() -> None:
    state = steps.apply(a_state(a_step("A1"), a_step("A2", rel="A1")), Answered("A1", "x", "ana"), NIGHT)
    assert steps.open_steps(state)[0].due == NIGHT + timedelta(minutes=10)


def test_a_step_repeats_until_the_answer_that_ends_it() -> None:
    again = a_step("H1", ask=Ask.CHOICE, choices=YES_NO, repeat=240, until=("yes",), opens={"yes": "control"})
    state = steps.apply(a_state(again, a_step("H2", gate="control")), Answered("H1", "no", "ana"), NIGHT)
    (job,) = steps.open_steps(state)
    assert (job.step, job.round, job.due) == ("H1", 1, NIGHT + timedelta(hours=4))
    state = steps.apply(state, Answered("H1", "yes", "ana"), NIGHT + timedelta(hours=4))
    assert [one.step for one in steps.open_steps(state)] == ["H2"]


def test_late_the_person_then_the_backup_then_the_lead_hear_of_it_each_once() -> None:
    state, heard = a_state(a_step("A1")), []
    for minute in range(60):
        state = steps.apply(state, TimePassed(), NIGHT + timedelta(minutes=minute))
        heard += [(minute, one.rung, one.to) for one in state.late]
    assert heard == [(10, "person", ("ana",)), (15, "backup", ("ben",)), (20, "lead", ("eva",))]
    assert steps.next_due(state) is None


def test_whoever_cannot_is_replaced_and_nobody_is_nobody() -> None:
    state = a_state(a_step("A1"), unwilling=frozenset({"ana"}))
    assert steps.open_steps(state)[0].who == ("ben",)
    state = steps.apply(replace(state, unable=frozenset({"ben"})), Looked(), NIGHT)
    assert steps.open_steps(state)[0].who == ("eva",)
    state = steps.apply(replace(state, unable=frozenset({"ben", "eva"})), Looked(), NIGHT)
    assert steps.open_steps(state)[0].who == ("dan",)
    state = steps.apply(state, Reassigned("A1", "cleo"), NIGHT)
    assert steps.open_steps(state)[0].who == ("cleo",)


def test_what_others_doings_finish_is_finished_and_opens_what_waits_for_it() -> None:
    state = a_state(a_step("A2", gate="A1"), a_step("A1"), settled={"A1": "4 of 4 accounts hold"})
    assert state.jobs["A1"].answer == "4 of 4 accounts hold"
    assert [one.step for one in steps.open_steps(state)] == ["A2"]


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


# Whatever happens.


@st.composite
def random_steps(draw: st.DrawFn) -> tuple[Step, ...]:
    found: list[Step] = []
    for number in range(draw(st.integers(1, 8))):
        before = draw(st.sampled_from(found)) if found and draw(st.sampled_from([True, False])) else None
        condition = before.id if before else ""
        if before and before.choices and draw(st.sampled_from([True, False])):
            condition += f" = {draw(st.sampled_from(before.choices))}"
        choices = draw(st.sampled_from([(), YES_NO]))
        repeat = draw(st.sampled_from([0, 0, 0, 30]))
        found.append(
            Step(
                f"Z{number}",
                draw(st.sampled_from(ROLES)),
                "Do it",
                "done",
                {level: draw(st.integers(-30, 300)) for level in LEVELS},
                rel=draw(st.sampled_from(["", "", "branch", "regained", *([before.id] if before else [])])),
                office=draw(st.integers(0, 5)) == 0,
                gate=draw(st.sampled_from(["", condition, "S2+", "branch"])),
                when=draw(st.sampled_from(["", "", condition])),
                repeat=repeat,
                choices=choices,
                until=("yes",) if choices and repeat else (),
                opens={"yes" if choices else "done": "branch"} if draw(st.integers(0, 3)) == 0 else {},
            )
        )
    return tuple(draw(st.permutations(found)))


def an_event(chance: Random, state: State) -> Event:
    """Anything that can happen, sense or nonsense."""
    id = chance.choice([one.id for one in state.steps])
    who = chance.choice(PEOPLE)
    answer = chance.choice(["yes", "no", "yes and no", "done", ""])
    every: list[Event] = [
        Answered(id, answer, who),
        Answered(id, answer, who),
        Skipped(id, chance.choice(["not needed", ""]), who),
        Reassigned(id, who),
        Happened(chance.choice(["branch", "regained"])),
        Looked(),
        TimePassed(),
        TimePassed(),
    ]
    return chance.choice(every)


def shaken(chance: Random, state: State) -> State:
    """People come, go and change their minds, and the level changes, between two events."""
    some = frozenset(one for one in PEOPLE if chance.random() < 0.3)
    return chance.choice([
        state,
        state,
        replace(state, level=chance.choice(LEVELS)),
        replace(state, unwilling=some),
        replace(state, unable=some),
        replace(state, lead=chance.choice(PEOPLE)),
        replace(state, people={role: (chance.choice(PEOPLE),) for role in ROLES[:3]}),
    ])  # fmt: skip


def played(state: State, chance: Random, length: int) -> tuple[State, Counter[tuple[str, int, str]]]:
    """A whole run; what always holds is looked at after every event."""
    now, heard = NIGHT, Counter[tuple[str, int, str]]()
    for _event in range(length):
        now += timedelta(minutes=chance.choice([0, 1, 7, 45, 600]))
        before = shaken(chance, state)
        try:
            state = steps.apply(before, an_event(chance, before), now)
        except NotOpen:
            state = steps.apply(before, Looked(), now)
        heard.update((one.step, one.round, one.rung) for one in state.late)
        look(before, state, now)
    return state, heard


def look(before: State, state: State, now: datetime) -> None:
    waiting = {step.id: why for step, why in steps.waiting(state)}
    for step in state.steps:
        job = state.job(step.id)
        places = (step.id in waiting, steps.is_open(job), job.done is not None, bool(job.skipped))
        assert sum(places) == 1, f"{step.id} is lost: {places}"
        assert waiting.get(step.id, "something"), f"{step.id} waits for nothing"
        if job.opened == now and before.job(step.id).opened is None:
            assert not jumped(state, step), f"{step.id} jumped its gate"
        if steps.is_open(job):
            assert job.who, f"nobody has {step.id}"
            assert job.due is not None
            assert len(job.told) == 3 or steps.rungs(state, job), f"{step.id} has no deadline"
    due = steps.next_due(state)
    if due is not None and due <= now:
        assert steps.apply(state, TimePassed(), now).late, "what is due is told"
    assert steps.apply(state, Looked(), now) == replace(state, late=()), "looking twice changes nothing"


def jumped(state: State, step: Step) -> bool:
    """Was it opened though what its conditions name is not so? Worked out from the jobs, not by the machine."""
    for clause in (*(clauses(step.gate) or ()), *(clauses(step.when) or ())):
        job = state.job(clause.step) if clause.step else None
        if clause.level and state.level < clause.level:
            return True
        if clause.event and clause.event not in state.events:
            return True
        if job and not (job.done or job.round):
            return True
        if job and clause.answers and not any(job.answer.casefold().startswith(one) for one in clause.answers):
            return True
    return bool(step.rel) and step.rel not in state.events and not state.job(step.rel).done


@settings(max_examples=150, deadline=None)
@given(random_steps(), st.integers(0, 2**32), st.integers(0, 25))
def test_no_step_is_lost_no_gate_jumped_no_notice_twice_and_nobody_missing(
    which: tuple[Step, ...], seed: int, length: int
) -> None:
    state = replace(a_state(which[0]), steps=which, jobs={})
    _state, heard = played(steps.apply(state, Looked(), NIGHT), Random(seed), length)
    assert all(count == 1 for count in heard.values()), heard


def test_a_thousand_runs_of_the_shipped_plan_hold_the_same() -> None:
    plan = read_plan(shipped())
    every = [plan.steps(kind, safety=True) for kind, one in plan.kinds.items() if not one.checklist]
    for seed in range(1000):
        chance = Random(seed)
        state = a_state(*every[seed % len(every)])
        _state, heard = played(state, chance, 6)
        assert all(count == 1 for count in heard.values())


def test_a_run_that_is_kept_and_taken_up_again_goes_on_as_if_nothing_had_been() -> None:
    steps_of = read_plan(shipped()).steps("hijacked_account", safety=True)
    one = other = a_state(*steps_of)
    for number in range(60):
        event, now = an_event(Random(number), one), NIGHT + timedelta(minutes=9 * number)
        try:
            one = steps.apply(one, event, now)
        except NotOpen:
            continue
        kept = replace(other, jobs=dict(other.jobs), events=dict(other.events), late=())
        other = steps.apply(kept, event, now)
        assert other == one


def test_no_public_word_comes_before_the_librarys_consent() -> None:
    plan = read_plan(shipped())
    for seed in range(100):
        chance = Random(seed)
        state, _heard = played(a_state(*plan.steps("book_challenge", safety=True)), chance, 25)
        if state.job("B7").opened:
            said = chosen(state.step("B3").choices, state.job("B3").answer)
            assert said in ("public support yes", "share theirs only")
