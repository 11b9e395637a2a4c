"""A plan from its YAML: what is wrong with it is said with its line and its field."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.topics.crisis.conditions import clauses
from bot.topics.crisis.model import Crisis, Words
from bot.topics.crisis.outline import Ask
from bot.topics.crisis.parsing import BadPlan, read_plan, read_with
from bot.topics.crisis.versions import shipped
from tests.house import House

HEAD = "kinds:\n  flood:\n    signs: [water]\n    steps:\n"
ONE = "{id: F1, role: lead, by: 5, do: Look, done: looked}"
GOOD = "      - {id: F1, role: lead, by: 5, do: Look, done: looked, ask: choice, choices: [yes, no]}\n"


def said(text: str) -> str:
    with pytest.raises(BadPlan) as error:
        read_with(text, read_plan(shipped()))
    return str(error.value)


@pytest.mark.parametrize(
    ("step", "what"),
    [
        ("{id: F2, by: 5, do: x, done: y}", "line 6, role: it is missing"),
        ("{id: F2, role: pope, by: 5, do: x, done: y}", "line 6, role: “pope” is not one of"),
        ("{id: F1, role: lead, by: 5, do: x, done: y}", "line 6, id: another step is called F1"),
        ("{id: G1, role: lead, by: 5, do: x, done: y}", "line 6, id: another step is called G1"),
        ("{id: look, role: lead, by: 5, do: x, done: y}", "line 6, id: a step has a name such as H4"),
        ("{id: F2, role: lead, by: soon, do: x, done: y}", "line 6, by: I need a whole number"),
        ("{id: F2, role: lead, by: {S1: 5}, do: x, done: y}", "line 6, S2: it is missing here (by)"),
        ("{id: F2, role: lead, by: 5, by: 6, do: x, done: y}", "line 6, by: it is there twice"),
        ("{id: F2, role: lead, by: 5, do: x, done: y, gates: F1}", "Do you mean “gate”?"),
        ("{id: F2, role: lead, by: 5, do: x, done: y, gate: F9}", "line 6, gate: there is no step F9"),
        ("{id: F2, role: lead, by: 5, do: x, done: y, gate: F1 = maybe}", "F1 can't be answered with “maybe”"),
        ("{id: F2, role: lead, by: 5, do: x, done: y, gate: when we feel like it}", "line 6, gate: I need a condition"),
        ("{id: F2, role: lead, by: 5, do: x, done: y, if: never_heard}", "line 6, if: there is no event never_heard"),
        ("{id: F2, role: lead, by: 5, do: x, done: y, gate: F2}", "F2 would wait for itself"),
        ("{id: F2, role: lead, by: 5, do: x, done: y, rel: sunrise}", "line 6, rel: “sunrise” is not one of"),
        ("{id: F2, role: lead, by: 5, do: x, done: y, repeat: 0}", "line 6, repeat: a step comes again"),
        ("{id: F2, role: lead, by: 5, do: x, done: y, ask: song}", "line 6, ask: “song” is not one of"),
        ("{id: F2, role: lead, by: 5, do: x, done: y, ask: choice}", "a choice needs"),
        ("{id: F2, role: lead, by: 5, do: x, done: y, ask: choice, choices: [one]}", "two different ones"),
        ("{id: F2, role: lead, by: 5, do: x, done: y, choices: [a, b]}", "only a step with"),
        ("{id: F2, role: lead, by: 5, do: x, done: y, clock: moon}", "line 6, clock: “moon”"),
        ("{id: F2, role: [lead], by: 5, do: x, done: y}", "line 6, role: I need words here"),
        ("F2", "line 6, steps: I need names with values"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_its_field(step: str, what: str) -> None:
    found = said(f"{HEAD}{GOOD}      - {step}\n")
    assert what in found
    assert found.startswith("line 6, ")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "names with values"),
        ("- one", "names with values"),
        ("kinds: [", "line"),
        ("kinds: {x: &a {steps: []}, y: *a}", "write it out"),
        ("kinds: {x: {steps: []}}", "line 1, steps: a plan has one step at least"),
        ("kinds: {'a b': {steps: []}}", "no spaces"),
        ("kindz: {}", "Do you mean “kinds”?"),
        (f"checklists: {{comment_storm: {{steps: [{ONE}]}}}}", "can't have the same name"),
        (f"kinds: {{a: {{steps: [{ONE}]}}}}\nchecklists: {{a: {{steps: [{ONE}]}}}}", "line 1, a: a kind of crisis and"),
        ("kinds: {? [a] : b}", "line 1, kinds: a name has to be a word"),
        ("[" * 3000, ""),
        ("kinds:\n" + "".join(f"  k{number}: {{steps: [{ONE}]}}\n" for number in range(61)), "more than 60 kinds"),
        ("kinds: {x: " + "x" * 500_000 + "}", "too long"),
    ],
)
def test_what_is_no_plan_at_all_is_said_too(text: str, what: str) -> None:
    assert what in said(text)


def test_all_that_is_wrong_is_said_in_one_go() -> None:
    steps = (
        "      - {id: F2, by: soon, do: x, don: y}\n      - {id: F3, role: [lead], by: 5, do: x, done: y, ask: song}\n"
    )
    with pytest.raises(BadPlan) as error:
        read_with(f"{HEAD}{steps}  drought:\n    sings: [dry]\n    steps: []\n", read_plan(shipped()))
    assert [(one.line, one.name) for one in error.value.faults] == [
        (5, "by"),
        (5, "don"),
        (5, "done"),
        (5, "role"),
        (6, "ask"),
        (6, "role"),
        (8, "sings"),
    ]


def test_what_does_not_fit_the_rest_of_the_plan_is_said_in_one_go_too() -> None:
    steps = (
        "      - {id: F2, role: pope, by: 5, do: x, done: y, gate: F9, rel: dawn}\n"
        "      - {id: F3, role: lead, by: 5, do: x, done: y, if: F1 = maybe}\n"
    )
    with pytest.raises(BadPlan) as error:
        read_with(HEAD + GOOD + steps, read_plan(shipped()))
    assert [(one.line, one.name) for one in error.value.faults] == [(6, "gate"), (6, "rel"), (6, "role"), (7, "if")]


def test_two_that_wait_for_each_other_are_refused() -> None:
    one = "      - {id: F1, role: lead, by: 5, do: x, done: y, gate: F2}\n"
    other = "      - {id: F2, role: lead, by: 5, do: x, done: y, rel: F1}\n"
    assert "line 5, id: F1 would wait for itself" in said(HEAD + one + other)


def test_everything_that_the_shipped_plan_states_is_typed() -> None:
    plan = read_plan(shipped())
    for kind in plan.kinds.values():
        for step in (*plan.first, *plan.safety, *kind.steps):
            assert all(clauses(one) is not None for one in (step.gate, step.when) if one)
            assert step.ask is not Ask.CHOICE or len(step.choices) > 1
            assert not step.repeat or step.until or step.ask is Ask.COUNT, f"{step.id} never ends"
        assert kind.review
        assert kind.close


def test_words_are_words_though_yaml_has_other_ideas() -> None:
    plan = read_with(HEAD + GOOD, read_plan(shipped()))
    assert plan.kinds["flood"].steps[0].choices == ("yes", "no")


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_mangled_plan_is_read_or_refused_in_a_sentence(data: st.DataObject) -> None:
    text = HEAD + GOOD
    for _cut in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + data.draw(st.sampled_from(["", "{", "]", ": ", "- ", "\n", "&a ", "*a", "\x00", "é", "'"]))
            + text[at + 1 :]
        )
    with suppress(BadPlan):
        assert read_with(text, read_plan(shipped())).kinds


def test_lines_are_those_of_what_was_typed(house: House) -> None:
    bad = f"{HEAD}{GOOD}      - {{id: F2, role: pope, by: 5, do: x, done: y}}\n"
    assert "Line 6, role" in house.text(house.do("office", "", "playbook import", {"file": bad}))


def test_no_public_word_before_the_librarys_consent_is_recorded(house: House) -> None:
    house.say("sos a book challenge at a member library", "dan")
    house.say("crisis kind book_challenge", "dan")
    assert "went wrong" not in house.say("statement write We stand with the library.", "dan")
    (words,) = house.find(Words)
    approve = f"statement approve words={words.id.partition('/')[2]}"
    assert "No public word of this yet" in house.say(approve, "eva")
    assert house.find(Words)[0].approvals == ()
    (crisis,) = house.find(Crisis)
    assert "is done" in house.say("crisis done B3 private help only, no public support yes", "dan")
    assert "No public word of this yet" in house.say(approve, "eva")
    assert crisis.is_open


def test_once_the_library_agrees_the_words_are_approved(house: House) -> None:
    house.say("sos a book challenge at a member library", "dan")
    house.say("crisis kind book_challenge", "dan")
    house.say("statement write We stand with the library.", "dan")
    (words,) = house.find(Words)
    assert "is done" in house.say("crisis done B3 public support yes", "dan")
    house.say(f"statement approve words={words.id.partition('/')[2]}", "eva")
    assert house.find(Words)[0].approvals == ("eva",)
