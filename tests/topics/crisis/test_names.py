"""Names that nobody is to read: kept as digests, and found however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topics.crisis.model import Protected
from bot.topics.crisis.names import NO_LINK, WITHHELD, digests_of, without_names
from tests.engine_room import START


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
        ("Doe, Jane", WITHHELD),
        ("jane_doe99", f"{WITHHELD}99"),
        ("jane.doe@example.org wrote", f"{WITHHELD}@example.org wrote"),
        ("#JaneDoeMustGo", f"#{WITHHELD}MustGo"),
        ("#janedoemustgo", f"#{WITHHELD}mustgo"),
        ("@doe_family and doe@example.org", f"@{WITHHELD}_family and {WITHHELD}@example.org"),
        ("JANE DOE-SMITH", f"{WITHHELD}-SMITH"),
        ("see https://x.com/jane-doe/1 now", f"see {NO_LINK} now"),
        ("see https://x.com/people/doe/2, please", f"see {NO_LINK} please"),
        ("see https://x.com/J%C3%A1ne", f"see {NO_LINK}"),
        ("see https://x.com/ALCTS/2", "see https://x.com/ALCTS/2"),
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
