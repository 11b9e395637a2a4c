"""How tips, drafts, links, words and the policy's subjects are read from words."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.core.chat import Kind
from bot.core.ports import Records
from bot.core.router import Context, Option, Role, choice_of
from bot.core.words import clean, line, shown
from bot.errors import Refusal
from bot.topics.accounts.model import Account
from bot.topics.drafting.model import AT_WORK, WAITING, Draft, Subject, Tip
from bot.topics.posting.model import Post
from bot.topics.posting.options import LINK
from bot.topics.team.mentions import with_names
from bot.topics.team.options import day_option

T = TypeVar("T", Tip, Draft, Subject)

TIP_LIMIT = 60_000  # characters of a tip: a whole newsletter; a draft is made of what matters in it
TIP_ROOM = TIP_LIMIT + 4000  # with its link, its source and its note
FOUND_BY = 1500  # characters of a tip in which it is looked up
WORDS_LIMIT = 3000  # of a draft: what a form and a card hold, and the longest that LinkedIn takes
PIECE = 2500  # characters that one paragraph of a card shows
NOTE_LIMIT = 500
NOTHING = {"none", "nothing", "-"}
TIP_WORDS = 20  # with which a tip is named at most
SHORTEST_ID = 4  # characters of an id that is typed
OFFERED = 25
GREETED = 1000  # characters in which a greeting is looked for
_GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^,.!:\n]{0,40}(?:[,.!:]\s*|\n\s*))?"
    r"(?:(?:can|could|would) (?:you|we|somebody|someone)\b[^.?!\n]{0,40}\b(?:share|post|put|repost|tweet)\b"
    r"[^.?!\n]{0,80}[.?!]\s*)?",
    re.IGNORECASE,
)
LABEL = 60


def waiting_tips(records: Records) -> list[Tip]:
    """Tips that may still become a post, the newest first."""
    found = [tip for state in WAITING for tip in records.find(Tip, state=state)]
    return sorted(found, key=lambda tip: (tip.given, tip.id), reverse=True)


def open_drafts(records: Records) -> list[Draft]:
    """Drafts that are neither posted nor dropped, the last changed first."""
    found = [draft for state in AT_WORK for draft in records.find(Draft, state=state)]
    return sorted(found, key=lambda draft: (draft.changed, draft.id), reverse=True)


def gist(text: str, limit: int = LABEL) -> str:
    """The start of a text, on one line."""
    return shown(text, limit)


def named(tip: Tip, limit: int = LABEL) -> str:
    """What a tip is called: the start of what it tells, without a greeting or a wish to have it shared."""
    text = tip.text[:GREETED]
    return gist(_GREETING.sub("", text) or text, limit)


def pieces(text: str) -> list[str]:
    """A long text in pieces that a card's paragraphs hold, split at blanks where there are any."""
    found = []
    while len(text) > PIECE:
        cut = max(text.rfind("\n", 0, PIECE), text.rfind(" ", 0, PIECE)) + 1 or PIECE
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text]


def _by_id(records: Records, kind: type[T], text: str, known: Sequence[T]) -> T | None:
    wanted = text.strip()
    exact = records.get(kind, wanted)
    if exact is not None or len(wanted) < SHORTEST_ID or not wanted.isalnum():
        return exact
    near = [one for one in known if one.id.startswith(wanted.casefold())]
    return near[0] if len(near) == 1 else None


def _by_words(known: Sequence[T], text: str, words_of: Callable[[T], str]) -> list[T]:
    wanted = text.casefold().split()
    return [one for one in known if all(word in words_of(one).casefold() for word in wanted)]


def _sure(kind: str, list_: str, text: str, found: Sequence[T], label: Callable[[T], str]) -> T:
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal(
            f"Which {kind} do you mean by “{shown(text)}”? Please choose.",
            choices=tuple((one.id, label(one)) for one in found[:5]),
        )
    raise Refusal(f"I find no {kind} for “{shown(text)}”. Type `{list_}` to see them.")


def _tip_label(tip: Tip) -> str:
    return named(tip)


def _known_tips(context: Context) -> list[Tip]:
    """The tips that wait; for people without a role, their own ones."""
    found = waiting_tips(context.records)
    return found if context.asker.role >= Role.OBSERVER else [one for one in found if _theirs(context, one)]


def _theirs(context: Context, tip: Tip) -> bool:
    return tip.giver == context.asker.person.id


def _read_tip(context: Context, text: str) -> Tip:
    known = _known_tips(context)
    exact = _by_id(context.records, Tip, text, known)
    if exact is not None and context.asker.role < Role.OBSERVER and not _theirs(context, exact):
        exact = None
    return exact or _sure("tip", "tip list", text, _by_words(known, text, _looked_up), _tip_label)


def _suggest_tips(context: Context, text: str) -> Sequence[tuple[str, str]]:
    return [(tip.id, _tip_label(tip)) for tip in _by_words(_known_tips(context), text, _tip_label)][:OFFERED]


def _looked_up(tip: Tip) -> str:
    return f"{tip.text[:FOUND_BY]}\n{tip.link}"


def _takes_tip(context: Context, words: Sequence[str]) -> int:
    """One word, or as many leading ones as stand together in one of the tips."""
    known = _known_tips(context)
    if not words or any(one.id == words[0] for one in known):
        return min(1, len(words))
    texts = [_looked_up(one).casefold() for one in known]
    said = [" ".join(words[:count]).casefold() for count in range(1, min(len(words), TIP_WORDS) + 1)]
    return max((count for count, one in enumerate(said, 1) if any(one in text for text in texts)), default=1)


ATip = Annotated[Tip, Option(_read_tip, takes=_takes_tip, suggest=_suggest_tips)]
"""A tip: its id as its button has it, the start of that, or words in it."""


OF_POST = "post."  # before a recorded post's id, where a draft is to be made from that instead of a tip


def _read_material(context: Context, text: str) -> Tip | Post:
    if not text.strip().startswith(OF_POST):
        return _read_tip(context, text)
    post = context.records.get(Post, text.strip().removeprefix(OF_POST))
    if post is None or not post.words:
        raise Refusal("That post is not recorded with its words any more. Please choose another one.")
    return post


AMaterial = Annotated[Tip | Post, Option(_read_material, takes=_takes_tip, suggest=_suggest_tips)]
"""What a draft is made from: a tip, or a recorded post as its button has it."""


def _draft_label(context: Context) -> Callable[[Draft], str]:
    def label(draft: Draft) -> str:
        account = context.records.get(Account, draft.account)
        return f"{account.short if account else '?'}: {gist(draft.text)}"

    return label


def _read_draft(context: Context, text: str) -> Draft:
    known = open_drafts(context.records)
    label = _draft_label(context)
    exact = _by_id(context.records, Draft, text, known)
    return exact or _sure("draft", "drafts", text, _by_words(known, text, label), label)


def _suggest_drafts(context: Context, text: str) -> Sequence[tuple[str, str]]:
    label = _draft_label(context)
    return [(one.id, label(one)) for one in _by_words(open_drafts(context.records), text, label)][:OFFERED]


ADraft = Annotated[Draft, Option(_read_draft, suggest=_suggest_drafts)]
"""A draft: its id as its button has it, the start of that, its account's short name, or a word in it."""


class SeenDraft(Struct, frozen=True):
    """A draft, and the digest of the words in which the asker saw it: empty where its name was typed."""

    draft: Draft
    seen: str


def as_seen(draft: Draft) -> str:
    """What a button or a form says of a draft whose words the asker has before them."""
    return f"{draft.id}.{draft.seen}"


def _read_seen(context: Context, text: str) -> SeenDraft:
    name, sign, seen = text.strip().partition(".")
    known = context.records.get(Draft, name) if sign else None
    return SeenDraft(known, seen) if known is not None else SeenDraft(_read_draft(context, text), "")


ASeenDraft = Annotated[SeenDraft, Option(_read_seen, suggest=_suggest_drafts)]
"""A draft as `ADraft` has it, or as a button has it: with the words in which it was seen."""


def _all_words(_context: Context, words: Sequence[str]) -> int:
    return len(words)


def long_text(limit: int) -> Option:
    """Prose of several lines, kept as it is typed."""
    return Option(lambda context, text: clean(with_names(context, text), limit), takes=_all_words, kind=Kind.LONG)


ATipText = Annotated[str, long_text(TIP_LIMIT)]
"""What the tip says, as long as an announcement is."""

SomeWords = Annotated[str, long_text(WORDS_LIMIT)]
"""The words of a post."""

ANote = Annotated[str, long_text(NOTE_LIMIT)]
"""A few sentences to somebody."""

ALine = Annotated[str, Option(lambda context, text: line(with_names(context, text), NOTE_LIMIT), takes=_all_words)]
"""A few words on one line."""

DAY_THAT_MATTERS = day_option("future", links=("by", "on", "until", "before"))
ADayThatMatters = Annotated[date, DAY_THAT_MATTERS]
"""The day after which a tip is stale."""


def or_none(option: Option) -> Option:
    """The same, or "none" for nothing, which reads as an empty text: a form can't send an emptied field."""

    def read(context: Context, text: str) -> object:
        return "" if text.strip().casefold() in NOTHING else option.read(context, text)

    def takes(context: Context, words: Sequence[str]) -> int:
        return 1 if words and words[0].casefold() in NOTHING else option.takes(context, words)

    return replace(option, read=read, takes=takes)


AnotherLink = Annotated[str, or_none(LINK)]
AnotherDay = Annotated[date | str, or_none(DAY_THAT_MATTERS)]
AnotherNote = Annotated[str, or_none(long_text(NOTE_LIMIT))]
"""What a tip is changed to: the same again, or none."""


def _read_checked(context: Context, text: str) -> str:
    return clean(with_names(context, text), WORDS_LIMIT)


def _takes_checked(context: Context, words: Sequence[str]) -> int:
    """All words, but for an account's short name that is said last."""
    last = words[-1].casefold() if len(words) > 1 else ""
    named = bool(last) and bool(context.records.count(Account, short=last))
    return len(words) - 1 if named else len(words)


CheckedText = Annotated[str, Option(_read_checked, takes=_takes_checked, kind=Kind.LONG)]
"""A text to be checked, with an account's short name behind it or not."""


def subjects(records: Records) -> list[Subject]:
    """The policy's subjects, restricted ones first."""
    return sorted(records.find(Subject), key=lambda one: (not one.restricted, one.name.casefold()))


def _read_subject(context: Context, text: str) -> Subject:
    known = subjects(context.records)
    exact = context.records.get(Subject, text.strip())
    named = [one for one in known if one.name.casefold() == " ".join(text.split()).casefold()]
    found = named or _by_words(known, text, lambda one: one.name)
    return exact or _sure("subject", "policy show", text, found, lambda one: one.name)


def _suggest_subjects(context: Context, text: str) -> Sequence[tuple[str, str]]:
    known = subjects(context.records)
    return [(one.name, one.name) for one in known if text.strip().casefold() in one.name.casefold()][:OFFERED]


ASubject = Annotated[Subject, Option(_read_subject, takes=_all_words, suggest=_suggest_subjects)]
"""A subject of the policy, by name."""


def which_of(words: type[StrEnum]) -> Option:
    """One of a command's lists. Any word is taken for one, so that a wrong one is told; a number is a page."""
    return replace(choice_of(words), takes=lambda _context, typed: int(bool(typed) and not typed[0].isdecimal()))
