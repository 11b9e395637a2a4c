"""Which accounts a tip suits."""

from typing import Any

from msgspec.structs import replace

from bot.topics.accounts.model import Account, Status
from bot.topics.drafting.suiting import filled, suited


def account(short: str, name: str = "Association Office", **more: Any) -> Account:
    return Account(short, short, name, more.pop("network", "x"), **{"status": Status.ACTIVE, **more})


PRESERVATION = account("pw-x", "Association Preservation Week", themes=("preservation", "webinars"))
JOBS = account("office-x", themes=("jobs", "announcements"))
PHOTOS = account("fl", "Association Midwinter", network="flickr", themes=("photos",))
ALL = (PRESERVATION, JOBS, PHOTOS)


def shorts(text: str, accounts: Any = ALL, mine: str = "") -> list[str]:
    return [one.account.short for one in suited(text, accounts, mine)]


def test_shared_themes_decide_whatever_the_capitals_and_the_plural() -> None:
    assert shorts("A WEBINAR on the preservation of maps") == ["pw-x"]
    assert shorts("A job at the city library")[0] == "office-x"


def test_words_that_all_accounts_share_say_nothing() -> None:
    assert shorts("The association has a new office dog") == ["office-x"]  # only as the one for announcements


def test_a_handle_or_a_short_name_in_the_text_counts_most() -> None:
    assert shorts("Something for fl about jobs") == ["fl", "office-x"]


def test_accounts_at_rest_are_left_out() -> None:
    assert shorts("photos of webinars", [account("a", themes=("photos",), status=Status.RETIRED)]) == []
    assert shorts("photos of webinars", [account("a", themes=("photos",), status=Status.DORMANT)]) == []


def test_every_network_comes_before_a_second_account_of_the_same_one_and_mine_before_equals() -> None:
    several = [account(f"a{n}", themes=("jobs",), owner=f"o{n}") for n in range(4)]
    several += [account("b", network="facebook", themes=("jobs",)), account("c", network="linkedin", themes=("jobs",))]
    assert shorts("a job", several) == ["a0", "b", "c", "a1", "a2"]
    assert shorts("a job", several, "o3")[0] == "a3"


def test_each_network_that_is_left_open_is_filled_with_an_account_that_takes_anything() -> None:
    bare, general = account("a-fb", network="facebook"), account("b-fb", network="facebook", themes=("news",))
    special, rests = account("c-li", network="linkedin", themes=("jobs",)), replace(general, status=Status.DORMANT)
    assert filled([PRESERVATION], [bare, general, special, JOBS, PHOTOS]) == [PRESERVATION, general]
    assert filled([PRESERVATION], [bare, rests, special]) == [PRESERVATION, bare]
    assert filled([PRESERVATION], [account("d-fl", network="flickr", themes=("news",))]) == [PRESERVATION]
