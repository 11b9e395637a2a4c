"""What every storage engine must do, and each engine's own tests."""

from pathlib import Path

import pytest

CONTRACTS = Path(__file__).parent.glob("contract*.py")
pytest.register_assert_rewrite(*(f"tests.storage.{contract.stem}" for contract in CONTRACTS))
