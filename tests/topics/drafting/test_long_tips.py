"""Long tips: kept whole, shown a part at a time, drafted from what matters, at a cost that does not grow with them."""

import pytest

from bot.adapters.discord.render import render as for_discord
from bot.adapters.slack.render import render as for_slack
from bot.core.chat import Button, Card, Words
from bot.core.plain import controls_of
from bot.topics.drafting.composing import compose
from bot.topics.drafting.excerpts import READ, excerpt
from bot.topics.drafting.limits import limits_of
from bot.topics.drafting.model import Draft, Tip
from tests.adapters.slack.standin import limits
from tests.counting import steps
from tests.house import House
from tests.topics.drafting.conftest import WEBINAR, Desk
from tests.topics.drafting.saying import read


def newsletter(size: int, first: str = WEBINAR) -> str:
    """A text of so many characters, with one thing to tell at its beginning."""
    items = (f"Shelf {number} of the annex has new lamps and {number} chairs." for number in range(size))
    text = first
    while len(text) < size:
        text += f"\n\n{next(items)}"
    return text[:size].rstrip()


LONG = newsletter(50_000)


@pytest.mark.parametrize("giver", ["guest", "owner"])
def test_fifty_thousand_characters_are_kept_to_the_last_sign(house: House, desk: Desk, giver: str) -> None:
    assert "in the jar" in house.say(f"tip add {LONG}", giver)
    assert [one.text for one in house.find(Tip)] == [LONG]


def test_it_is_shown_a_part_at_a_time_until_all_has_been_shown(house: House, desk: Desk) -> None:
    tip = desk.tip(LONG)
    shown = ""
    card = house.ask(f"tip show {tip.id}", "owner")
    while True:
        assert isinstance(card, Card)
        shown += "".join(
            one.text for one in card.blocks if isinstance(one, Words) and isinstance(one.text, str) and one.text in LONG
        )
        for part in for_slack(card):
            limits.check_message({"text": part.text, "blocks": list(part.blocks)})
        assert len(for_discord(card, "t")) <= 3
        onward = [one for one in controls_of(card) if isinstance(one, Button) and one.label == "Read on in the tip"]
        if not onward:
            break
        card = house.do("owner", "", onward[0].command, onward[0].values)
    assert shown == LONG
    assert "[Back in the tip]" in house.text(card)


def test_a_page_that_is_not_there_is_the_last_one(house: House, desk: Desk) -> None:
    tip = desk.tip(LONG)
    assert house.say(f"tip show {tip.id} page=99", "owner") == house.say(f"tip show {tip.id} page=11", "owner")
    assert WEBINAR in house.say(f"tip show {tip.id} page=-3", "owner")


def test_what_is_longer_still_is_refused_with_what_to_do(house: House, desk: Desk) -> None:
    said = desk.do("guest", "tip add", text="word " * 20_000)
    assert "more than I can take at once (64,000 characters)" in said
    assert "send the part that matters, with a link to the rest" in said
    assert "I can take 60,000 here" in desk.do("guest", "tip add", text="wo rd" * 12_400)
    assert not house.find(Tip)


def test_elsewhere_there_is_no_more_room_than_before(house: House, desk: Desk) -> None:
    for command, values in (("check", {"text": LONG}), ("write", {"account": "ce-x", "words": LONG})):
        assert "at once (8,000 characters)" in desk.do("owner", command, **values)
    assert not house.find(Draft)


def test_it_is_drafted_from_its_beginning_and_says_so(house: House, desk: Desk) -> None:
    said = house.say(f"tip add {LONG}", "owner")
    assert "It is long, so I drafted from its beginning, about 3,000 characters." in said
    draft = desk.do("owner", "draft", account="ce-x", tip=house.find(Tip)[0].id)
    assert "Register by 27 November: https://ala.org/repair" in draft
    assert "It is long" not in house.say(f"tip add {newsletter(2500, 'The fair is on.')}", "owner")


def test_its_link_and_an_answer_count_however_long_it_is(house: House, desk: Desk) -> None:
    tip = desk.tip(newsletter(9000, "The spring fair comes to town."), link="https://ala.org/fair")
    desk.do("owner", "draft", account="ce-fb", tip=tip.id)
    (draft,) = house.find(Draft)
    assert "https://ala.org/fair" in draft.text
    desk.do("owner", "answer", draft=draft.id, words="Bring a friend on Friday, 4 December.")
    assert "Bring a friend on Friday, 4 December" in house.get(Draft, draft.id).text


def test_an_excerpt_is_the_beginning_up_to_the_end_of_a_sentence() -> None:
    short = excerpt(LONG)
    assert len(short) <= READ
    assert LONG.startswith(short)
    assert short.endswith(".")
    assert excerpt(WEBINAR) == WEBINAR
    assert excerpt("x" * 9000) == "x" * READ


def test_the_line_of_a_text_s_one_link_belongs_to_its_excerpt() -> None:
    body = newsletter(9000, "The fair is on.")
    assert excerpt(f"{body}\nSee it all at https://ala.org/fair.\nBye").endswith("See it all at https://ala.org/fair.")
    assert "https" not in excerpt(f"{body}\nSee https://ala.org/fair or https://ala.org/sale")  # which one is it about?


@pytest.mark.parametrize(
    "piece", [LONG[:200], "a ", "@a ", "Monday ", "http://a.co/( ", "<", "“", "- a\n", "See https://ala.org/x\n", "x"]
)
def test_twice_as_much_text_takes_no_more_to_draft_from(piece: str) -> None:
    def drafted(size: int) -> int:
        text = (piece * (size // len(piece) + 1))[:size]
        return steps(lambda: compose(read(excerpt(text)), limits_of("x")))

    drafted(50_000)  # once before, so that nothing is loaded for the first time
    drafted(25_000)
    assert drafted(50_000) < 1.2 * drafted(25_000)
