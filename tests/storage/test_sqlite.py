"""SQLite keeps the contracts, in a file and in memory."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import storage as storages
from bot.core.ports import Storage
from tests.storage import (
    contract,
    contract_outbox,
    contract_outbox_rules,
    contract_queues,
    contract_reading,
    contract_search,
    contract_teams,
    contract_transactions,
)
from tests.storage.kinds import EXAMPLE_MIGRATIONS, HOUR, KINDS, NOW, message


class AllContracts(
    contract.RecordsContract,
    contract_transactions.TransactionContract,
    contract_reading.ReadingContract,
    contract_search.SearchContract,
    contract_teams.IsolationContract,
    contract_queues.QueuesContract,
    contract_queues.TenancyContract,
    contract_outbox.OutboxContract,
    contract_outbox_rules.OutboxRulesContract,
):
    """Everything that an engine must do."""


class TestFile(AllContracts):
    @pytest.fixture
    def storage(self, tmp_path: Path) -> Iterator[Storage]:
        opened = storages.open(f"sqlite:///{tmp_path}/steward.db", KINDS, migrations=EXAMPLE_MIGRATIONS)
        yield opened
        opened.close()


class TestMemory(AllContracts):
    @pytest.fixture
    def storage(self) -> Iterator[Storage]:
        opened = storages.open("sqlite://", KINDS, migrations=EXAMPLE_MIGRATIONS)
        yield opened
        opened.close()


def test_a_card_that_this_release_cant_read_is_dropped_and_holds_up_nobody() -> None:
    def spoil(records: Any) -> None:
        for key in ("old", "new"):
            records.send(message(key))
        records.writing.execute("""UPDATE outbox SET card = '{"heading": "Hello"}' WHERE key = 'old'""")

    with closing(storages.open("sqlite://", KINDS, migrations=EXAMPLE_MIGRATIONS)) as store:
        store.write("t", spoil).result()
        assert store.claim(NOW, HOUR, 9) == []
        assert [parcel.message.key for parcel in store.claim(NOW, HOUR, 9)] == ["new"]
        store.write("t", lambda records: records.send(message("old"))).result()
        assert store.next_due() == NOW + HOUR
