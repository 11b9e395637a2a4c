from hypothesis import given
from hypothesis import strategies as st

from bot.topics.team.matching import exact, leading, match

NAMES = [
    ("of", "Office"),
    ("pw", "Preservation Week"),
    ("ce", "Continuing education"),
    ("ev", "Education video"),
    ("rg", "Regional groups"),
    ("ag", "Affiliate groups"),
    ("nm", "New members"),
    ("cp", "Conference photos"),
]
TEXTS = st.text(max_size=30)
LISTS = st.lists(st.tuples(st.uuids().map(str), TEXTS), max_size=8)


def test_the_exact_name_wins_over_one_in_another_case() -> None:
    assert match("Office", [*NAMES, ("x", "office")]).sure == "of"


def test_case_and_blanks_do_not_matter() -> None:
    assert match("  new   MEMBERS ", NAMES).sure == "nm"


def test_a_start_that_only_one_has_is_enough() -> None:
    assert match("preserv", NAMES).sure == "pw"
    assert match("photos", NAMES).sure == "cp"


def test_a_typing_error_is_forgiven() -> None:
    assert match("regoinal groups", NAMES).sure == "rg"


def test_what_two_may_be_is_asked_with_both() -> None:
    found = match("groups", NAMES)
    assert not found.sure
    assert {id for id, _name in found.near} >= {"rg", "ag"}
    assert {id for id, _name in match("education", NAMES).near} >= {"ce", "ev"}


def test_what_nobody_is_called_names_nobody() -> None:
    assert match("zzzzzz", NAMES) == match("", NAMES)


def test_two_of_the_same_name_are_never_guessed() -> None:
    assert not match("Ana", [("1", "Ana"), ("2", "ana")]).sure or exact("Ana", [("1", "Ana"), ("2", "ana")]) == "1"
    assert not match("ANA", [("1", "Ana"), ("2", "ana")]).sure


def test_a_whole_name_takes_its_words_and_leaves_the_rest() -> None:
    assert leading(["new", "members", "office"], NAMES) == 2
    assert leading(["office", "new", "members"], NAMES) == 1
    assert leading(["office", "x"], NAMES) == 1
    assert leading(["30", "june"], NAMES) == 0


@given(TEXTS, LISTS)
def test_it_never_offers_more_than_five_and_is_only_sure_of_one_that_exists(
    text: str, names: list[tuple[str, str]]
) -> None:
    found = match(text, names)
    assert len(found.near) <= 5
    assert not (found.sure and found.near)
    assert found.sure in {"", *(id for id, _name in names)}


@given(LISTS, st.lists(st.text(min_size=1, max_size=8), max_size=6))
def test_it_takes_no_more_words_than_there_are(names: list[tuple[str, str]], words: list[str]) -> None:
    assert 0 <= leading(words, names) <= len(words)
