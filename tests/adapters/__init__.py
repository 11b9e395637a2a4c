"""What every chat network's adapter must do, and each network's own tests in its folder."""

import pytest

pytest.register_assert_rewrite("tests.adapters.contract")
