"""Whom the plan wants told: at once where its condition holds, on somebody's word where only people can judge it."""

from bot.core.chat import Button
from bot.core.plain import controls_of
from bot.topics.crisis.model import Call, LogEntry, Question
from tests.house import House
from tests.topics.crisis.test_drill import agree

HIJACK = "sos scam posts on our facebook page"
OWN = """
kinds:
  burst_pipe:
    signs: [water in the reading room]
    notify:
      - {to: lead+backup, by: 0}
      - {to: approver, by: 5, if: "F1 = yes"}
      - {to: approver, by: 5, if: "Z9 = yes"}
      - {to: "partner (via care)", by: 10, if: S3}
    steps: [{id: F1, role: lead, by: 5, do: Is it ours, done: looked, ask: choice, choices: ["yes", "no"]}]
"""


def said(house: House, line: str, who: str) -> str:
    text = house.say(line, who)
    assert "went wrong" not in text, text
    return text


def start(house: House) -> str:
    """A hijacked account, which dan leads; gives the card that asks what applies."""
    said(house, HIJACK, "dan")
    house.later(seconds=1)
    (card,) = [one for one in house.letters("dan") if "does this apply?" in one]
    return card


def calls_to(house: House, name: str) -> list[Call]:
    return [one for one in house.find(Call) if one.name == name]


def test_the_lead_is_asked_what_only_people_can_judge_in_the_plans_order(house: House) -> None:
    card = start(house)
    wake = card.index("Wake all account owners (check yours)? Only if the login, mailbox or scheduler is shared.")
    treasurer = card.index("Tell treasurer? Only if: ads or card attached.")
    police = card.index("Tell police? Only if: money lost or threats.")
    assert wake < treasurer < police
    house.later(minutes=2)
    assert not calls_to(house, "Pat Purse")
    assert not [one for one in house.letters("eva") if "does this apply?" in one]


def test_on_their_word_whoever_the_roster_knows_is_phoned(house: House) -> None:
    said(house, "roster set treasurer Pat Purse +1 312 555 0444", "office")
    house.press("Yes, Pat", "office")
    start(house)
    assert "Noted: tell treasurer" in house.press("Tell treasurer", "dan")
    house.later(seconds=1)
    (call,) = calls_to(house, "Pat Purse")
    assert call.by == "eva"
    assert any("“ads or card attached” applies: tell treasurer" in one.text for one in house.find(LogEntry))
    assert "dan has said so already" in house.press("Tell treasurer", "dan")
    house.later(minutes=30)
    assert len(calls_to(house, "Pat Purse")) == 1


def test_whom_the_roster_does_not_know_the_lead_is_asked_to_find(house: House) -> None:
    start(house)
    house.press("Tell police", "dan")
    house.later(seconds=1)
    assert any("Tell them too" in one and "police (as money lost or threats)" in one for one in house.letters("dan"))


def test_what_is_put_off_stays_within_reach(house: House) -> None:
    start(house)
    assert "Not now" in house.press("Not now: police", "dan")
    mine = said(house, "crisis mine", "dan")
    assert "Put off for now." in mine
    house.press("Tell police", "dan")
    assert [one.answer for one in house.find(Question, to="police")] == ["tell"]
    assert "Tell police" not in said(house, "crisis mine", "dan")


def test_a_question_that_nobody_answers_goes_to_the_lead_again_then_to_the_backup_lead_and_on_the_board(
    house: House,
) -> None:
    start(house)
    house.later(minutes=14)
    (one,) = house.find(Question, to="treasurer")
    assert one.asked == ("dan",)
    house.later(minutes=2)
    assert house.find(Question, to="treasurer")[0].asked == ("dan", "dan")
    house.later(minutes=5)
    assert house.find(Question, to="treasurer")[0].asked == ("dan", "dan", "eva")
    assert any("does this apply?" in letter and "treasurer" in letter for letter in house.letters("eva"))
    assert any("nobody has said whether this applies: treasurer" in entry.text for entry in house.find(LogEntry))
    house.later(hours=2)
    about = [letter for who in ("dan", "eva") for letter in house.letters(who) if "Tell treasurer?" in letter]
    assert len(about) == 3


def test_only_who_leads_says_so(house: House) -> None:
    start(house)
    card = next(one.card for one in house.messages("dan") if "does this apply?" in house.text(one.card))
    button = next(one for one in controls_of(card) if isinstance(one, Button) and one.label == "Tell police")
    for who in ("ben", "cleo", "ana", "member"):
        house.do(who, "", button.command, button.values)
    assert [one.answer for one in house.find(Question, to="police")] == [""]
    house.do("eva", "", button.command, button.values)  # who leads if the lead can't
    assert [one.answer for one in house.find(Question, to="police")] == ["tell"]


def test_people_are_woken_where_the_lead_says_that_it_is_worth_their_night(house: House) -> None:
    start(house)
    assert not house.letters("cleo")
    house.press("Wake all account owners", "dan")
    house.later(seconds=1)
    assert any("you are needed" in one for one in house.letters("cleo"))
    assert any("you are needed" in one for one in house.letters("office"))


def test_a_typed_condition_holds_once_a_step_is_answered_so_and_an_unknown_one_is_asked(house: House) -> None:
    assert "Version 1" in house.text(house.do("office", "", "playbook import", {"file": OWN}))
    said(house, "sos water in the reading room", "dan")
    house.later(minutes=1)
    assert not house.find(Call)
    assert [one.when for one in house.find(Question)] == ["Z9 = yes"]
    said(house, "crisis done F1 no", "dan")
    house.later(minutes=1)
    assert not house.find(Call)
    said(house, "crisis correct F1 yes", "dan")
    house.later(minutes=1)
    assert [one.name for one in house.find(Call)] == ["Ruth President"]
    said(house, "crisis level S3", "dan")
    house.later(minutes=1)
    assert any("Tell them too" in one and "partner (via care)" in one for one in house.letters("dan"))


def test_nobody_is_phoned_twice_for_the_same_when_something_else_changes(house: House) -> None:
    start(house)
    (call,) = calls_to(house, "Ruth President")
    house.text(house.do("eva", "", "crisis called", {"call": call.id, "how": "reached"}))
    for line in ("crisis accounts ce-x", "crisis level S3", "crisis accounts office-x"):
        said(house, line, "dan")
        house.later(minutes=1)
    assert len(calls_to(house, "Ruth President")) == 1


def test_a_question_of_another_kind_is_not_asked_any_more(house: House) -> None:
    start(house)
    said(house, "crisis kind tragedy_pause", "dan")
    assert "police" not in said(house, "crisis mine", "dan")
    house.later(hours=30)
    assert not [one for one in house.letters("dan") if "By the plan it is time" in one and "police" in one]


def test_a_drill_asks_and_reaches_nobody_outside(house: House) -> None:
    said(house, "roster set treasurer Pat Purse +1 312 555 0444", "office")
    house.press("Yes, Pat", "office")
    agree(house, "ana", "ben", "cleo", "eva")
    said(house, "drill start hijacked_account surprises=no", "eva")
    house.later(minutes=1)
    (card,) = [one for one in house.letters("eva") if "does this apply?" in one]
    assert card.startswith("DRILL")
    house.press("Tell treasurer", "eva")
    house.later(minutes=1)
    assert not house.find(Call, name="Pat Purse")
