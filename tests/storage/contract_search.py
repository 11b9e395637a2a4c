"""What every storage engine must do to find records by the words in them."""

from typing import Any

import pytest

from bot.core.ports import Records, Storage
from bot.errors import Refusal
from tests.storage.contract import HOSTILE, keep
from tests.storage.kinds import Bare, Pet


def found(storage: Storage, words: str, **page: Any) -> str:
    return "".join(pet.id for pet in storage.read("t", lambda records: records.search(Pet, words, **page)))


class SearchContract:
    def test_records_are_found_by_all_of_the_words_in_any_order(self, storage: Storage) -> None:
        keep(
            storage, Pet("a", "The quick brown fox"), Pet("b", "A brown bear, quick to wake"), Pet("c", "A slow loris")
        )
        assert found(storage, "brown quick") == "ab"
        assert found(storage, "bear") == "b"
        assert found(storage, "quick loris") == ""

    def test_capitals_accents_endings_and_signs_do_not_matter(self, storage: Storage) -> None:
        keep(
            storage,
            Pet("a", "Webinar: R\u00e9sum\u00e9 writing, #PresWeek https://ala.org/news/pre-reg"),
            Pet("b", "Nothing"),
        )
        for words in (
            "webinars",
            "RESUME",
            "#presweek",
            "presw",
            "ala.org/news",
            "pre-reg",
            "writings webin",
            "#PresWeek!",
        ):
            assert found(storage, words) == "a", words

    def test_what_has_no_word_in_it_finds_nothing(self, storage: Storage) -> None:
        keep(storage, Pet("a", "Fox"), Pet("b", ""))
        for words in ("", " ", "*", '"', "!!! ???", "\U0001f98a"):
            assert found(storage, words) == ""

    def test_a_changed_record_is_found_by_its_new_words_only_and_a_removed_one_not_at_all(
        self, storage: Storage
    ) -> None:
        keep(storage, Pet("a", "Fox", 1), Pet("b"))
        keep(storage, Pet("a", "Bear", 1), Pet("b", "Wolf"))
        assert [found(storage, word) for word in ("fox", "bear", "wolf")] == ["", "a", "b"]
        keep(storage, Pet("a", "Bear", 2), Pet("b", ""))
        assert [found(storage, word) for word in ("bear", "wolf")] == ["a", ""]
        storage.write("t", lambda records: records.remove(Pet, "a")).result()
        assert found(storage, "bear") == ""
        keep(storage, Pet("a", "Bear again"))
        assert found(storage, "bear") == "a"

    def test_the_order_and_the_most_that_is_wanted_are_as_for_find(self, storage: Storage) -> None:
        keep(storage, *(Pet(id, "Fox", age) for id, age in (("a", 2), ("b", 1), ("c", 2))))
        assert found(storage, "fox") == "abc"
        assert found(storage, "fox", order="-age") == "acb"
        assert found(storage, "fox", order="age", limit=2) == "ba"
        assert found(storage, "fox", limit=0) == ""
        with pytest.raises(TypeError, match="no field"):
            found(storage, "fox", order="size")

    def test_what_has_no_words_to_search_is_a_mistake_that_is_named(self, storage: Storage) -> None:
        with pytest.raises(TypeError, match="Bare can't be searched"):
            storage.read("t", lambda records: records.search(Bare, "fox"))

    def test_a_team_finds_its_own_only(self, storage: Storage) -> None:
        for team in ("one", "two", "o'ne", "\u202e", "ONE"):
            keep(storage, Pet("a", f"Fox of {team}"), team=team)
            assert storage.read(team, lambda records: records.search(Pet, "fox")) == [Pet("a", f"Fox of {team}")]
        assert storage.read("none", lambda records: records.search(Pet, "fox")) == []

    @pytest.mark.parametrize("text", HOSTILE)
    def test_whatever_people_type_is_only_words_to_find(self, storage: Storage, text: str) -> None:
        keep(storage, Pet("a", text), Pet("b", "Fox"), team=text)
        ids = storage.read(text, lambda records: [pet.id for pet in records.search(Pet, text)])
        assert ids in (["a"], [])
        assert storage.read(text, lambda records: records.search(Pet, f"fox {text} AND OR NOT ( ) * : ^ NEAR")) == []

    def test_what_is_undone_is_not_found(self, storage: Storage) -> None:
        def run(records: Records) -> None:
            records.put(Pet("a", "Fox"))
            assert records.search(Pet, "fox")
            raise Refusal("No.")

        with pytest.raises(Refusal):
            storage.write("t", run).result()
        assert found(storage, "fox") == ""
