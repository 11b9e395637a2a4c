"""What must never slip at night: two people where two are needed, nobody reached who must not be, nothing lost."""

from pathlib import Path

import pytest

import storage
from bot.house import KINDS
from bot.topics.accounts.model import Hold
from bot.topics.crisis.kept import Contact
from bot.topics.crisis.model import Call, Crisis, Job, LogEntry, Words
from bot.topics.crisis.people import belongs_to, counts
from tests.house import House
from tests.topics.crisis.conftest import CHANNEL, NIGHT, furnish

HIJACK = "sos scam posts on our facebook page"


def level(house: House) -> str:
    return house.find(Crisis, order="-number")[0].level


def test_two_people_without_the_lead_do_not_lower_the_level(house: House) -> None:
    house.say(HIJACK, "dan")
    house.say("crisis level S1", "eva")
    assert "The lead has to agree" in house.say("crisis level S1", "finn")
    assert level(house) == "S3"
    house.say("crisis level S1", "dan")
    assert level(house) == "S1"


def test_nobody_under_suspicion_hears_of_anything_that_comes_later(house: House) -> None:
    house.say(HIJACK, "dan")
    house.settle()
    house.press("Seen", "ben")
    house.say("crisis suspect ben", "dan")
    house.later(seconds=3)
    count = len(house.messages("ben"))
    house.say("statement write We are looking into it.", "gus")
    house.say("crisis update all is quiet", "dan")
    house.later(minutes=40)
    house.say("crisis close yes", "dan")
    house.later(hours=1)
    assert len(house.messages("ben")) == count


def test_killed_again_and_again_it_goes_on_where_it_was_and_sends_nothing_twice(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'steward.db'}"
    house = House(NIGHT, store=storage.open(url, KINDS))
    furnish(house)
    house.say(HIJACK, "dan")
    sends: list[tuple[str, str]] = []
    for minutes in (0, 2, 3, 5, 1, 10, 30):
        house.close()  # what is committed is all there is
        house = House(house.clock.time, store=storage.open(url, KINDS))
        house.later(minutes=minutes)
        sends += [(one.to.id, one.key) for kind, one in house.post.log if kind == "send"]
    assert len(sends) == len(set(sends)) > 20
    late = [one.rpartition("/late/")[2].rpartition("/")[0] for _to, one in sends if "/late/H4/" in one]
    assert late[:1] == ["H4/0/person"]
    house.close()


def test_many_changes_within_a_moment_are_one_edit_of_the_board(house: House) -> None:
    house.say(HIJACK, "dan")
    house.later(seconds=5)
    before = [one for kind, one in house.post.log if one.key.endswith("/board")]
    for who in ("ben", "eva", "finn", "gus"):  # each answer changes the board
        house.say("crisis answer seen", who)
        house.settle()
    house.later(seconds=5)
    after = [one for kind, one in house.post.log if one.key.endswith("/board")]
    assert len(after) == len(before) + 1
    assert [one.to.id for one in after] == [CHANNEL] * len(after)


def test_a_change_now_and_then_does_not_put_the_board_off_for_ever(house: House) -> None:
    house.say(HIJACK, "dan")
    for number in range(6):
        house.say(f"crisis note seen {number}", "dan")
        house.later(seconds=1)
    assert any(one.key.endswith("/board") for one in house.post.kept.values())


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("crisis skip H5 none is used", "Only the lead can leave a step out"),
        ("crisis assign H5 finn", "Only the lead can give steps to others"),
        ("crisis close yes", "Only the lead can close it"),
        ("crisis backup finn", "Only the lead can name the backup lead"),
        ("hold stand-in pw-yt finn", "Only the lead names a stand-in"),
        ('crisis lead finn state="all is well so far"', "Only the lead can hand it over"),
    ],
)
def test_what_only_the_lead_decides(house: House, line: str, refused: str) -> None:
    house.say(HIJACK, "dan")
    before = house.find(Crisis), house.find(Job), len(house.find(LogEntry))
    assert refused in house.say(line, "finn")
    assert (house.find(Crisis), house.find(Job), len(house.find(LogEntry))) == before


def test_a_running_crisis_keeps_the_plan_that_it_started_with(house: House) -> None:
    house.say(HIJACK, "dan")
    own = "kinds: {hijacked_account: {signs: [x], steps: [{id: Q1, role: lead, by: 5, do: Look, done: looked}]}}"
    house.do("office", "", "playbook import", {"file": own})
    house.do("office", "", "playbook import", {"file": own, "sure": "yes"})
    house.say("crisis note something", "dan")
    house.later(minutes=2)
    assert "H4" in house.say("crisis mine", "dan")
    assert not house.find(Job, step="Q1")


def test_approvals_of_one_person_are_one(house: House) -> None:
    house.say(HIJACK, "dan")
    house.say("statement write The page is not ours.", "gus")
    (words,) = house.find(Words)
    line = f"statement approve words={words.id.partition('/')[2]}"
    for _time in range(3):
        house.say(line, "eva")
    assert house.find(Words)[0].approvals == ("eva",)
    assert "not approved" in house.say(f"statement said {words.id.partition('/')[2]} ce-x https://x.com/1", "gus")


def test_a_button_made_for_other_words_approves_nothing(house: House) -> None:
    house.say(HIJACK, "dan")
    house.do("gus", "", "statement write", {"text": "Not ours.", "statement": "locked_out"})
    house.settle()
    card = next(one.card for one in house.messages("eva") if "asks you to read this" in house.text(one.card))
    house.do("gus", "", "statement write", {"text": "Not ours!", "statement": "locked_out"})
    assert "have changed since you read them" in house.press("Approve these words", "eva", card)
    assert house.find(Words)[0].approvals == ()


def test_whoever_is_to_be_heard_cannot_say_so_themselves(house: House) -> None:
    house.say(HIJACK, "dan")
    assert "heard your voice" in house.say("crisis heard ana", "ana")
    assert house.find(Crisis)[0].suspects == ("ana",)
    assert "not under suspicion" in house.say("crisis heard ben", "dan")


def test_the_backup_acts_for_the_account_of_whoever_is_to_be_heard(house: House) -> None:
    house.say(HIJACK, "dan")
    assert "pw-fb: holds" in house.say("hold say holding", "ben")
    assert "Kept by ben" in house.say("hold show", "dan")
    assert all("ana" not in one.who for one in house.find(Job))
    house.say("hold release pw-fb", "dan")
    house.say("hold release pw-fb", "eva")
    assert house.find(Hold, id="a1")  # two others, and not its keeper
    house.say("hold release pw-fb", "ben")
    assert not house.find(Hold, id="a1")


def test_a_word_of_whoever_is_to_be_heard_counts_nowhere(house: House) -> None:
    house.say(HIJACK, "dan")
    (crisis,) = house.find(Crisis)
    assert not counts(crisis, "ana")
    assert counts(crisis, "ben")
    assert not counts(crisis, "")
    assert not house.read(lambda records: belongs_to(records, crisis, "ana"))
    assert house.read(lambda records: belongs_to(records, crisis, "ben"))
    house.say("crisis suspect ben", "dan")
    (crisis,) = house.find(Crisis)
    assert not house.read(lambda records: belongs_to(records, crisis, "ben"))
    house.say("crisis heard ben", "dan")
    (crisis,) = house.find(Crisis)
    assert counts(crisis, "ben")
    assert house.read(lambda records: belongs_to(records, crisis, "ben"))


def test_an_update_is_asked_for_at_the_levels_minutes(house: House) -> None:
    house.say(HIJACK, "dan")
    house.later(minutes=29)
    assert not [one for one in house.letters("dan") if "An update is due" in one]
    house.later(minutes=2)
    assert len([one for one in house.letters("dan") if "An update is due" in one]) == 1
    house.later(minutes=30)
    assert len([one for one in house.letters("dan") if "An update is due" in one]) == 2


def test_a_call_that_nobody_reports_on_goes_to_somebody_else_once(house: House) -> None:
    house.say(HIJACK, "dan")
    house.later(seconds=1)
    (call,) = house.find(Call, contact="out-1")
    assert call.by == "eva"
    house.later(minutes=11)
    assert house.find(Call, contact="out-1")[0].by == "dan"
    assert any("Please phone Ruth President" in one for one in house.letters("dan"))
    house.later(hours=1)
    assert house.find(Call, contact="out-1")[0].by == "dan"


def test_a_number_without_its_owners_word_is_neither_shown_nor_dialled(house: House) -> None:
    house.put(Contact("out-1", "Ruth President", phone="+1 312 555 0199"))
    house.put(Contact("finn", "finn", "finn", phone="+1 312 555 0106"))
    house.say(HIJACK, "dan")
    house.later(minutes=30)
    assert not house.find(Call, contact="out-1")
    assert not house.find(Call, contact="finn")
    shown = "".join([*house.letters("dan"), *house.letters("eva"), house.say("roster", "dan")])
    assert "0199" not in shown
    assert "0106" not in shown
    assert "has not agreed to the number yet" in house.say("roster", "dan")
