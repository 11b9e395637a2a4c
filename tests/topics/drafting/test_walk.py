"""The whole way, on the sample team's accounts: a pasted announcement, drafts, a second pair of eyes, posted, found."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.core.chat import Button, Form
from bot.core.plain import controls_of
from bot.terminal.sample import load
from bot.topics.accounts.model import Account
from bot.topics.drafting.model import Draft, Tip, TipState
from bot.topics.posting.model import Post
from bot.topics.team.model import Identity, Volunteer
from tests.house import House

ANNOUNCEMENT = (
    "Free Preservation Week webinar: Caring for Your Family Photographs. Thursday, January 14, 2027, 1:00 pm Central. "
    "Presenter: Maria Lopez, "
    "conservator at the Newberry Library. Registration is required by January 12. "
    "Register: https://www.ala.org/preswk/photographs"
)


@pytest.fixture
def house() -> Iterator[House]:
    house = House()
    load(house.store, house.clock, house.chance)
    people = house.store.read("sample", lambda records: (records.find(Volunteer), records.find(Identity)))
    accounts = house.store.read("sample", lambda records: records.find(Account))
    house.put(*people[0], *accounts, *(Identity(f"test:{one.volunteer}", one.volunteer) for one in people[1]))
    yield house
    house.close()


def test_a_pasted_announcement_becomes_posts_that_a_second_person_approves(house: House) -> None:
    ask, press = house.ask, house.press
    assert "Everything needs approval" in house.say("policy need always", "office")

    given = house.text(ask(f"tip add {ANNOUNCEMENT}", "new-members"))
    assert "Thu 14 Jan 2027" in given or "January 14, 2027" in given
    assert "Stale after" not in given
    offered = {one.values["account"] for one in buttons(house, "new-members", "draft")}
    assert any(one.endswith("-x") for one in offered)
    assert any(one.endswith("-fb") for one in offered)
    (tip,) = house.find(Tip)
    texts = {}
    for short in ("pw-x", "pw-fb", "nmig-li"):
        house.say(f"draft {short} {tip.id}", "preservation-week")
        texts[short] = next(one.text for one in house.find(Draft) if one.account == account_id(house, short))
    assert len(set(texts.values())) == 3
    for text in texts.values():
        assert "https://www.ala.org/preswk/photographs" in text
        assert "Maria Lopez" in text

    sources = house.say("sources pw-x", "preservation-week")
    assert "the tip says: “" in sources
    (draft,) = (one for one in house.find(Draft) if one.account == account_id(house, "pw-x"))
    card = house.say(f"read {draft.id}", "preservation-week")
    assert "of 280 characters" in card
    assert "It is out on pw-x" not in card

    house.say(f"review {draft.id}", "preservation-week")
    assert "You had a hand" in house.say(f"approve {draft.id}", "preservation-week")
    house.say(f"approve {draft.id}", "continuing-education")
    assert "word for word" in press("Approve for pw-x", "continuing-education")

    ask(f"read {draft.id}", "preservation-week")
    (button,) = buttons(house, "preservation-week", "went out")
    form = house.do("preservation-week", "", button.command, button.values)
    assert isinstance(form, Form)
    done = house.text(house.submit(form, "preservation-week", link="https://x.com/pw/1", campaign="Preservation Week"))
    assert "Noted: pw-x" in done
    assert house.get(Tip, tip.id).state is TipState.POSTED
    assert any(one.words == draft.text for one in house.find(Post))

    found = house.say("archive family photographs", "regional-groups")
    assert "https://x.com/pw/1" in found
    assert "campaign Preservation Week" in found
    house.until(house.clock.time + timedelta(days=2))
    assert any("It went out." in one for one in house.letters("new-members"))


def account_id(house: House, short: str) -> str:
    return house.find(Account, short=short)[0].id


def buttons(house: House, who: str, command: str) -> list[Button]:
    return [one for one in controls_of(house.last[who]) if isinstance(one, Button) and one.command == command]
