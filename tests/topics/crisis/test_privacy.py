"""Marked names and blanked lines: gone from every record, message and export, whenever they came in."""

import random
import unicodedata
from datetime import timedelta
from urllib.parse import unquote

import pytest

from bot.core.ports import Records
from bot.house import KINDS
from bot.topics.crisis.card import card_html
from bot.topics.crisis.kept import Paper
from bot.topics.crisis.model import LogEntry, Words
from storage.codec import to_json
from tests.house import House

NAMES = (
    "Jane Doe",
    "Moira Quillfeather",
    "Ángel O’Brien",
    "Nguyễn Thị Hương",
    "Ada McAllister-Young",
    "Zoë Ó Súilleabháin",
)


def plain(text: str) -> str:
    """For looking: one case, no accents, no link signs, nothing but letters."""
    text = unicodedata.normalize("NFKD", unquote(text)).casefold()
    return "".join(one for one in text if one.isalpha())


def written(name: str, chance: random.Random) -> str:
    """The name as people might write it."""
    words = name.split()
    bare = [plain(word) for word in words]
    return chance.choice([
        name,
        name.upper(),
        name.casefold(),
        " ".join(bare),
        f"{words[-1]}, {' '.join(words[:-1])}",
        "@" + "".join(bare),
        "#" + "".join(words) + "MustGo",
        ".".join(bare) + "@example.org",
        f"https://example.org/people/{'-'.join(bare)}/7",
        f"{name}’s",
    ])  # fmt: skip


def everything(house: House) -> dict[str, str]:
    """All that leaves the house or is kept in it, by where it stands."""

    def kept(records: Records) -> str:
        return "\n".join(to_json(kind)[0](one) for kind in KINDS for one in records.find(kind))

    found = {"the team's export": house.read(kept), "the printed card": house.read(card_html)}
    for paper in house.find(Paper):
        found |= {"review, Markdown": paper.markdown, "review, HTML": paper.html}
    for who in ("dan", "eva"):
        for line in (
            "crisis list",
            "crisis show 1",
            "log crisis=1",
            "lesson list",
            "crisis review 1",
            "home",
            "statement list crisis=1",
        ):
            found[f"{line} as {who}"] = house.say(line, who)
    found |= {one.key: house.text(one.card) for one in house.post.kept.values()}
    return found


def speak(house: House, chance: random.Random, name: str) -> None:
    """The name goes in at every door that takes free words."""

    def said() -> str:
        return written(name, chance)

    house.say(f"crisis note {said()} called again", "dan")
    house.do("dan", "", "crisis note", {"text": "see", "link": f"https://example.org/{plain(name)}", "who": said()})
    house.say(f'crisis done H3 "report 4711 by {said()}"', "ben")
    house.say(f"crisis skip H5 {said()} uses no scheduler", "dan")
    house.say(f"crisis update {said()} rang the director", "dan")
    house.say(f"statement write We are sorry, {said()}.", "gus")
    house.do("gus", "", "statement fill", {"statement": "dm_victims", "one": said()})
    house.say(f'crisis lead eva state="Everything is known, {said()} waits for a call."', "dan")
    house.say(f'crisis lead dan state="Nothing is new, {said()} still waits."', "eva")
    house.say(f'lesson add "phone {said()} sooner" ben "1 march"', "eva")
    for _line in range(35):
        house.say("crisis note nothing is new", "eva")
    house.later(seconds=5)


@pytest.mark.parametrize("name", NAMES)
def test_no_record_message_or_export_holds_a_marked_name(house: House, name: str) -> None:
    chance = random.Random(name)
    house.say(f"sos scam posts on our facebook page, says {name}", "dan")
    house.settle()
    speak(house, chance, name)
    house.say("crisis close yes", "dan")
    house.later(days=100)  # the lesson falls due, and is said in a nudge
    assert any(plain(name) in plain(text) for text in everything(house).values()), "the name was everywhere"
    assert "kept no copy" in house.say(f'log protect "{name}" crisis=1', "dan")
    house.later(seconds=5)
    told = [where for where, text in everything(house).items() if plain(name) in plain(text)]
    assert told == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_told_after_it_was_marked_never_holds_it(house: House, name: str) -> None:
    house.say("sos scam posts on our facebook page", "dan")
    house.settle()
    house.say(f'log protect "{name}"', "dan")
    speak(house, random.Random(name), name)
    house.say("crisis close yes", "dan")
    house.later(seconds=5)
    assert [where for where, text in everything(house).items() if plain(name) in plain(text)] == []
    assert house.find(LogEntry, what="note")


def test_public_words_that_name_a_marked_name_are_refused(house: House) -> None:
    house.say("sos scam posts on our facebook page", "dan")
    house.say("log protect Jane Doe", "dan")
    assert "withheld" in house.say("statement write We are sorry, Mrs Doe.", "gus")
    assert house.find(Words) == []


def test_the_people_of_the_plan_keep_their_names(house: House) -> None:
    house.say("sos scam posts on our facebook page", "dan")
    house.later(seconds=5)
    house.say("log protect Jane Doe", "dan")
    house.later(seconds=5)
    board = next(house.text(one.card) for one in house.post.kept.values() if one.key.endswith("/board"))
    assert "scam posts on our facebook page" in board
    assert "dan" in board


def test_a_line_is_blanked_with_a_record_of_who_and_why(house: House) -> None:
    house.say("sos hateful comments flood our page", "dan")
    house.say("crisis note her child goes to Elm School", "dan")
    number = max(one.number for one in house.find(LogEntry))
    assert "Only who wrote" in house.say(f"log blank {number} it names a child", "gus")
    house.settle()
    assert "Blanked" in house.say(f"log blank {number} it names a child", "dan")
    said = house.say("log", "dan")
    assert "Elm School" not in said
    assert "(blanked) by dan: it names a child" in said
    assert "blank already" in house.say(f"log blank {number} again", "dan")
    house.later(seconds=3)
    assert all("Elm School" not in house.text(one.card) for one in house.post.kept.values())


SECRET = "her child Tim goes to Elm School"
LINES = {
    "note": f"crisis note {SECRET}",
    "step": f"crisis done H3 {SECRET}",
    "skipped": f"crisis skip H5 {SECRET}",
    "update": f"crisis update {SECRET}",
    "words": f"statement write {SECRET}",
    "lead": f'crisis lead eva state="{SECRET}"',
    "lesson": f'lesson add "{SECRET}" ben "1 march"',
}


@pytest.mark.parametrize("what", ["declared", *LINES])
def test_what_a_blanked_line_said_is_gone_wherever_it_was_repeated(house: House, what: str) -> None:
    house.say(f"sos {SECRET if what == 'declared' else 'scam posts on our facebook page'}", "dan")
    house.later(seconds=5)
    if what != "declared":
        house.say(LINES[what], "dan")
    house.later(seconds=5)
    for lead in ("dan", "eva"):
        house.say("crisis close yes", lead)
    number = next(one.number for one in house.find(LogEntry, order="number") if SECRET in one.text)
    assert any(SECRET in text for text in everything(house).values())
    assert "Blanked" in house.say(f"log blank {number} it names a child crisis=1", "office")
    house.later(seconds=5)
    assert [where for where, text in everything(house).items() if "Elm School" in text] == []
    entry = next(one for one in house.find(LogEntry) if one.number == number)
    assert (entry.blanked_by, entry.blanked_why) == ("office", "it names a child")
    assert entry.blanked == house.clock.time - timedelta(seconds=5)
    (paper,) = house.find(Paper)
    assert f"line {number} was blanked: it names a child" in paper.markdown
    assert "(blanked) by office: it names a child" in paper.html
