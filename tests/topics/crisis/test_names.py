"""Names that nobody is to read: kept as digests, taken out of every text, and in no export."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ports import Records
from bot.house import KINDS
from bot.topics.crisis.model import LogEntry, Paper, Protected
from bot.topics.crisis.names import WITHHELD, digests_of, without_names
from storage.codec import to_json
from tests.engine_room import START
from tests.house import House


def protected(name: str, salt: str = "c1") -> list[Protected]:
    whole, parts = digests_of(name, salt)
    return [Protected("p1", "c1", "ana", START, whole, parts)]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Jane Doe complained", f"{WITHHELD} complained"),
        ("JANE  DOE complained", f"{WITHHELD} complained"),
        ("jane doe complained", f"{WITHHELD} complained"),
        ("Jané Doé's letter", f"{WITHHELD}'s letter"),
        ("Mrs Doe wrote, and Jane called", f"Mrs {WITHHELD} wrote, and {WITHHELD} called"),
        ("a doe in the wood", "a doe in the wood"),
        ("her page is @janedoe", f"her page is @{WITHHELD}"),
        ("nobody is named", "nobody is named"),
    ],
)
def test_a_name_is_withheld_as_people_write_it(said: str, left: str) -> None:
    assert without_names(said, protected("Jane Doe"), "c1") == left


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_stands_around_it(before: str, after: str) -> None:
    said = f"{before} Jane Doe {after}"
    assert "Jane Doe" not in without_names(said, protected("Jane Doe"), "c1")


def test_the_record_holds_no_letter_of_it() -> None:
    assert "jane" not in repr(protected("Jane Doe")).casefold()


def exported(house: House) -> str:
    def look(records: Records) -> str:
        return "".join(to_json(kind)[0](one) for kind in KINDS for one in records.find(kind))

    return house.store.read("t", look)


@pytest.mark.parametrize("seed", range(5))
def test_no_export_holds_a_marked_name(house: House, seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    first, last = chance.choice(["Jane", "Moira", "Ángel"]), chance.choice(["Doe", "Quillfeather", "O'Brien"])
    name = f"{first} {last}"
    house.say(f"sos {name} complains about a book at the Elm Street library", "dan")
    house.say(f"crisis note {name.upper()} called again", "dan")
    house.say(f'crisis done G5 "yes, {name}"', "dan")
    house.say(f"statement write We are sorry, {name}.", "dan")
    house.settle()
    assert "kept no copy" in house.say(f"log protect {name}", "dan")
    house.say(f"crisis note and {name} wrote a letter", "dan")
    house.say("crisis close yes", "dan")
    house.later(seconds=5)
    (paper,) = house.find(Paper)
    for text in (exported(house), paper.markdown, paper.html, *house.letters("dan"), *house.letters("eva")):
        assert name.casefold() not in text.casefold()
    assert last not in paper.markdown
    assert last not in "".join(one.text for one in house.find(LogEntry))
    board = [house.text(one.card) for one in house.post.kept.values() if "/here/" in one.to.id or "board" in one.key]
    assert all(name.casefold() not in one.casefold() for one in board)


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
