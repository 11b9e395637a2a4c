"""Random plans and random orders of what people do: no step lost, no gate jumped, no notice twice, nobody missing."""

from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.topics.crisis.conditions import clauses
from bot.topics.crisis.kept import Playbook
from bot.topics.crisis.model import Crisis, Job
from bot.topics.crisis.outline import Step
from bot.topics.crisis.parsing import read_plan
from bot.topics.crisis.state import is_open
from bot.topics.crisis.steering import steps_of
from bot.topics.crisis.versions import shipped
from tests.house import House
from tests.topics.crisis.conftest import NIGHT, furnish

ROLES = ("lead", "voice", "keeper", "keeper_backup", "spotter", "scribe", "care", "approver", "counsel", "all")
WHO = ("dan", "eva", "ben", "gus", "finn", "ana")


@st.composite
def steps(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Steps with random roles, times, gates on each other, repeats and clocks."""
    made: list[dict[str, Any]] = []
    for number in range(1, draw(st.integers(1, 7)) + 1):
        step: dict[str, Any] = {
            "id": f"Z{number}",
            "role": draw(st.sampled_from(ROLES)),
            "by": draw(st.integers(0, 300)),
            "do": "Do something",
            "done": "something noted",
        }
        step |= draw(st.sampled_from([{}, {"ask": "choice", "choices": ["yes", "no"]}, {"ask": "link"}]))
        if number > 1 and draw(st.booleans()):
            before = made[draw(st.integers(0, number - 2))]
            chosen = " = yes" if "choices" in before and draw(st.booleans()) else ""
            step["gate"] = f"{before['id']}{chosen}"
        if draw(st.integers(0, 5)) == 0:
            step["repeat"] = draw(st.integers(30, 240))
            step |= {"until": ["yes"]} if "choices" in step and draw(st.booleans()) else {}
        if draw(st.integers(0, 3)) == 0:
            step["opens"] = {"yes" if "choices" in step else "done": draw(st.sampled_from(["branch", "regained"]))}
        if draw(st.integers(0, 4)) == 0:
            step["if"] = draw(st.sampled_from(["S2+", "branch", "S3"]))
        if draw(st.integers(0, 5)) == 0:
            step["clock"] = "office_hours"
        made.append(step)
    return made


def plan_of(made: list[dict[str, Any]]) -> str:
    """The shipped plan, with one kind of such steps in it."""
    stated = yaml.safe_load(shipped())
    stated["kinds"]["random"] = {"signs": ["random"], "notify": [{"to": "lead+backup", "by": 0}], "steps": made}
    return str(yaml.safe_dump(stated, sort_keys=False))


acts = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "done",
                "done",
                "done",
                "correct",
                "correct",
                "pass",
                "skip",
                "cant",
                "got",
                "wait",
                "wait",
                "take",
                "level",
            ]
        ),
        st.sampled_from(WHO),
        st.integers(1, 7),
        st.integers(1, 90),
    ),
    max_size=18,
)


@settings(max_examples=25, deadline=None)
@given(steps(), acts)
def test_whatever_the_plan_and_whatever_happens(
    made: list[dict[str, Any]], done: list[tuple[str, str, int, int]]
) -> None:
    house = House(NIGHT)
    furnish(house)
    try:
        play(house, plan_of(made), done)
    finally:
        house.close()


def play(house: House, text: str, done: list[tuple[str, str, int, int]]) -> None:
    house.put(Playbook("v1", 1, text, "office", house.clock.time))
    house.say("sos something odd", "dan")
    house.say("crisis kind random", "dan")
    read_plan(text)
    for what, who, number, minutes in done:
        match what:
            case "done":
                house.say(f"crisis done Z{number} {('yes', 'no', 'https://example.org/1')[minutes % 3]}", who)
            case "correct":
                said = ("yes", "no", "https://example.org/2", "not done")[minutes % 4]
                house.say(f"crisis correct Z{number} {said}", who)
            case "pass":
                house.say(f"crisis pass Z{number}", who)
            case "skip":
                house.say(f"crisis skip Z{number} not needed", who)
            case "take":
                house.say("crisis take spotter", who)
            case "level":
                house.say(f"crisis level S{1 + minutes % 3}", who)
            case "wait":
                house.later(minutes=minutes)
            case _:
                house.say(f"crisis answer {what}", who)
        look(house)
    house.later(hours=6)
    look(house)
    keys = [(one.to.id, one.key) for kind, one in house.post.log if kind == "send"]
    assert len(keys) == len(set(keys)), "a notice went out twice"


def look(house: House) -> None:
    """What always holds."""
    (crisis,) = house.find(Crisis)
    jobs = {one.step: one for one in house.find(Job)}
    every = house.read(lambda records: steps_of(records, crisis))
    waiting = {subject for alarm, subject, _at in house.agenda() if alarm == "crisis-step"}
    for step in every:
        job = jobs.get(step.id)
        ready = may_be_open(crisis, step, jobs)
        if job is None:
            assert not ready, f"{step.id} is lost"
            continue
        if job.done is None and not job.skipped:
            assert is_open(job) is ready, f"{step.id} is open too early, or not at all"
        if is_open(job):
            assert job.who, f"nobody has {step.id}"
            assert job.id in waiting or len(job.told) == 3, f"{step.id} has no deadline"
        else:
            assert job.id not in waiting, f"{step.id} has a deadline, and is not to be done"


def may_be_open(crisis: Crisis, step: Step, jobs: dict[str, Job]) -> bool:
    """Is all so that its conditions name? Worked out from what is kept, clause by clause."""
    told = {id: job for id, job in jobs.items() if job.done is not None or job.round}
    for clause in (*(clauses(step.gate) or ()), *(clauses(step.when) or ())):
        if clause.level and crisis.level < clause.level:
            return False
        if clause.event and clause.event not in crisis.events:
            return False
        if clause.step and clause.step not in told:
            return False
        if clause.answers and told[clause.step].answer not in clause.answers:
            return False
    return not step.rel or step.rel in crisis.events or (step.rel in jobs and jobs[step.rel].done is not None)
