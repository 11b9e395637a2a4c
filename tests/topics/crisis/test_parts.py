"""The parts of a crisis one by one: roster, hold, words, levels, calls, log, plans, checklists, readiness."""

from datetime import timedelta

import pytest

from bot.topics.accounts.model import Account, Hold
from bot.topics.crisis import declaring
from bot.topics.crisis.card import upkeep_of
from bot.topics.crisis.kept import Ahead, Contact, Seat
from bot.topics.crisis.model import Call, Crisis, Job, LogEntry, Shift, Words
from bot.topics.team.model import Identity, Volunteer
from tests.house import House

SOS = "sos scam posts on our facebook page"


def the_crisis(house: House) -> Crisis:
    return house.find(Crisis, order="-number")[0]


# -- roster


def test_a_number_counts_once_its_owner_agrees(house: House) -> None:
    assert "until then nobody sees it" in house.say("roster set scribe ben +1 312 555 0177", "office")
    assert house.get(Contact, "ben").agreed is None
    assert "0177" not in house.say("roster", "office")
    assert "0177" in house.say("roster", "ben")  # his own
    assert "Only ben" in house.say("roster agree ben", "office")
    assert "Thank you" in house.say("roster agree", "ben")
    assert "0177" not in house.say("roster", "office")
    house.say(SOS, "dan")
    assert "0177" in house.say("roster", "eva")
    assert "0177" not in house.say("roster", "ana")


def test_somebody_outside_has_two_numbers_and_is_asked_for_through_who_knows_them(house: House) -> None:
    said = house.say("roster set counsel Ada Law +1 312 555 0300 second=+13125550301", "office")
    assert "Have they said" in said
    house.press("Yes, Ada Law", "office")
    (contact,) = house.find(Contact, name="Ada Law")
    assert (contact.phone, contact.second) == ("+1 312 555 0300", "+13125550301")
    assert contact.agreed
    assert house.get(Seat, "counsel").first == contact.id


@pytest.mark.parametrize(
    "line",
    [
        "roster set",
        "roster set pope ana",
        "roster set lead ana hello",
        "roster set lead Nobody Known",
        "roster set lead me 12",
        "roster remove counsel",
        "roster agree nobody",
        "roster set lead ben",
    ],
)
def test_what_cannot_be_is_said_kindly(house: House, line: str) -> None:
    said = house.say(line, "ana")
    assert "went wrong" not in said
    before = [house.get(Seat, "lead"), house.get(Seat, "voice")]
    assert [one.first for one in before] == ["eva", "gus"]


# -- alarm


def test_without_consent_nobody_is_written_to_and_the_phone_is_asked_for_at_once(house: House) -> None:
    house.put(Volunteer("finn", "finn", standing=house.get(Volunteer, "finn").standing, alarms=False))
    house.say(SOS, "dan")
    house.settle()
    assert not house.letters("finn")
    assert [one.name for one in house.find(Call) if one.name == "finn"]
    assert not [one for one in house.post.kept.values() if one.key.endswith("mention/finn")]


def test_the_second_path_is_another_network_where_there_is_one(house: House) -> None:
    house.put(Identity("other:finn", "finn"))
    house.say(SOS, "dan")
    house.later(minutes=4)
    key = f"crisis/{the_crisis(house).id}/alarm/finn/other"
    assert house.read(lambda records: records.sent(key))


def test_at_the_lowest_level_quiet_hours_are_respected(house: House) -> None:
    house.say("sos a rumour about us, minor", "dan")
    assert the_crisis(house).level == "S1"
    house.later(minutes=90)
    assert not house.letters("eva")
    house.later(hours=9)
    assert any("you are needed" in one for one in house.letters("eva"))


def test_raising_takes_one_and_lowering_two(house: House) -> None:
    house.say("sos hateful comments flood our page", "dan")
    assert the_crisis(house).level == "S2"
    house.say("crisis level S3", "eva")
    assert the_crisis(house).level == "S3"
    assert "takes two" in house.say("crisis level S1", "dan")
    assert the_crisis(house).level == "S3"
    house.say("crisis level S1", "eva")
    assert the_crisis(house).level == "S1"


def test_what_was_guessed_is_corrected_by_a_press(house: House) -> None:
    house.say(SOS, "dan")
    house.press("Comment storm", "dan")
    assert the_crisis(house).kind == "comment_storm"
    assert not the_crisis(house).suspects or the_crisis(house).suspects == ("ana",)
    steps = {one.step for one in house.find(Job)}
    assert "C1" in steps
    house.later(minutes=30)
    late = {one.key.split("/")[3] for one in house.post.kept.values() if "/late/" in one.key}
    assert not any(one.startswith("H") for one in late)


def test_a_call_with_no_answer_goes_to_the_second_number(house: House) -> None:
    house.say(SOS, "dan")
    house.settle()
    (call,) = [one for one in house.find(Call) if one.contact == "out-1"]
    said = house.text(house.do("eva", "", "crisis called", {"call": call.id, "how": "no-answer"}))
    assert "+1 312 555 0200" in said
    said = house.text(house.do("eva", "", "crisis called", {"call": call.id, "how": "no-answer"}))
    assert "Twice no answer" in said
    assert "phoned already" in house.text(house.do("eva", "", "crisis called", {"call": call.id, "how": "reached"}))


def test_an_optional_part_that_fails_stops_nothing_and_is_shown(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(declaring, "to_phone", broken)
    house.say(SOS, "dan")
    house.later(seconds=3)
    assert any("I could not ask for the phone calls" in one.text for one in house.find(LogEntry))
    assert any("you are needed" in one for one in house.letters("eva"))


# -- hold


def test_an_account_is_let_go_by_its_keeper_and_one_other_and_its_clock_starts_afresh(house: House) -> None:
    house.say("sos hateful comments flood our page", "dan")
    assert "on hold" in house.say("last ce-x", "cleo")
    assert "on hold" in house.say("write ce-x words=hello", "cleo") or "on hold" in house.say(
        "write ce-x hello there", "cleo"
    )
    assert "one more word is needed" in house.say("hold release ce-x", "cleo")
    assert "noted already" in house.say("hold release ce-x", "cleo")
    assert house.get(Hold, "a2")
    assert "may go on" in house.say("hold release ce-x", "eva")
    assert not [one for one in house.find(Hold) if one.id == "a2"]
    house.say("hold release ce-x", "eva")
    assert "on hold" not in house.say("last ce-x", "cleo")


def test_two_others_do_not_let_it_go_without_its_keeper(house: House) -> None:
    house.say("sos hateful comments flood our page", "dan")
    house.settle()
    house.say("hold release pw-yt", "eva")
    house.say("hold release pw-yt", "finn")
    assert house.get(Hold, "a4")
    house.say("hold stand-in pw-yt finn", "dan")
    house.say("hold release pw-yt", "dan")
    assert not [one for one in house.find(Hold) if one.id == "a4"]


def test_reminders_of_accounts_on_hold_are_silent(house: House) -> None:
    house.say("posted ce-x", "cleo")
    house.say("sos hateful comments flood our page", "dan")
    house.later(days=20)
    assert not [one for one in house.letters("cleo") if "No post recorded on ce-x" in one]
    assert house.get(Account, "a2")


# -- words


def test_a_statement_takes_two_approvals_of_exactly_its_words(house: House) -> None:
    house.say(SOS, "dan")
    house.say("statement write The page is not in our hands.", "gus")
    (words,) = house.find(Words)
    house.settle()
    assert "two others" in house.say(f"statement approve words={words.id.partition('/')[2]}", "gus")
    house.press("Approve these words", "eva")
    assert len(house.find(Words)[0].approvals) == 1
    assert "one other person" in house.press("Approve these words", "eva")
    house.press("Approve these words", "finn")
    assert len(house.find(Words)[0].approvals) == 2
    said = house.say(f"statement said {words.id.partition('/')[2]} office-x https://x.com/ALCTS/1", "gus")
    assert "in the log" in said
    assert "said on office-x" in house.say("log", "eva")


def test_long_lists_come_in_pages_of_ten(house: House) -> None:
    for line, button in (
        ("statement list", "Next statements"),
        ("roster", "Next roles"),
        ("crisis ready", "Next things missing"),
    ):
        assert "1–10 of" in house.say(line, "office"), line
        assert "11–" in house.press(button, "office"), line


def test_a_changed_character_voids_the_approvals(house: House) -> None:
    house.say(SOS, "dan")
    house.say("statement write The page is not ours. statement=locked_out", "gus")
    old = house.find(Words, statement="hijacked_account.locked_out")[0]
    house.settle()
    house.press("Approve these words", "eva")
    house.say("statement write The page is not ours! statement=locked_out", "gus")
    new = house.find(Words, statement="hijacked_account.locked_out")[0]
    assert new.approvals == ()
    assert old.text != new.text


def test_approved_ahead_only_the_blanks_are_filled(house: House) -> None:
    house.say("statement approve locked_out", "office")
    assert "already" in house.say("statement approve locked_out", "office")
    house.say("statement approve locked_out", "gus")
    assert len(house.get(Ahead, "hijacked_account.locked_out").approvals) == 2
    house.say(SOS, "dan")
    said = house.say("statement fill locked_out", "gus")
    assert "Our Facebook account Preservation Week is not in our hands" in said
    (words,) = house.find(Words)
    assert words.ahead


# -- plans, checklists, readiness


def test_ready_tells_what_is_missing(house: House) -> None:
    said = house.say("crisis ready", "office")
    assert "things are missing" in said
    assert "counsel" in said
    house.say("roster set counsel Ada Law +1 312 555 0300", "office")
    house.press("Yes, Ada", "office")
    assert "+1 312 555 0300" in house.read(upkeep_of).card
    assert "Ruth President" in house.read(upkeep_of).card
    assert "no longer" in house.say("team remove eva sure=yes", "office")
    assert house.get(Seat, "lead").first == "finn"
    assert "eva" not in house.read(upkeep_of).card


def test_the_home_card_and_the_welcome_have_the_button(house: House) -> None:
    assert "Something is wrong" in house.say("home", "cleo")
    assert "Something is wrong" in house.say("welcome", "cleo")
    house.say(SOS, "dan")
    assert "Hijacked account" in house.say("home", "cleo")


def test_a_shift_is_two_people_for_two_hours(house: House) -> None:
    house.say("sos hateful comments flood our page", "dan")
    house.say("shift add eva finn", "dan")
    (shift,) = house.find(Shift)
    assert shift.until - shift.since == timedelta(hours=2)
    house.later(hours=2, minutes=1)
    assert any("Please stop now" in one for one in house.letters("eva"))


@pytest.mark.parametrize(
    "line",
    [
        "sos",
        "sos ???",
        "crisis show 99",
        "crisis done",
        "crisis done ZZ",
        "crisis done H99 x",
        "crisis level S9",
        "hold release",
        "hold say",
        "statement fill nothing",
        "log blank 99 x",
        "crisis kind pope",
        "lesson done",
        "drill end",
        "crisis called",
        "playbook import",
        "playbook import [",
        "crisis close",
        "crisis answer maybe",
        "shift add dan dan",
        "crisis heard ben",
        "crisis lead ana",
        "roster set lead me +1 <!channel> 5550100",
        "crisis note @everyone <script>",
    ],
)
def test_odd_input_is_answered_plainly(house: House, line: str) -> None:
    for _again in range(2):
        said = house.say(line, "dan")
        assert "went wrong" not in said, said
        house.say(SOS, "dan")
    house.later(minutes=5)
