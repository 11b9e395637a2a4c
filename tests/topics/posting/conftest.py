"""A team with a coordinator, an owner and a backup, and accounts that are watched."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from bot.core.chat import Request
from bot.core.router import ENGINE, Context
from bot.topics.accounts.model import Account, AccountChanged, Status
from bot.topics.posting.model import Post, Watch
from bot.topics.team.model import TeamRole
from tests.house import HERE, House


class Desk:
    """A house with what posting tests ask for again and again."""

    def __init__(self, house: House) -> None:
        self.house = house

    def context(self, records: Any) -> Context:
        """A context as alarms have it."""
        engine = self.house.engine
        return Context(
            records, self.house.clock.time, ENGINE, Request(ENGINE.person, HERE), self.house.chance, engine.topics.after
        )

    def account(self, short: str, owner: str = "owner", *posts: datetime, **more: Any) -> Account:
        """An active account on X with posts recorded then, whose due times are worked out; its id is `id-<short>`."""
        settings: dict[str, Any] = {"network": "x", "status": Status.ACTIVE, "owner": owner} | more
        account = Account(f"id-{short}", short, f"Account {short}", **settings)
        kept = [Post(f"{short}-{number}", account.id, at, owner, at) for number, at in enumerate(posts)]

        def run(records: Any) -> None:
            records.put(account, *kept)
            self.context(records).announce(AccountChanged(None, account))

        self.house.store.write("t", run).result()
        return account

    def change(self, account: Account, after: Account, *, fresh: bool = False) -> None:
        """The account changes, as the accounts topic tells it."""

        def run(records: Any) -> None:
            records.put(after)
            self.context(records).announce(AccountChanged(account, after, fresh))

        self.house.store.write("t", run).result()

    def watch(self, short: str) -> Watch:
        """What is kept of an account."""
        return self.house.get(Watch, f"id-{short}")

    def due_on_agenda(self, short: str) -> datetime | None:
        """The account's entry."""
        return next((at for _alarm, subject, at in self.house.agenda("gap") if subject == f"id-{short}"), None)

    def nudged(self, who: str) -> list[str]:
        """The days on which somebody was sent a nudge, oldest first."""
        return [message.key.rpartition("/")[2] for message in self.house.messages(who)]


@pytest.fixture
def house() -> Iterator[House]:
    house = House()
    house.volunteer("Office", TeamRole.COORDINATOR)
    house.volunteer("Owner")
    house.volunteer("Bea")
    yield house
    house.close()


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)
