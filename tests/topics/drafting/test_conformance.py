"""X's own conformance files, where they are at hand: CONFORMANCE names their folder, or it lies beside the repo."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.topics.drafting.lengths import NEVER, fitting, weighted
from bot.topics.drafting.links import (
    Found,
    find_cashtags,
    find_hashtags,
    find_mentions,
    find_urls,
    hashtags_in,
    mentions_in,
    valid_url,
)

BESIDE = (up / "shared" / "conformance" for up in Path(__file__).parents)
NAMED = os.environ.get("CONFORMANCE")
FOLDER = Path(NAMED) if NAMED else next((one for one in BESIDE if one.exists()), None)
if FOLDER is None:
    pytest.skip("the conformance files are not at hand", allow_module_level=True)
FILES = {one.name: yaml.safe_load(one.read_text("utf-8"))["tests"] for one in (FOLDER / "twitter-text").glob("*.yml")}
looked_at: set[tuple[str, str]] = set()


def cases(file: str, section: str) -> list[Any]:
    looked_at.add((file, section))
    return [
        pytest.param(one["text"], one["expected"], id=f"{number} {one['description']}"[:90])
        for number, one in enumerate(FILES[file][section])
    ]


def test_no_section_of_the_files_is_left_out() -> None:
    assert looked_at == {(file, section) for file, sections in FILES.items() for section in sections}
    assert {"extract.yml", "validate.yml"} <= FILES.keys()


def places(found: list[Any], name: str) -> list[Any]:
    return [{name: one.words, "indices": [one.start, one.end]} for one in found]


@pytest.mark.parametrize(
    ("text", "expected"), cases("extract.yml", "urls") + cases("extract.yml", "tco_urls_with_params")
)
def test_links_are_found_as_x_finds_them(text: str, expected: list[str]) -> None:
    assert [one.words for one in find_urls(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    cases("extract.yml", "urls_with_indices") + cases("extract.yml", "urls_with_directional_markers"),
)
def test_links_are_found_where_x_finds_them(text: str, expected: list[Any]) -> None:
    assert places(find_urls(text), "url") == expected


@pytest.mark.parametrize(
    ("text", "expected"), cases("extract.yml", "hashtags") + cases("extract.yml", "hashtags_from_astral")
)
def test_hashtags_are_found_as_x_finds_them(text: str, expected: list[str]) -> None:
    assert list(hashtags_in(text)) == expected


@pytest.mark.parametrize(("text", "expected"), cases("extract.yml", "hashtags_with_indices"))
def test_hashtags_are_found_where_x_finds_them(text: str, expected: list[Any]) -> None:
    assert places(find_hashtags(text), "hashtag") == expected


@pytest.mark.parametrize(("text", "expected"), cases("extract.yml", "mentions"))
def test_mentions_are_found_as_x_finds_them(text: str, expected: list[str]) -> None:
    assert list(mentions_in(text)) == expected


@pytest.mark.parametrize(("text", "expected"), cases("extract.yml", "mentions_with_indices"))
def test_mentions_are_found_where_x_finds_them(text: str, expected: list[Any]) -> None:
    assert places(find_mentions(text), "screen_name") == expected


def list_of(text: str, mention: Found) -> str:
    return text[mention.start + 1 + len(mention.words) : mention.end]


@pytest.mark.parametrize(("text", "expected"), cases("extract.yml", "mentions_or_lists_with_indices"))
def test_lists_are_found_with_whose_they_are(text: str, expected: list[Any]) -> None:
    found = find_mentions(text)
    assert [
        one | {"list_slug": list_of(text, at)} for one, at in zip(places(found, "screen_name"), found, strict=True)
    ] == (expected)


@pytest.mark.parametrize(("text", "expected"), cases("extract.yml", "cashtags"))
def test_cashtags_are_found_as_x_finds_them(text: str, expected: list[str]) -> None:
    assert [one.words for one in find_cashtags(text)] == expected


@pytest.mark.parametrize(("text", "expected"), cases("extract.yml", "cashtags_with_indices"))
def test_cashtags_are_found_where_x_finds_them(text: str, expected: list[Any]) -> None:
    assert places(find_cashtags(text), "cashtag") == expected


@pytest.mark.parametrize(("text", "expected"), cases("extract.yml", "replies"))
def test_a_reply_begins_with_a_mention(text: str, expected: str | None) -> None:
    first = next(iter(find_mentions(text)), None)
    assert (first.words if first and not text[: first.start].strip() else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"), cases("validate.yml", "urls") + cases("validate.yml", "urls_without_protocol")
)
def test_a_link_is_valid_as_x_has_it(text: str, expected: bool) -> None:
    assert valid_url(text, bare="://" not in text) is expected


@pytest.mark.parametrize(("text", "expected"), cases("validate.yml", "hashtags"))
def test_a_hashtag_is_valid_as_x_has_it(text: str, expected: bool) -> None:
    assert (hashtags_in(text) == (text[1:],)) is expected


@pytest.mark.parametrize(("text", "expected"), cases("validate.yml", "usernames"))
def test_a_name_is_valid_as_x_has_it(text: str, expected: bool) -> None:
    assert (mentions_in(text) == (text[1:],)) is expected


@pytest.mark.parametrize(("text", "expected"), cases("validate.yml", "lists"))
def test_a_list_is_valid_as_x_has_it(text: str, expected: bool) -> None:
    whole = [one for one in find_mentions(text) if (one.start, one.end) == (0, len(text)) and list_of(text, one)]
    assert bool(whole) is expected


@pytest.mark.parametrize(("text", "expected"), cases("validate.yml", "tweets"))
def test_the_old_rule_of_140_holds(text: str, expected: bool) -> None:
    assert (0 < weighted(text, wide=1, emoji=False) <= 140) is expected


@pytest.mark.parametrize(("text", "expected"), cases("validate.yml", "WeightedTweetsCounterTest"))
def test_lengths_before_emoji_were_discounted(text: str, expected: dict[str, Any]) -> None:
    agrees(weighted(text, emoji=False), text, expected)
    fits(fitting(text, 280, emoji=False), text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    cases("validate.yml", "WeightedTweetsWithDiscountedEmojiCounterTest")
    + cases("validate.yml", "UnicodeDirectionalMarkerCounterTest"),
)
def test_lengths_as_they_are_counted_today(text: str, expected: dict[str, Any]) -> None:
    agrees(weighted(text), text, expected)
    fits(fitting(text, 280), text, expected)


def agrees(length: int, text: str, expected: dict[str, Any]) -> None:
    assert length == expected["weightedLength"]
    assert length * 1000 // 280 == expected["permillage"]
    assert (0 < length <= 280 and not any(sign in NEVER for sign in text)) is expected["valid"]


def fits(count: int, text: str, expected: dict[str, Any]) -> None:
    """X gives the ranges of what is shown and of what fits by their first and last places, in units of UTF-16."""
    assert {"displayRangeStart": 0, "displayRangeEnd": units(text) - 1}.items() <= expected.items()
    assert {"validRangeStart": 0, "validRangeEnd": units(text[:count]) - 1}.items() <= expected.items()


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
