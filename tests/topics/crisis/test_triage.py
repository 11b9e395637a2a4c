"""What a sentence is taken for: with the words that led to it, the team's own kinds too, and nothing that is denied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topics.crisis.model import Crisis
from bot.topics.crisis.parsing import read_plan, read_with
from bot.topics.crisis.triage import CLUES, GRAVE, triaged
from bot.topics.crisis.versions import shipped
from tests.house import House

PLAN = read_plan(shipped())
FLOOD = """
kinds:
  burst_pipe:
    signs: [water in the reading room, the ceiling drips]
    levels: {S1: "a puddle on the floor", S3: "books or archives under water"}
    steps: [{id: F1, role: lead, by: 5, do: Look, done: looked}]
"""
OWN = read_with(FLOOD, PLAN)
PLAIN = [one for one in GRAVE if one.replace(" ", "").isalpha()]


@pytest.mark.parametrize(
    ("said", "kind", "level"),
    [
        ("minor, not critical", "", "S1"),
        ("this is critical", "", "S3"),
        ("critical comments on our event", "event_backlash", "S2"),
        ("no threat, just a typo in our post", "own_wrong_post", "S1"),
        ("a minor was named in the comments", "comment_storm", "S3"),
        ("they contacted minors", "", "S3"),
        ("a rumour about us, not minor", "comment_storm", "S1"),
        ("not minor at all", "", "S2"),
        ("we have not been hacked", "", "S2"),
        ("we haven't been hacked", "", "S2"),
        ("it isn’t hacked", "", "S2"),
        ("nobody was hurt", "", "S2"),
        ("the threat is not credible", "", "S2"),
        ("not sure if we are hacked", "hijacked_account", "S3"),
        ("no doubt it is a scam", "", "S3"),
        ("we did not post this scam", "", "S3"),
        ("not only a threat", "", "S3"),
        ("a hackathon, eventually", "", "S2"),
        ("hijacked: a blocked login attempt", "hijacked_account", "S1"),
        ("our page was hacked", "hijacked_account", "S3"),
        ("there is a formal request at a member library, a book challenge", "book_challenge", "S2"),
        ("???", "", "S2"),
        ("", "", "S2"),
    ],
)
def test_what_a_sentence_is_taken_for(said: str, kind: str, level: str) -> None:
    found = triaged(PLAN, said)
    assert (found.kind, found.level) == (kind, level)


def test_a_teams_own_kind_is_known_by_its_signs_and_its_name_and_its_levels() -> None:
    assert triaged(OWN, "there is water in our reading room").kind == "burst_pipe"
    assert triaged(OWN, "A PIPE BURST").kind == "burst_pipe"
    assert triaged(OWN, "the archives are under water, in the reading room").level == "S3"
    assert triaged(OWN, "water in the reading room: a puddle on the floor").level == "S1"
    assert triaged(OWN, "no water in the reading room").kind == ""
    assert triaged(PLAN, "there is water in our reading room").kind == ""


@given(
    st.sampled_from(PLAIN),
    st.sampled_from(["no", "no sign of a", "not a", "without any", "there is no", "it isn't a", "never a", "no real"]),
)
def test_what_is_denied_never_makes_it_the_highest(clue: str, denial: str) -> None:
    assert triaged(PLAN, f"{denial} {clue}").level != "S3"
    assert triaged(PLAN, f"We saw it: {denial} {clue}, all is calm").level != "S3"


@given(
    st.sampled_from(PLAIN),
    st.sampled_from(
        [
            "a",
            "there is a",
            "not sure whether it is a",
            "no idea, a",
            "we did not write this",
            "it can't be: a",
            "not ours:",
        ]
    ),
)
def test_what_is_not_plainly_denied_counts(clue: str, before: str) -> None:
    found = triaged(PLAN, f"{before} {clue}")
    assert found.level == "S3"
    assert clue in found.level_words


@given(st.sampled_from(sorted(CLUES)), st.data())
def test_the_reasons_are_words_of_the_sentence(kind: str, data: st.DataObject) -> None:
    clue = data.draw(st.sampled_from([one for one in CLUES[kind] if one.replace(" ", "").isalpha()]))
    said = f"Look, {clue.upper()} since this morning"
    found = triaged(PLAN, said)
    assert found.kind
    assert found.kind_words
    assert all(word in said for word in (*found.kind_words, *found.level_words))


@given(st.text(max_size=300))
def test_whatever_is_typed_is_taken_for_something_with_reasons(text: str) -> None:
    found = triaged(OWN, text)
    assert found.level in {"S1", "S2", "S3"}
    assert bool(found.kind) is bool(found.kind_words)


def test_the_declarer_and_the_board_read_why(house: House) -> None:
    said = house.say("sos scam posts on our facebook page", "dan")
    assert "hijacked account, because you wrote “scam posts”; S3, because you wrote “scam”" in said
    house.later(seconds=3)
    board = next(house.text(one.card) for one in house.post.kept.values() if one.key.endswith("/board"))
    assert "My guess, please check: kind (“scam posts”), level (“scam”)" in board
    house.say("crisis kind hijacked_account", "dan")
    house.say("crisis level S3", "dan")
    house.say("crisis accounts pw-fb", "dan")
    house.later(seconds=3)
    board = next(house.text(one.card) for one in house.post.kept.values() if one.key.endswith("/board"))
    assert "My guess" not in board


def test_what_tells_nothing_is_said_to_tell_nothing(house: House) -> None:
    said = house.say("sos something odd", "dan")
    assert "no kind: your words tell me none; S2, until you know more" in said
    assert "Please choose below what it is." in said
    assert house.find(Crisis)[0].kind == ""


def test_a_running_crisis_keeps_the_reasons_of_its_own_plan(house: House) -> None:
    assert "Version 1" in house.text(house.do("office", "", "playbook import", {"file": FLOOD}))
    assert "burst pipe, because you wrote “water” and “reading” and “room”" in house.say(
        "sos water in the reading room", "dan"
    )
