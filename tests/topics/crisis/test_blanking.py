"""What is blanked for privacy is gone: from every record, every message that can be edited, and the review."""

import pytest

from bot.core.chat import Card
from bot.core.ports import Records
from bot.house import KINDS
from bot.topics.crisis.kept import Paper
from bot.topics.crisis.model import Crisis, Job, LogEntry, Words
from bot.topics.crisis.privacy import words_told
from bot.topics.team.model import Missed
from storage.codec import to_json
from tests.house import House
from tests.topics.crisis.conftest import NIGHT

HIJACK = "sos scam posts on our facebook page"
SECRET = "her child Mia goes to Elm School"


def number_of(house: House, words: str, what: str = "") -> int:
    return next(one.number for one in house.find(LogEntry) if words in one.text and what in ("", one.what))


def traces(house: House, words: str) -> list[str]:
    """Where the words stand: records, messages, and what anybody can be shown."""
    house.later(seconds=5)

    def look(records: Records) -> list[str]:
        texts = ((kind.__name__, to_json(kind)[0](one)) for kind in KINDS for one in records.find(kind))
        return [name for name, text in texts if words.casefold() in text.casefold()]

    found: list[str] = house.store.read("t", look)
    found += [one.key for one in house.post.kept.values() if words.casefold() in house.text(one.card).casefold()]
    shown = ("log", "crisis show", "crisis mine", "statement list", "crisis review", "shift list", "home")
    return found + [line for line in shown if words.casefold() in house.say(line, "dan").casefold()]


def blank(house: House, number: int, who: str = "dan") -> str:
    said = house.say(f"log blank {number} it names a child", who)
    assert "Blanked" in said, said
    return said


def test_a_note_is_gone_from_the_thread_however_old_it_is(house: House) -> None:
    house.say(HIJACK, "dan")
    house.say(f"crisis note {SECRET}", "dan")
    house.later(seconds=5)
    for number in range(40):
        house.say(f"crisis note something else {number}", "dan")
    house.later(seconds=5)
    assert traces(house, SECRET)
    blank(house, number_of(house, SECRET))
    assert traces(house, SECRET) == []


def test_an_answer_is_gone_from_the_step_its_correction_and_the_cards_about_it(house: House) -> None:
    house.say(HIJACK, "dan")
    house.say("crisis done G5 yes", "office")
    house.say(f"crisis done X3 {SECRET}", "dan")
    house.later(seconds=5)
    house.say("crisis correct X3 saved as ids 7 and 8", "eva")
    house.later(seconds=5)
    assert any("was set right" in one and SECRET in one for one in house.letters("dan"))
    blank(house, number_of(house, SECRET, "step"))
    assert traces(house, SECRET) == []
    assert house.find(Job, step="X3")[0].answer == "saved as ids 7 and 8"
    assert any("X3, “(blanked)”" in one.text for one in house.find(LogEntry, what="corrected"))


def test_the_words_of_a_correction_are_gone_too(house: House) -> None:
    house.say(HIJACK, "dan")
    house.say("crisis done H4 4", "dan")
    house.say(f"crisis correct H4 5: {SECRET}", "dan")
    blank(house, number_of(house, SECRET, "corrected"))
    assert traces(house, SECRET) == []


def test_the_first_sentence_is_gone_from_the_alarms_and_the_board(house: House) -> None:
    house.say(f"sos scam posts, and {SECRET}", "dan")
    house.later(minutes=6)
    assert len(traces(house, SECRET)) > 5
    blank(house, 1)
    assert traces(house, SECRET) == []
    assert house.find(Crisis)[0].said != ""


def test_a_handed_over_lead_and_public_words_and_lessons_are_covered(house: House) -> None:
    house.say(HIJACK, "dan")
    house.say(f"statement write {SECRET}", "gus")
    house.settle()
    house.press("Approve these words", "eva")
    house.say(f'crisis lead eva state="{SECRET}"', "dan")
    house.say(f'lesson add "{SECRET}" eva "1 march"', "dan")
    house.say("crisis close yes", "eva")
    house.later(seconds=5)
    blank(house, number_of(house, SECRET, "words"), "eva")
    assert traces(house, SECRET) == []
    assert house.find(Words)[0].approvals == ()
    assert house.find(Paper)


def test_a_short_answer_takes_nothing_else_with_it(house: House) -> None:
    house.say(HIJACK, "dan")
    house.say("crisis note yes, we saw yesterday's posts", "dan")
    house.say("crisis done G5 yes", "office")
    blank(house, number_of(house, "G5 done"))
    assert house.find(Job, step="G5")[0].answer == "(blanked)"
    assert any("yes, we saw yesterday's posts" in one.text for one in house.find(LogEntry))


def test_a_message_that_waits_for_somebody_is_cleaned_before_they_read_it(house: House) -> None:
    house.say(HIJACK, "dan")
    house.say(f"crisis note {SECRET}", "dan")
    (crisis,) = house.find(Crisis)
    house.put(Missed(f"crisis/{crisis.id}/alarm/ben", "ben", house.clock.time, Card("Alarm", SECRET)))
    blank(house, number_of(house, SECRET))
    assert SECRET not in house.text(house.find(Missed)[0].card)


def test_a_link_goes_with_its_line(house: House) -> None:
    house.say(HIJACK, "dan")
    house.say("crisis note a picture of the child link=https://example.org/mia", "dan")
    house.later(seconds=5)
    assert traces(house, "example.org/mia")
    blank(house, number_of(house, "a picture of the child"))
    assert traces(house, "example.org/mia") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("H4 done: four of them", ("H4 done: four of them", "four of them")),
        ("H2, “changed” (ana, line 7) is now: “locked out”", ("locked out",)),
        ("words written: “We are sorry.”", ("We are sorry.",)),
        ("a plain note", ("a plain note",)),
    ],
)
def test_what_a_line_says_is_known_with_and_without_what_stands_before_it(text: str, words: tuple[str, ...]) -> None:
    entry = LogEntry("c/1", "c", 1, NIGHT, NIGHT, "ana", "step", text)
    assert set(words) <= set(words_told(entry))
