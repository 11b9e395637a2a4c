from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.topics.accounts.model import Account, Days, Status
from bot.topics.posting.cadence import Cadence, cadence_of, cadence_words, read_defaults, shipped_defaults
from bot.topics.team.hours import Hours

CHICAGO = Hours(ZoneInfo("America/Chicago"), country="US")
DEFAULTS = {"x": 3, "linkedin": 14}


def account(**more: object) -> Account:
    return Account(**{"id": "a", "short": "ce-x", "name": "CE", "network": "x", "status": Status.ACTIVE, **more})  # type: ignore[arg-type]


def test_an_active_account_has_its_networks_default() -> None:
    assert cadence_of(account(), DEFAULTS) == Cadence(every=3)
    assert cadence_of(account(status=Status.QUIET, network="linkedin"), DEFAULTS) == Cadence(every=14)


@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.DORMANT, Status.RETIRED])
def test_no_default_for_an_account_of_which_nobody_says_that_it_is_active(status: Status) -> None:
    assert cadence_of(account(status=status), DEFAULTS) is None


def test_an_unknown_account_has_a_rhythm_once_one_is_set_but_a_dormant_one_rests() -> None:
    assert cadence_of(account(status=Status.UNKNOWN, every=5), DEFAULTS) == Cadence(every=5)
    assert cadence_of(account(status=Status.DORMANT, every=5), DEFAULTS) is None


def test_none_means_none_and_a_network_without_a_rule_has_none() -> None:
    assert cadence_of(account(every=0), DEFAULTS) is None
    assert cadence_of(account(network="website"), DEFAULTS) is None


def test_an_own_rhythm_goes_before_the_default() -> None:
    assert cadence_of(account(per_week=2, days=Days.WORKING), DEFAULTS) == Cadence(per_week=2, days=Days.WORKING)


@pytest.mark.parametrize(
    ("cadence", "last", "runs_out"),
    [
        (Cadence(every=1), date(2026, 11, 2), date(2026, 11, 4)),  # Tuesday may pass, Wednesday has begun
        (Cadence(every=3), date(2026, 11, 2), date(2026, 11, 6)),
        (Cadence(every=1), date(2028, 2, 28), date(2028, 3, 1)),  # a leap day
        (Cadence(every=1, days=Days.WORKING), date(2026, 11, 6), date(2026, 11, 10)),  # over a weekend
        (Cadence(every=1, days=Days.WORKING), date(2026, 11, 25), date(2026, 11, 28)),  # over Thanksgiving
        (Cadence(every=2, days=Days.WORKING), date(2026, 11, 7), date(2026, 11, 11)),  # a post on a Saturday
        (Cadence(per_week=3), date(2026, 11, 2), date(2026, 11, 10)),
        (Cadence(per_week=3, days=Days.WORKING), date(2026, 11, 2), date(2026, 11, 10)),
    ],
)
def test_the_span_is_whole_days_that_pass_without_a_post(cadence: Cadence, last: date, runs_out: date) -> None:
    assert cadence.runs_out(last, CHICAGO) == runs_out


@pytest.mark.parametrize(
    ("cadence", "words"),
    [
        (None, "no rhythm"),
        (Cadence(every=1), "every day"),
        (Cadence(every=3), "every 3 days"),
        (Cadence(every=1, days=Days.WORKING), "every working day"),
        (Cadence(every=2, days=Days.WORKING), "every 2 working days"),
        (Cadence(per_week=2), "2 a week"),
        (Cadence(per_week=2, days=Days.WORKING), "2 a week, working days only"),
    ],
)
def test_a_rhythm_in_words(cadence: Cadence | None, words: str) -> None:
    assert cadence_words(cadence) == words


def test_the_shipped_rules_name_days_for_the_usual_networks() -> None:
    found = shipped_defaults()
    assert found["x"] == 3
    assert found["youtube"] == 30
    assert "website" not in found


@pytest.mark.parametrize("rule", ["x: 0", "x: often", "x: 400", "x: true"])
def test_a_rule_that_is_no_number_of_days_is_pointed_out(rule: str) -> None:
    with pytest.raises(ValueError, match="whole days"):
        read_defaults(f"default_cadence_days: {{{rule}}}")


def test_rules_without_defaults_give_none() -> None:
    assert read_defaults("x: {max: 280}") == {}
    assert read_defaults("") == {}
