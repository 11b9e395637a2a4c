"""A team's own plans: taken out, changed, brought in, gone back to; a running crisis keeps the one it began with."""

import pytest

from bot.core.chat import Form, Kind
from bot.topics.crisis.kept import Ahead, Playbook, Upkeep
from bot.topics.crisis.model import Crisis
from bot.topics.crisis.parsing import read_plan
from bot.topics.crisis.splicing import piece
from bot.topics.crisis.versions import current_plan, plan_of, playbook_id, shipped, text_of
from tests.house import House

SOS = "sos scam posts on our facebook page"
STEP = "{id: F1, role: lead, by: 5, do: Look, done: looked}"
FLOOD = f"kinds:\n  flood:\n    signs: [water]\n    steps:\n      - {STEP}\n"


def bring(house: House, text: str, as_: str = "office") -> str:
    return house.text(house.do(as_, "", "playbook import", {"file": text}))


def holding(house: House) -> str:
    """The plan's text as it holds now."""
    return str(house.read(lambda records: text_of(records, playbook_id(records))))


def test_a_kind_is_brought_in_and_a_running_crisis_keeps_its_own_plan(house: House) -> None:
    house.say(SOS, "dan")
    said = bring(house, FLOOD)
    assert "Version 1 holds from now on." in said
    assert "New: Flood, 1 step." in said
    assert "Crisis 1 goes on with the plan that it started with." in said
    assert "Flood" in house.say("playbook", "office")
    assert "F1" in house.say("playbook export flood", "office")
    (crisis,) = house.find(Crisis)
    assert house.read(lambda records: plan_of(records, crisis)) == read_plan(shipped())
    assert "flood" in house.read(current_plan).kinds
    bring(house, FLOOD.replace("Look", "Look twice"))
    house.say("crisis false-alarm", "dan")
    house.say("crisis false-alarm", "eva")
    house.say("sos water in the cellar", "dan")
    assert house.find(Crisis, number=2)[0].plan == "v2"


def test_a_whole_plan_is_brought_in_as_a_file_and_says_what_it_changes(house: House) -> None:
    house.say("statement approve locked_out", "office")
    house.say("statement approve locked_out", "gus")
    assert len(house.get(Ahead, "hijacked_account.locked_out").approvals) == 2
    start, end = shipped().index("  tragedy_pause:"), shipped().index("close_out_common:")
    text = (
        (shipped()[:start] + shipped()[end:])
        .replace("is not in our hands", "is not ours")
        .replace("ack: 60", "ack: 50")
    )
    said = bring(house, text)
    assert "Changed: the levels." in said
    assert "Changed: Hijacked account (statements)." in said
    assert "Gone: Tragedy pause." in said
    assert "To be approved again, if you want it: hijacked_account.locked_out." in said
    assert holding(house) == text


def test_all_faults_are_listed_with_line_and_field_and_nothing_changes(house: House) -> None:
    said = bring(house, shipped().replace("role: spotter", "role: pope"))
    assert "nothing was changed" in said
    assert said.count("role: “pope” is not one of") == 8
    said = bring(house, shipped().replace("do: ", "doo: "))
    assert "1–10 of" in said
    assert ", doo: I don't know this field. Do you mean “do”?" in said
    assert ", do: it is missing here" in said
    assert house.find(Playbook) == []
    assert holding(house) == shipped()


@pytest.mark.parametrize("text", ["kinds: [", "kinds:\n  x: [}", "nonsense: {a: b}", "kinds: {x: {steps: [{id: X1}]}}"])
def test_what_is_no_plan_is_refused_kindly(house: House, text: str) -> None:
    said = bring(house, text)
    assert "nothing was changed" in said
    assert "Line" in said
    assert house.find(Playbook) == []


def test_a_secret_in_a_plan_is_kept_nowhere(house: House) -> None:
    said = bring(house, FLOOD.replace("Look", "Use the password: hunter22"))
    assert "password" in said
    assert "hunter22" not in said
    assert house.find(Playbook) == []


def test_a_file_that_is_only_named_is_asked_for(house: House) -> None:
    form = house.ask("playbook import plan.yaml")
    assert isinstance(form, Form)
    assert [(field.name, field.kind) for field in form.fields] == [("file", Kind.FILE)]
    assert "one line only" in house.text(house.submit(form, file="plan.yaml"))
    assert "Version 1" in house.text(house.submit(form, file=FLOOD))


@pytest.mark.parametrize(
    "text", [f"```\n{FLOOD}```", f"```yaml\n{FLOOD}\n```\n", f"\ufeff{FLOOD}", FLOOD.replace("\n", "\r\n")]
)
def test_what_chats_and_editors_put_around_it_is_taken_off(house: House, text: str) -> None:
    assert "New: Flood, 1 step." in bring(house, text)
    assert "flood:" in holding(house)


def test_it_can_be_typed_with_its_lines(house: House) -> None:
    assert "New: Flood" in house.say(f"playbook import\n{FLOOD}", "office")


def test_only_a_coordinator_brings_a_plan_in(house: House) -> None:
    assert "Only a coordinator" in bring(house, FLOOD, "dan")
    assert "Only a coordinator" in house.say("playbook back 0", "dan")


def test_the_same_again_makes_no_version(house: House) -> None:
    assert "just that already" in bring(house, shipped())
    assert "just that already" in bring(house, piece(shipped(), "comment_storm"))
    bring(house, FLOOD)
    assert "just that already" in bring(house, FLOOD)
    assert len(house.find(Playbook)) == 1


def test_an_earlier_version_holds_again_and_none_is_lost(house: House) -> None:
    bring(house, FLOOD)
    bring(house, FLOOD.replace("Look", "Look twice"))
    house.later(hours=1)
    assert "Version 3 holds" in house.press("Go back to version 1")
    assert "do: Look," in holding(house)
    said = house.say("playbook versions", "office")
    assert "Version 3" in said
    assert "By office. The same as version 1. It holds now." in said
    assert "Version 4 holds" in house.press("Go back to the shipped plan")
    assert holding(house) == shipped()
    assert "flood" not in house.read(current_plan).kinds
    assert [one.number for one in house.find(Playbook, order="number")] == [1, 2, 3, 4]
    for line in ("playbook back 9", "playbook back -1", "playbook back 4"):
        assert "Version" not in house.say(line, "office"), line


def test_the_printed_card_follows_the_plan(house: House) -> None:
    bring(house, shipped().replace('  webadmin:   "', '  harbour_master: "Who runs the harbour"\n  webadmin:   "'))
    house.say("roster set harbour_master Hal Port +1 312 555 0444", "office")
    house.press("Yes, Hal", "office")
    assert "harbour master" in house.get(Upkeep, "crisis").card
    house.say("playbook back 0", "office")
    assert "harbour master" not in house.get(Upkeep, "crisis").card
