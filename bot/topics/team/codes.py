"""One-time codes: given out once, kept as a digest only, redeemed once and in time."""

import unicodedata
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.chat import Person
from bot.core.ports import Chance, Records
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.team.model import Code, Purpose

BITS = {Purpose.START: 80, Purpose.LINK: 58, Purpose.ATTACH: 58}
GOOD_FOR = {
    Purpose.START: timedelta(hours=24),
    Purpose.LINK: timedelta(minutes=10),
    Purpose.ATTACH: timedelta(minutes=10),
}
USED_BY = {Purpose.START: "start", Purpose.LINK: "link", Purpose.ATTACH: "team attach"}
KEPT = timedelta(days=7)  # a code that is over is remembered, so that typing it again is answered kindly


def digest(code: str) -> str:
    """The id under which a code is kept: SHA-256 of its letters and digits; case, blanks and dashes don't matter."""
    import hashlib  # noqa: PLC0415 - loads a cryptography library that most commands do without

    return hashlib.sha256(_plain(code).encode("utf-8", "surrogatepass")).hexdigest()


def _plain(code: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", code).casefold() if sign.isalnum())


def grouped(code: str) -> str:
    """A code in groups of four, as it is read aloud and typed."""
    plain = _plain(code).upper()
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def give_code(
    records: Records, chance: Chance, now: datetime, purpose: Purpose, *, volunteer: str = "", giver: str = ""
) -> str:
    """A new code, to be shown once and never kept; earlier ones of the same giver are void from now on.

    Those that the terminal prints at each start stay good for their day: the first to be used ends the others.
    """
    if purpose is not Purpose.START:
        for old in records.find(Code, purpose=purpose, volunteer=volunteer, giver=giver):
            records.remove(Code, old.id)
    code = grouped(chance.code(BITS[purpose]))
    records.put(Code(digest(code), purpose, now + GOOD_FOR[purpose], volunteer, giver))
    return code


def good_code(context: Context, text: str, purpose: Purpose) -> Code:
    """The code's record, unused and in time. Raises Refusal otherwise; nothing of the code is repeated."""
    code = context.records.get(Code, digest(text))
    if code is None:
        raise Refusal("I don't know that code. Please check it, or ask for a new one.", option="code")
    if code.purpose is not purpose:
        raise Refusal(f"That code is for something else. Type `{USED_BY[code.purpose]}` and the code.", option="code")
    if code.used is not None:
        raise Refusal("That code has been used. Each works once; please ask for a new one.", option="code")
    if context.now >= code.expires:
        raise Refusal("That code is too old. Please ask for a new one.", option="code")
    return code


def use_up(context: Context, code: Code) -> None:
    """The code works no more, nor does another one from the terminal."""
    context.records.put(replace(code, used=context.now))
    if code.purpose is Purpose.START:
        for other in context.records.find(Code, purpose=Purpose.START):
            if other.id != code.id and other.used is None:
                context.records.remove(Code, other.id)


def tidy_codes(context: Context) -> None:
    """Forget codes that have been over for a week."""
    for code in context.records.find(Code, order="expires", limit=100):
        if code.expires < context.now - KEPT:
            context.records.remove(Code, code.id)


def network_of(person: str) -> str:
    """The network of a person's id, as it is said: `Slack`."""
    return Person(person).network.capitalize()
