"""How the crisis topic's things are read from words: a crisis, a role, a person to phone, a number."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Annotated, TypeVar

from msgspec import Struct

from bot.core.chat import Kind
from bot.core.router import Context, Option
from bot.core.words import clean, line, shown
from bot.errors import Refusal
from bot.topics.crisis.kept import Contact
from bot.topics.crisis.model import Crisis
from bot.topics.crisis.people import may_see
from bot.topics.crisis.versions import current_plan
from bot.topics.team.matching import match
from bot.topics.team.mentions import with_names
from bot.topics.team.model import Identity, Volunteer
from bot.topics.team.options import NAME_LIMIT, VOLUNTEER
from bot.topics.team.whens import moment_option

T = TypeVar("T")
A_PHONE = re.compile(r"\+?[\d\s()./-]*\d(?:\s*(?:x|ext\.?)\s*\d{1,6})?", re.IGNORECASE)
A_PHONE_WORD = re.compile(r"[+(]?\d[\d()./-]*|x\d+", re.IGNORECASE)
LEAST_DIGITS, MOST_DIGITS = 5, 20
BACKUP = "backup"
SUGGESTED = 25


def _known(context: Context, text: str) -> Crisis | None:
    """The crisis with that id or number, if the asker may know of it; whoever is to be heard first is told so later."""
    wanted = text.strip().lstrip("#").casefold()
    found = context.records.get(Crisis, wanted)
    if found is None and wanted.isdecimal():
        same = context.records.find(Crisis, number=int(wanted[:9]), limit=1)
        found = same[0] if same else None
    if found is None or may_see(context, found) or context.asker.volunteer in found.suspects:
        return found
    return None


def _read_crisis(context: Context, text: str) -> Crisis:
    found = _known(context, text)
    if found is None:
        raise Refusal(f"I know no crisis “{shown(text)}”. Type `crisis list` to see their numbers.")
    return found


def _takes_crisis(context: Context, words: Sequence[str]) -> int:
    return int(bool(words) and _known(context, words[0]) is not None)


def _suggest_crises(context: Context, _text: str) -> Sequence[tuple[str, str]]:
    found = [one for one in context.records.find(Crisis, order="-number") if may_see(context, one)]
    return [(str(one.number), f"{one.number}: {one.kind.replace('_', ' ')}") for one in found[:SUGGESTED]]


ACrisis = Annotated[Crisis, Option(_read_crisis, takes=_takes_crisis, suggest=_suggest_crises)]
"""A crisis, by its number."""


class RosterRole(Struct, frozen=True):
    """A role of the plan, or that of who steps in for it. `outside` says that it is for people outside the team."""

    id: str
    name: str
    backup: bool
    outside: bool

    @property
    def words(self) -> str:
        """As it is typed."""
        return f"{self.id} {BACKUP}" if self.backup else self.id

    @property
    def shown(self) -> str:
        """As it is read: `the backup of the lead`."""
        return f"the backup of the {self.name}" if self.backup else f"the {self.name}"


def _roles(context: Context) -> list[tuple[str, str, bool]]:
    plan = current_plan(context.records)
    return [(one.id, one.name, False) for one in plan.roles] + [(one.id, one.name, True) for one in plan.outside]


def plain_words(text: str) -> str:
    """A name for comparing: one case, blanks for signs."""
    return text.strip().casefold().replace("_", " ").replace("-", " ")


def _read_role(context: Context, text: str) -> RosterRole:
    words = plain_words(text).split()
    backup = len(words) > 1 and words[-1] == BACKUP and " ".join(words) != "keeper backup"
    wanted = " ".join(words[:-1] if backup else words)
    for id, name, outside in _roles(context):
        if wanted in (plain_words(id), plain_words(name)):
            return RosterRole(id, name, backup, outside)
    known = [(id, name) for id, name, _outside in _roles(context)]
    near = [id for id, _name in match(wanted, known).near] or [id for id, _name in known]
    raise Refusal(
        f"The plan has no role “{shown(text)}”. It has {', '.join(id for id, _name in known)}.",
        choices=[(id, dict(known)[id]) for id in near[:5]],
    )


def _takes_role(context: Context, words: Sequence[str]) -> int:
    known = {plain for id, name, _outside in _roles(context) for plain in (plain_words(id), plain_words(name))}
    for count in range(min(len(words), 4), 0, -1):
        said = plain_words(" ".join(words[:count]))
        if said in known or (said.endswith(f" {BACKUP}") and said.removesuffix(f" {BACKUP}") in known):
            return count
    return min(1, len(words))


def _suggest_roles(context: Context, text: str) -> Sequence[tuple[str, str]]:
    wanted = text.strip().casefold()
    return [(id, name) for id, name, _outside in _roles(context) if wanted in f"{id} {name}".casefold()][:25]


ARosterRole = Annotated[RosterRole, Option(_read_role, takes=_takes_role, suggest=_suggest_roles)]
"""A role of the plan by its short or its full name, with “backup” behind it for who steps in."""


class Whom(Struct, frozen=True):
    """Somebody who is named: a volunteer, or a name from outside the team."""

    name: str
    volunteer: Volunteer | None = None


def _read_whom(context: Context, text: str) -> Whom:
    try:
        volunteer: Volunteer = VOLUNTEER.read(context, text)
    except Refusal as refusal:
        if refusal.choices and len(text.split()) == 1:  # a slip in a volunteer's name, rather than another person's
            raise
        name = line(text, NAME_LIMIT)
        if not any(sign.isalpha() for sign in name):
            raise Refusal("Whom? Please give a name, and the number behind it.") from None
        return Whom(name)
    return Whom(volunteer.name, volunteer)


def _takes_whom(_context: Context, words: Sequence[str]) -> int:
    """All words up to a phone number."""
    ends = (at for at, word in enumerate(words) if A_PHONE_WORD.fullmatch(word))
    return next(ends, len(words))


AWhom = Annotated[Whom, Option(_read_whom, takes=_takes_whom, suggest=VOLUNTEER.suggest, kind=VOLUNTEER.kind)]
"""A volunteer, or the name of somebody outside the team."""


def _read_phone(_context: Context, text: str) -> str:
    number = " ".join(text.split())
    digits = sum(sign.isdigit() for sign in number)
    if not A_PHONE.fullmatch(number) or not LEAST_DIGITS <= digits <= MOST_DIGITS:
        raise Refusal(f"I need a phone number here, such as +1 312 555 0100, not “{shown(text)}”.")
    return number


def _takes_phone(_context: Context, words: Sequence[str]) -> int:
    """As many words as look like one number; a plus begins another one."""
    count = 0
    for word in words:
        if not A_PHONE_WORD.fullmatch(word) or (count and word.startswith("+")):
            break
        count += 1
    return count


APhone = Annotated[str, Option(_read_phone, takes=_takes_phone)]
"""A phone number, as it is dialled."""


def _read_contact(context: Context, text: str) -> Contact:
    known = context.records.get(Contact, text.strip())
    if known is None and text.strip().casefold() in ("me", "myself"):
        known = context.records.get(Contact, context.asker.volunteer)
    everybody = context.records.find(Contact)
    found = match(text, [(one.id, one.name) for one in everybody])
    known = known or next((one for one in everybody if one.id == found.sure), None)
    if known is None:
        raise Refusal(
            f"The roster has nobody called “{shown(text)}”. Type `roster` to see who is on it.",
            choices=[(name, name) for _id, name in found.near],
        )
    return known


def _suggest_contacts(context: Context, text: str) -> Sequence[tuple[str, str]]:
    wanted = text.strip().casefold()
    return [(one.name, one.name) for one in context.records.find(Contact) if wanted in one.name.casefold()][:25]


AContact = Annotated[Contact, Option(_read_contact, takes=lambda _c, words: len(words), suggest=_suggest_contacts)]
"""Somebody on the roster, by name."""


# -- words, links and the small things of the plan -------------------------------------------------------------------

TEXT_LIMIT = 8000
WHY_LIMIT = 200
SOMEBODY = re.compile(r"(\w+:\S+)(?:\s+(.+))?")


def _read_speaker(context: Context, text: str) -> str:
    """Whoever wrote a message comes as their id on their network, with their name there behind it."""
    found = SOMEBODY.fullmatch(line(text, WHY_LIMIT))
    identity = context.records.get(Identity, found[1]) if found else None
    volunteer = context.records.get(Volunteer, identity.volunteer) if identity else None
    if volunteer is not None:
        return volunteer.name
    return (found[2] or "somebody") if found else line(text, WHY_LIMIT)


ASpeaker = Annotated[str, Option(_read_speaker, takes=lambda _context, _words: 0)]
"""Who said or wrote something, by the name that people know them by."""

PAST = moment_option("past", ("now", "10 minutes ago", "yesterday 11pm"))
SKEW = timedelta(minutes=5)  # by which a network's clock may be ahead of ours


def _read_happened(context: Context, text: str) -> datetime:
    with suppress(ValueError):
        exact = datetime.fromisoformat(text.strip())
        if exact.tzinfo and context.now < exact <= context.now + SKEW:
            return context.now
    found: datetime = PAST.read(context, text)
    return found


AHappened = Annotated[datetime, Option(_read_happened, PAST.takes, PAST.suggest, PAST.kind)]
"""When something happened that is told afterwards."""

A_LINK = re.compile(r"https?://[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?", re.IGNORECASE)


def _read_text(context: Context, text: str) -> str:
    said = clean(with_names(context, text), TEXT_LIMIT)
    if not any(sign.isalnum() for sign in said):
        raise Refusal("Please say it in a few words.")
    return said


def _all(_context: Context, words: Sequence[str]) -> int:
    return len(words)


AText = Annotated[str, Option(_read_text, takes=_all, kind=Kind.LONG)]
"""Some words."""


def _takes_quoted(_context: Context, words: Sequence[str]) -> int:
    """What stands in quotes, and only that; without quotes all."""
    return 1 if words and any(sign.isspace() for sign in words[0]) else len(words)


AQuotedText = Annotated[str, Option(_read_text, takes=_takes_quoted, kind=Kind.LONG)]
"""Some words, in quotes where more is said behind them."""


def _read_sight(context: Context, text: str) -> str:
    said = clean(with_names(context, text), SIGHT_LIMIT)
    if not any(sign.isalnum() for sign in said):
        raise Refusal("Please say in a few words what you see: `sos scam posts on our page`.")
    return said


SIGHT_LIMIT = 500
ASight = Annotated[str, Option(_read_sight, takes=_all, kind=Kind.LONG)]
"""What somebody sees, in a sentence or two."""

AReason = Annotated[str, Option(lambda context, text: line(with_names(context, text), WHY_LIMIT), takes=_all)]
"""A reason, in one line."""

AValue = Annotated[str, Option(lambda context, text: line(with_names(context, text), WHY_LIMIT), takes=_all)]
"""A short value, such as what fills a blank."""


AWord = Annotated[str, Option(lambda _context, text: line(text, WHY_LIMIT))]
"""One word, such as what a button says of the words that it is about."""


def _read_link(_context: Context, text: str) -> str:
    found = text.strip()
    if not A_LINK.fullmatch(found):
        raise Refusal(f"I need a web address here, such as https://example.org/post, not “{shown(text)}”.")
    return found


def _takes_link(_context: Context, words: Sequence[str]) -> int:
    return int(bool(words) and bool(A_LINK.fullmatch(words[0])))


ALink = Annotated[str, Option(_read_link, takes=_takes_link)]
"""A web address."""
