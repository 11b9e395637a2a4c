import re
from datetime import UTC, datetime, timedelta

import pytest

import storage
from bot.terminal.world import SystemChance, SystemClock, TravellingClock


def test_the_system_clock_tells_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_ids_are_ten_letters_and_digits_and_differ() -> None:
    ids = {SystemChance().id() for _ in range(500)}
    assert len(ids) == 500
    assert all(re.fullmatch("[a-z0-9]{10}", id) for id in ids)


@pytest.mark.parametrize(("bits", "signs"), [(80, 16), (60, 12), (1, 1), (81, 17)])
def test_codes_have_enough_signs_for_their_bits_and_none_to_be_mistaken(bits: int, signs: int) -> None:
    code = SystemChance().code(bits)
    assert len(code) == signs
    assert not set(code) & set("IO01")


def test_travelled_time_is_kept_in_the_database_and_never_goes_back() -> None:
    store = storage.open("sqlite://", ())
    try:
        clock = TravellingClock(store)
        clock.move_to(datetime.now(UTC) + timedelta(days=3))
        clock.keep()
        assert TravellingClock(store).now() > datetime.now(UTC) + timedelta(days=2, hours=23)
        ahead = clock.now()
        clock.move_to(datetime.now(UTC))
        assert clock.now() >= ahead
    finally:
        store.close()
