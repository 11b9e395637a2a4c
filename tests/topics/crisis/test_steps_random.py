"""The steps' machine whatever happens: random plans, random orders, corrections among them, and what always holds."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.topics.crisis import steps
from bot.topics.crisis.conditions import chosen, clauses
from bot.topics.crisis.outline import BY_OTHERS, LEVELS, Step
from bot.topics.crisis.parsing import read_plan
from bot.topics.crisis.state import NotOpen, State, is_open, rungs
from bot.topics.crisis.steps import (
    Answered,
    Corrected,
    Event,
    Happened,
    Looked,
    Reassigned,
    Reopened,
    Skipped,
    TimePassed,
)
from bot.topics.crisis.versions import shipped
from tests.topics.crisis.test_steps import NIGHT, PEOPLE, ROLES, YES_NO, a_state, next_due, waiting


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
        Corrected(id, answer, who),
        Corrected(id, answer, who),
        Reopened(id),
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
        replace(state, settled={one.id: "all of them say so" for one in state.steps if chance.random() < 0.1}),
    ])  # fmt: skip


def played(state: State, chance: Random, length: int) -> tuple[State, Counter[tuple[str, int, str]]]:
    """A whole run; what always holds is looked at after every event."""
    now, heard = NIGHT, Counter[tuple[str, int, str]]()
    for _event in range(length):
        now += timedelta(minutes=chance.choice([0, 1, 7, 45, 600]))
        before = shaken(chance, state)
        event = an_event(chance, before)
        try:
            state = steps.apply(before, event, now)
        except NotOpen:
            event = Looked()
            state = steps.apply(before, event, now)
        heard.update((one.step, one.occasion, one.rung) for one in state.late)
        look(before, event, state, now)
    return state, heard


def look(before: State, event: Event, state: State, now: datetime) -> None:
    about = getattr(event, "step", "")
    waits = {step.id: why for step, why in waiting(state)}
    for step in state.steps:
        job, known = state.job(step.id), before.job(step.id)
        places = (step.id in waits, is_open(job), job.done is not None, bool(job.skipped))
        assert sum(places) == 1, f"{step.id} is lost: {places}"
        if not (job.done or job.skipped):
            assert is_open(job) is may_be_open(state, step), f"{step.id} is open too early, or not at all"
            assert bool(waits.get(step.id)) is not is_open(job), f"{step.id} waits for nothing"
        if is_open(job):
            assert job.who, f"nobody has {step.id}"
            assert job.due is not None
            assert len(job.told) == 3 or rungs(state, job), f"{step.id} has no deadline"
        if step.id != about and known.done and (known.done_by or step.ask not in BY_OTHERS):
            assert (job.done, job.answer, job.done_by) == (known.done, known.answer, known.done_by), "a record is lost"
        if step.id != about and is_open(known) and step.id in waits:
            assert (job.answer, job.round, job.given) == (known.answer, known.round, known.given), "a record is lost"
        assert job.occasion >= known.occasion, f"an earlier occasion of {step.id} comes back"
    due = next_due(state)
    if due is not None and due <= now:
        assert steps.apply(state, TimePassed(), now).late, "what is due is told"
    assert steps.apply(state, Looked(), now) == replace(state, late=()), "looking twice changes nothing"


def may_be_open(state: State, step: Step) -> bool:
    """Is all so that its conditions name? Worked out from the jobs as they stand, not by the machine."""
    for clause in (*(clauses(step.gate) or ()), *(clauses(step.when) or ())):
        if clause.level and state.level < clause.level:
            return False
        if clause.event and clause.event not in state.events:
            return False
        if clause.step:
            job, asked = state.job(clause.step), state.step(clause.step)
            if job.done is None and not job.round:
                return False
            if clause.answers and chosen(asked.choices, job.answer) not in clause.answers:
                return False
    return not step.rel or step.rel in state.events or state.job(step.rel).done is not None


def owed(state: State) -> set[str]:
    """The events that some present answer sets off."""
    found = set()
    for step in state.steps:
        job = state.job(step.id)
        if job.done is not None:
            found.add(step.opens.get(chosen(step.choices, job.answer) or "done", ""))
    return found - {""}


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


def test_an_event_that_was_set_off_by_one_answer_only_goes_with_it() -> None:
    plan = read_plan(shipped())
    for seed in range(200):
        chance, now = Random(seed), NIGHT
        state = a_state(*plan.steps("hijacked_account", safety=True))
        for _event in range(30):
            now += timedelta(minutes=chance.choice([0, 1, 45]))
            which = chance.choice([one for one in state.steps if one.opens and not one.repeat])
            said = chance.choice([*which.choices, "done"])
            every: list[Event] = [Corrected(which.id, said, "ana"), Reopened(which.id)]
            every.append(Answered(which.id, said, "ana"))
            event = chance.choice(every)
            try:
                state = steps.apply(state, event, now)
            except NotOpen:
                continue
            assert state.events.keys() - {"declared"} == owed(state)
