import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from rapidfuzz import fuzz

from bot.topics.accounts.keys import Index, index_of, squash, stems
from bot.topics.accounts.lookup import Found, look_up
from bot.topics.accounts.model import Account, Status
from bot.topics.accounts.networks import MEDIA, WORDS
from tests.topics.accounts.sample import accounts

OWNERS = (("v1", "office"), ("v2", "Preservation Week"), ("v3", "education video"), ("v4", "conference photos"))
OWNED = {"office-x": "v1", "office-fb": "v1", "pw-x": "v2", "pw-fb": "v2", "ce-yt": "v3", "midwinter-fl": "v4"}


@cache
def index(*more: Account) -> Index:
    sample = tuple(replace(one, owner=OWNED.get(one.short, "")) for one in accounts())
    return index_of((*sample, *more), OWNERS)


SURE = {
    "@ALCTS": "office-x",
    "alcts": "office-x",
    "ALCTS": "office-x",
    "@alcts_ce": "ce-x",
    "ALCTS_CE": "ce-x",
    "Alcts_Ce": "ce-x",
    "alcts ce": "ce-x",
    "which account is @ALCTS_NMIG?": "nmig-x",
    "“@PreservationWk”": "pw-x",
    "preservationwk": "pw-x",
    "presevationwk": "pw-x",
    "preservation wk": "pw-x",
    "@alcts_crg_ce": "crg-x",
    "@ALCTS_ARC": "arg-x",
    "@alcts_arg": "arg-x",
    "alcts arg": "arg-x",
    "office-x": "office-x",
    "OFFICE-X": "office-x",
    "pw fb": "pw-fb",
    "pw_yt": "pw-yt",
    "the pw-yt account": "pw-yt",
    "https://x.com/ALCTS_CE": "ce-x",
    "https://www.x.com/ALCTS_CE/": "ce-x",
    "https://twitter.com/alcts_ce?s=20": "ce-x",
    "twitter.com/ALCTS_NMIG/status/123456": "nmig-x",
    "mobile.twitter.com/PreservationWk": "pw-x",
    "http://x.com/@ALCTS#top": "office-x",
    "who runs https://x.com/ALCTS_ARC": "arg-x",
    "<https://x.com/ALCTS_CE|x.com/ALCTS_CE>": "ce-x",
    "preservation facebook": "pw-fb",
    "preservation fb": "pw-fb",
    "the Preservation Week facebook page": "pw-fb",
    "presevation facebok": "pw-fb",
    "preservation week on twitter": "pw-x",
    "preservation week video": "pw-yt",
    "preservation youtube": "pw-yt",
    "office linkedin": "office-li",
    "the LinkedIn of the office": "office-li",
    "office li": "office-li",
    "office fb": "office-fb",
    "office twitter": "office-x",
    "office on X": "office-x",
    "new members facebook": "nmig-fb",
    "New Members linkdin": "nmig-li",
    "ANMIG facebook": "nmig-fb",
    "anmig on twitter": "nmig-x",
    "nmig x": "nmig-x",
    "education video": "ce-yt",
    "continuing education youtube": "ce-yt",
    "continuing education on X": "ce-x",
    "education's twitter": "ce-x",
    "regional groups": "crg-x",
    "council regional groups": "crg-x",
    "affiliate groups": "arg-x",
    "affilliate groups": "arg-x",
    "midwinter": "midwinter-fl",
    "midwinter photos": "midwinter-fl",
    "ALCTS ALA Midwinter": "midwinter-fl",
    "conference photos": "midwinter-fl",
    "e-forums": "ce-x",
    "video links": "ce-x",
    "collection development": "ce-yt",
    "Association of Library Collections and Technical Services": "assoc-fl",
    "Association for Library and Technical Services": "office-li",
    "association flickr": "assoc-fl",
    "the webinars of continuing education on x": "ce-x",
}

UNSURE = {
    "the photo one": {"midwinter-fl", "assoc-fl"},
    "flickr": {"midwinter-fl", "assoc-fl"},
    "flicker": {"midwinter-fl", "assoc-fl"},
    "video": {"ce-yt", "pw-yt"},
    "the youtube channel": {"ce-yt", "pw-yt"},
    "preservation week": {"pw-fb", "pw-x", "pw-yt"},
    "presevation week": {"pw-fb", "pw-x", "pw-yt"},
    "@PreservationWeek": {"pw-fb", "pw-x", "pw-yt"},
    "facebook.com/preservationweek": {"pw-fb"},
    "https://www.linkedin.com/company/unknown": {"office-li", "nmig-li"},
    "office": {"office-x", "office-fb", "office-li"},
    "new members": {"nmig-x", "nmig-fb", "nmig-li"},
    "new members ig": {"nmig-x", "nmig-fb", "nmig-li"},
    "ANMIG": {"nmig-x", "nmig-fb", "nmig-li"},
    "jobs": {"office-x", "office-fb", "ce-x", "nmig-x", "nmig-fb"},
    "who tweets about jobs": {"office-x", "ce-x", "nmig-x"},
    "which account posts webinars": {"pw-fb", "pw-x", "ce-x", "arg-x"},
    "preservation tweets": {"pw-x", "arg-x"},
    "grants": {"nmig-x", "nmig-fb"},
    "advice column": {"pw-fb", "pw-x"},
    "cataloging": {"ce-yt", "arg-x"},
    "technical services": {"office-li", "assoc-fl"},
    "trivia": {"office-x"},
    "office instagram": {"office-x", "office-fb", "office-li"},
    "crg-fb": {"crg-x"},
    "midwinter-x": {"midwinter-fl"},
    "ALCTS_CR": {"ce-x", "crg-x"},
    "alcts2": {"office-x"},
    "ce": {"ce-x", "ce-yt", "crg-x"},
    "wk": {"pw-x"},
    "linkedin": {"office-li", "nmig-li"},
}

NOTHING = (
    "",
    "   ",
    "the one",
    "which account is it?",
    "qwerty asdf",
    "@",
    "???",
    "12",
    "https://example.org/x",
    "\u202e",
)


@pytest.mark.parametrize("question", SURE)
def test_a_clear_question_is_answered(question: str) -> None:
    found = look_up(index(), question)
    assert found.sure is not None, [one.short for one in found.near]
    assert found.sure.short == SURE[question]


@pytest.mark.parametrize("question", UNSURE)
def test_an_unclear_question_offers_the_right_ones_and_five_at_most(question: str) -> None:
    found = look_up(index(), question)
    assert found.sure is None
    assert {one.short for one in found.near} >= UNSURE[question]
    assert len(found.near) <= 5


@pytest.mark.parametrize("question", NOTHING)
def test_what_says_nothing_finds_nothing(question: str) -> None:
    assert look_up(index(), question) == Found()


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(SURE) + len(UNSURE) >= 60


def test_old_handles_names_and_short_names_still_lead_to_the_account() -> None:
    moved = Account(
        "n", "learn-x", "ALCTS Learning", "x", "@Learn26", past_handles=("@OldLearn",), past_shorts=("edu-x",)
    )
    for words in ("@oldlearn", "OldLearn", "x.com/OldLearn", "edu-x", "ALCTS learning"):
        assert look_up(index(moved), words).sure == moved


def test_a_merged_account_leads_to_the_one_that_it_went_into() -> None:
    old = Account("m", "gone-x", "Gone Account", "x", "@gone", status=Status.RETIRED, merged_into="ce-x")
    found = look_up(index(old), "@gone").sure
    assert found is not None
    assert found.short == "ce-x"


def test_a_retired_account_is_found_by_name_but_not_by_description() -> None:
    old = Account("m", "old-ig", "Old Pictures", "instagram", "@oldpics", status=Status.RETIRED, themes=("snapshots",))
    assert look_up(index(old), "@oldpics").sure == old
    assert look_up(index(old), "snapshots").sure is None


def test_a_short_name_goes_before_the_same_word_as_an_alias() -> None:
    other = Account("o", "zebra", "Another", "x", aliases=("ce-x",))
    found = look_up(index(other), "ce-x").sure
    assert found is not None
    assert found.id == "ce-x"


def test_the_same_handle_on_two_networks_is_asked_about() -> None:
    twin = Account("t", "ce-ig", "ALCTS CE pictures", "instagram", "@ALCTS_CE")
    found = look_up(index(twin), "@ALCTS_CE")
    assert found.sure is None
    assert {one.short for one in found.near} == {"ce-x", "ce-ig"}
    on_instagram = look_up(index(twin), "instagram.com/alcts_ce").sure
    assert on_instagram == twin


def test_a_known_page_is_found_whatever_its_address_looks_like() -> None:
    page = Account("w", "home-web", "Home page", "website", url="https://www.example.org/alcts/")
    assert look_up(index(page), "http://example.org/alcts?utm=1").sure == page
    assert look_up(index(page), "example.org/alcts").sure == page


def test_no_accounts_and_no_words_give_nothing() -> None:
    assert look_up(index_of((), ()), "anything") == Found()


# What may make an answer sure: something known, or something nearly so.
def evidence(words: str, answer: Account) -> bool:
    names = (answer.short, answer.handle, answer.name, *answer.aliases)
    known = set(stems(" ".join((*names, *answer.themes, dict(OWNERS).get(answer.owner, ""))))) | set(WORDS) | set(MEDIA)
    pieces = [words, *words.split(), *words.replace("/", " ").split(), *stems(words)]
    return any(fuzz.ratio(squash(piece), squash(name)) >= 85 for piece in pieces for name in (*names, *known) if name)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_random_signs_are_never_a_confident_answer(words: str) -> None:
    found = look_up(index(), words)
    assert found.sure is None or evidence(words, found.sure)
    assert len(found.near) <= 5


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text("bcdfghjkmqvwz", min_size=4, max_size=12), min_size=1, max_size=4))
def test_random_letters_are_never_a_confident_answer(words: list[str]) -> None:
    assert look_up(index(), " ".join(words)).sure is None


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(accounts()), st.sampled_from(["{}", "@{}", " {} ", "which account is {}?", "“{}”"]), st.booleans()
)
def test_every_short_name_and_handle_finds_its_own_account(account: Account, frame: str, upper: bool) -> None:
    for name in filter(None, (account.short, account.handle.removeprefix("@"))):
        asked = frame.format(name.upper() if upper else name.lower())
        found = look_up(index(), asked)
        assert found.sure is not None, asked
        assert found.sure.short == account.short


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([one for one in accounts() if len(one.handle) > 9]), st.data())
def test_one_slip_in_a_handle_is_never_taken_for_another_account(account: Account, data: st.DataObject) -> None:
    name = account.handle.removeprefix("@")
    at = data.draw(st.integers(0, len(name) - 1))
    slipped = data.draw(st.sampled_from([name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:]]))
    found = look_up(index(), slipped)
    assert found.sure is None or found.sure.short == account.short or squash(slipped) == squash(found.sure.handle)
    assert found.sure is not None or account.short in {one.short for one in found.near}


def test_a_long_question_is_bounded() -> None:
    assert len(look_up(index(), "preservation " * 10_000).near) <= 5


def test_a_warm_look_up_among_fifty_accounts_takes_less_than_a_millisecond() -> None:
    sample = accounts()
    many = tuple(
        replace(sample[at % 15], id=f"a{at}", short=f"{sample[at % 15].short}-{at}", handle=f"@handle_{at}")
        for at in range(50)
    )
    known = index_of(many, OWNERS)
    questions = ("@handle_17", "presevation facebok", "the photo one", "who tweets about jobs", "qwerty asdf zxcv")
    best = 1.0
    for _ in range(5):
        started = time.perf_counter()
        for question in questions:
            look_up(known, question)
        best = min(best, (time.perf_counter() - started) / len(questions))
    assert best < 0.001
