"""A volunteer's working hours: zone, reminder hour, quiet hours, days off and absences. All pure: `now` is a value."""

import re
import unicodedata
import warnings
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib import import_module, util
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

Absence = tuple[date, date | None]  # local dates, both included; None: until they say that they are back

HORIZON = 400  # days that are looked ahead: a year of days off, a leap day and a long leave
SATURDAY = 5
DAY = timedelta(days=1)


class Hours(Struct, frozen=True):
    """When somebody may be written to. Times of day and dates are in `zone`.

    Quiet hours run from `quiet_from` up to, not including, `quiet_to`, may pass midnight, and are none where both are
    equal. `weekends` True means that weekends are fine. `country` is an ISO 3166 code for public holidays; an unknown
    one has none.
    """

    zone: ZoneInfo
    hour: time = time(9)
    quiet_from: time = time(20)
    quiet_to: time = time(8)
    weekends: bool = False
    country: str | None = None
    away: tuple[Absence, ...] = ()


def local_day(zone: ZoneInfo, moment: datetime) -> date:
    """The date in `zone` at `moment` (aware)."""
    return moment.astimezone(zone).date()


def at(zone: ZoneInfo, day: date, clock: time) -> datetime:
    """The moment (UTC) at which clocks in `zone` show `clock` on `day`.

    A time that a clock change skips moves forward by what was skipped (02:30 is 03:30), on to the next date where need
    be; one that comes twice is the first. UTC makes it so: the offset before the change holds for both.
    """
    return datetime.combine(day, clock.replace(fold=0), tzinfo=zone).astimezone(UTC)


def is_quiet(hours: Hours, moment: datetime) -> bool:
    """Does `moment` (aware) lie in the quiet hours?"""
    return in_quiet(hours.quiet_from, hours.quiet_to, moment.astimezone(hours.zone).time())


def in_quiet(quiet_from: time, quiet_to: time, clock: time) -> bool:
    """Does the time of day `clock` lie in the quiet hours from `quiet_from` up to `quiet_to`?"""
    if quiet_from <= quiet_to:
        return quiet_from <= clock < quiet_to
    return clock >= quiet_from or clock < quiet_to


def is_away(hours: Hours, day: date) -> bool:
    """Does an absence cover `day`?"""
    return any(first <= day and (last is None or day <= last) for first, last in hours.away)


def works_on(hours: Hours, day: date) -> bool:
    """Is `day` a working day: no weekend (unless wanted), no public holiday, not away?"""
    if day in _days_off(hours.country or "", day.year, hours.weekends):
        return False
    return not (hours.away and is_away(hours, day))


def next_working_day(hours: Hours, day: date) -> date | None:
    """The first working day after `day`; None where the next 400 days have none, as in an absence without an end."""
    ahead = (day + timedelta(days=count) for count in range(1, HORIZON + 1))
    return next((one for one in ahead if works_on(hours, one)), None)


def add_working_days(hours: Hours, day: date, count: int) -> date | None:
    """The date `count` working days after `day`, `day` itself for 0; None as for `next_working_day`.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("working days are counted forward")
    found: date | None = day
    for _ in range(count):
        if found is None:
            break
        found = next_working_day(hours, found)
    return found


def working_days_between(hours: Hours, first: date, last: date) -> int:
    """How many working days come after `first`, up to and including `last`: 1 from Friday to Monday, never below 0."""
    return sum(works_on(hours, first + timedelta(days=count)) for count in range(1, (last - first).days + 1))


# Public holidays. The library holds 250 countries; importing its package for them all takes 0.4 s and 19 MB.


@cache
def _countries() -> dict[str, tuple[str, str]]:
    """Code → (module, class) of each country that the holidays library knows: ISO codes of two and three letters."""
    registry = import_module("holidays.registry")
    return {
        code: (module, name)
        for module, (name, *codes) in registry.COUNTRIES.items()
        for code in codes
        if len(code) in (2, 3)
    }


def known_country(code: str) -> bool:
    """Are there public holidays for this ISO 3166 code, in any case?"""
    return code.upper() in _countries()


@cache
def country_choices() -> tuple[tuple[str, str], ...]:
    """(ISO code of two letters, English name) of each known country, by name."""
    codes: dict[str, str] = {}
    for code, (_, name) in _countries().items():
        codes.setdefault(name, code)  # the library gives the code of two letters first
    return tuple(sorted(((code, _title(name)) for name, code in codes.items()), key=lambda choice: choice[1]))


def _title(name: str) -> str:
    """IsleOfMan → Isle of Man."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name).replace("Mc ", "Mc")
    return re.sub(r" (Of|And|The|Da)\b", lambda match: match[0].lower(), words)


@lru_cache(maxsize=1024)
def _days_off(country: str, year: int, weekends: bool) -> frozenset[date]:
    """The public holidays of a year and, unless `weekends` are fine, its weekends: each country has its own."""
    days = [
        date.fromordinal(number) for number in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    ]
    if not country or not known_country(country):
        return frozenset() if weekends else frozenset(day for day in days if day.weekday() >= SATURDAY)
    with warnings.catch_warnings():  # some countries' holidays are known for some years only; then there are fewer
        warnings.simplefilter("ignore")
        calendar = _calendar_class(country.upper())(years=year, expand=False)
    return frozenset(day for day in days if day in calendar or (not weekends and calendar.is_weekend(day)))


@cache
def _calendar_class(code: str) -> Any:
    """The country's class, from its own file where that can be had, without the package that imports all the others."""
    module, name = _countries()[code]
    path = Path(import_module("holidays").__path__[0], "countries", f"{module}.py")
    spec = util.spec_from_file_location(f"holidays.countries.{module}", path) if path.exists() else None
    if spec is None or spec.loader is None:
        return getattr(import_module("holidays.countries"), name)
    found = util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return getattr(found, name)


# Time zones as people type them.

COMMON_ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "UTC")
SHORT_FORMS = {  # EST is a zone of its own (Panama's), but who types it means New York, in summer too
    **dict.fromkeys(("et", "est", "edt", "eastern"), "America/New_York"),
    **dict.fromkeys(("ct", "cst", "cdt", "central"), "America/Chicago"),
    **dict.fromkeys(("mt", "mdt", "mountain"), "America/Denver"),
    **dict.fromkeys(("pt", "pst", "pdt", "pacific"), "America/Los_Angeles"),
}
UNSURE = {"mst": ("America/Denver", "America/Phoenix"), "samoa": ("Pacific/Apia", "Pacific/Pago_Pago")}
NOWHERE = {"Factory", "localtime"}
OLD_AREAS = {"US", "Canada", "Brazil", "Mexico", "Chile"}  # kept for old programs; their zones have newer names
COMPASS = {"north", "south", "west"}  # Australia's in the list, but whose else?
TYPED = 60  # characters that are looked at
CHOICES = 5
ALIKE = 75  # of 100: a typing error or two


def read_zone(text: str) -> ZoneInfo:
    """A zone from its IANA name in any case, its city, or ET, CT, MT, PT. Raises ValueError that names near ones."""
    spoken = _spoken(text)
    name = SHORT_FORMS.get(spoken) or (None if spoken in UNSURE else _zones().get(spoken))
    if name:
        return ZoneInfo(name)
    *others, last = zone_suggestions(text) or COMMON_ZONES
    near = f"{', '.join(others)} or {last}" if others else last
    raise ValueError(
        f"I don't know that time zone. Did you mean {near}? A big city in your zone works, and so does ET."
    )


def zone_suggestions(text: str) -> list[str]:
    """Up to five zones (IANA names) for what has been typed so far, the likeliest first; common ones for nothing."""
    spoken = _spoken(text)
    if spoken in UNSURE:
        return list(UNSURE[spoken])
    exact = [SHORT_FORMS[spoken]] if spoken in SHORT_FORMS else []
    starts = [name for words, name in _offered().items() if words.startswith(spoken)]
    inside = [name for words, name in _offered().items() if spoken in words]
    return list(dict.fromkeys([*exact, *starts, *inside] or _alike(spoken)))[:CHOICES]


def _alike(spoken: str) -> list[str]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only for what was mistyped

    near = process.extract(spoken, _offered().keys(), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=CHOICES)
    return [_offered()[words] for words, _, _ in near]


def _spoken(text: str) -> str:
    """How a zone's name is compared: lower case, blanks for signs, no accents, no "time" at its end."""
    plain = unicodedata.normalize("NFKD", text[:TYPED]).encode("ascii", "ignore").decode()
    return re.sub(r"[\s_-]+", " ", plain).strip().lower().removesuffix(" time")


@cache
def _zones() -> dict[str, str]:
    """Words → IANA name: every full name, and the cities."""
    return _offered() | {_spoken(name): name for name in available_timezones() - NOWHERE}


@cache
def _offered() -> dict[str, str]:
    """Words → IANA name, full names and cities, of the zones that are named after places; the common ones first.

    Names that end in the same city are one zone: the shorter name stands. Etc/GMT+5, which is UTC−5, is never offered.
    """
    names = [name for name in available_timezones() if "/" in name and name.split("/")[0] not in {"Etc", *OLD_AREAS}]
    names = [*COMMON_ZONES, *sorted(names, key=lambda name: (len(name), name))]
    zones = {_spoken(name): name for name in names}
    for name in names:
        city = _spoken(name.rpartition("/")[2])
        if city not in COMPASS:
            zones.setdefault(city, name)
    return zones
