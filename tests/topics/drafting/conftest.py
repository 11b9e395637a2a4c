"""A team with a coordinator, two volunteers and their accounts, and announcements to draft from."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.core.chat import Button
from bot.core.plain import controls_of
from bot.topics.accounts.model import Account, Status
from bot.topics.drafting.model import Draft, Need, Policy, Tip
from bot.topics.team.model import TeamRole
from tests.house import House

WEBINAR = (
    "Join our free webinar on book repair, Tuesday 1 December 2026 at 2 pm. Anna Berg shows how to mend a torn page. "
    "Register by 27 November: https://ala.org/repair"
)


class Desk:
    """A house with what drafting tests ask for again and again."""

    def __init__(self, house: House) -> None:
        self.house = house

    def account(self, short: str, network: str = "x", owner: str = "owner", **more: Any) -> Account:
        """An active account; its id is `id-<short>`."""
        settings: dict[str, Any] = {"status": Status.ACTIVE, "owner": owner, "themes": ("webinars",)} | more
        account = Account(f"id-{short}", short, f"Account {short}", network, **settings)
        self.house.put(account)
        return account

    def tip(self, text: str = WEBINAR, giver: str = "guest", **values: str) -> Tip:
        """A tip that somebody gave."""
        before = {one.id for one in self.house.find(Tip)}
        self.house.do(giver, "", "tip add", {"text": text, **values})
        return next(one for one in self.house.find(Tip) if one.id not in before)

    def written(self, text: str = "We moved to a new house.", short: str = "ce-x", by: str = "owner") -> Draft:
        """A draft in somebody's own words."""
        before = {one.id for one in self.house.find(Draft)}
        self.house.do(by, "", "write", {"account": short, "words": text})
        return next(one for one in self.house.find(Draft) if one.id not in before)

    def made(self, short: str = "ce-x", by: str = "owner", text: str = WEBINAR) -> Draft:
        """A draft from a tip."""
        tip = self.tip(text)
        self.do(by, "draft", account=short, tip=tip.id)
        return next(one for one in self.house.find(Draft) if one.tip == tip.id)

    def approve(self, id: str, by: str = "bea") -> str:
        """Read the draft and press its button, if there is one."""
        card = self.house.ask("", by, "read", draft=id)
        button = next((one for one in controls_of(card) if isinstance(one, Button) and one.command == "approve"), None)
        return self.do(by, "approve", **dict(button.values)) if button else "no button"

    def post(self, id: str, by: str = "owner", short: str = "ce-x") -> str:
        """Say that the draft is out."""
        return self.do(by, "posted", account=short, draft=id)

    def draft(self, id: str) -> Draft:
        """The draft as it is now."""
        return self.house.get(Draft, id)

    def do(self, by: str, command: str, **values: str) -> str:
        """What a button or form with these values is answered with."""
        return self.house.text(self.house.do(by, "", command, values))


@pytest.fixture
def house() -> Iterator[House]:
    house = House()
    house.volunteer("Office", TeamRole.COORDINATOR)
    house.volunteer("Owner")
    house.volunteer("Bea")
    house.volunteer("Olga", TeamRole.OBSERVER)
    yield house
    house.close()


@pytest.fixture
def desk(house: House) -> Desk:
    desk = Desk(house)
    desk.account("ce-x")
    desk.account("ce-fb", "facebook")
    desk.account("ce-li", "linkedin", "bea")
    return desk


@pytest.fixture
def needed(house: House) -> None:
    """Everything needs approval."""
    house.put(Policy("policy", Need.ALWAYS))
