import pytest

from bot.topics.drafting.gate import compare
from tests.topics.drafting.saying import composed, read


@pytest.mark.parametrize(
    ("tip", "text"),
    [
        ("Hardcovers are $2, paperbacks $1.", "Hardcovers are $1, paperbacks $2."),
        ("Pages from 1911-1948 are online.", "Pages from 1948-1911 are online."),
        ("Open from 10 a.m. on Friday and 1 p.m. on Sunday.", "Open from 1 p.m. on Friday and 10 a.m. on Sunday."),
        ("Call Lou: 608-555-0119.", "Call Lou: 608-555-0118."),
        ("Call Lou: 608-555-0119.", "Call Lou: 555-608-0119."),
    ],
)
def test_right_values_in_each_others_place_are_noticed(tip: str, text: str) -> None:
    assert compare(read(tip), tip) == ()
    assert len(compare(read(tip), text)) >= 1


@pytest.mark.parametrize("network", ["x", "facebook"])
def test_an_ask_apart_from_the_link_is_in_every_wording(network: str) -> None:
    tip = (
        "The senate votes on the school bill on December 2. Call your senator before then. "
        "It takes two minutes. Find the number: https://example.org/senate"
    )
    texts = composed(tip, network).texts
    assert len(texts) > 1
    assert all("Call your senator before then." in one for one in texts)
    assert all(one.endswith("Find the number: https://example.org/senate") for one in texts)


def test_a_tip_in_small_letters_is_read_by_its_sentences() -> None:
    tip = "hi! we hire a clerk, 32 hours a week. send your resume by dec 18 to example.org/work. ask me anything! xo"
    assert all("end your resume by dec 18" in one for one in composed(tip, "x").texts)


@pytest.mark.parametrize(
    "tip",
    [
        "The book fair opens on December 5. The program is at https://example.org/fair, seats at https://example.org/seats.",
        "The book fair opens on December 5. Program: https://example.org/fair. Seats: https://example.org/seats",
    ],
)
@pytest.mark.parametrize("network", ["x", "facebook"])
def test_both_links_of_a_tip_are_in_every_wording(tip: str, network: str) -> None:
    texts = composed(tip, network).texts
    assert texts
    assert all("https://example.org/fair" in one and "https://example.org/seats" in one for one in texts)


def test_names_in_each_others_place_are_told_and_what_is_left_out_between_them_is_not() -> None:
    tip = "Leo Martins joins the Cataloging Unit and Priya Nair joins the Conservation Lab."
    wrong = "Priya Nair joins the Cataloging Unit and Leo Martins joins the Conservation Lab."
    assert [one.words for one in compare(read(tip), wrong)] == ["Priya Nair", "Leo Martins"]
    assert compare(read(tip), tip) == ()
    talk = "Dana Whitfield of the Midland Archives will show how to sew. Ben Adams will show how to glue."
    assert compare(read(talk), "Dana Whitfield will show how to sew.") == ()
