"""Public words: their blanks, what an approval is tied to, how long they are, and how they are shown."""

import re
from collections.abc import Mapping
from hashlib import blake2b

from bot.core.chat import Button, Card, Control, Facts, Note, Reply, Style
from bot.core.chat import Words as Paragraph
from bot.core.plain import local
from bot.core.ports import Records
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.accounts.model import Account
from bot.topics.accounts.networks import shown_network
from bot.topics.crisis.kept import Ahead
from bot.topics.crisis.logbook import clean_of_names, log, name_of
from bot.topics.crisis.model import Crisis, Words
from bot.topics.crisis.outline import Statement
from bot.topics.crisis.people import people_of
from bot.topics.crisis.telling import reply, tell
from bot.topics.drafting.limits import limits_of

BLANK = re.compile(r"\{(\w+)\}")


NEEDED = 2  # approvals


def blanks_of(text: str) -> list[str]:
    """The names of a statement's blanks, in order, each once."""
    return list(dict.fromkeys(BLANK.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with those of its blanks filled that are known."""
    return BLANK.sub(lambda found: values.get(found[1]) or found[0], text)


def digest(text: str) -> str:
    """What an approval is tied to: one changed character is another one."""
    return blake2b(text.encode(), digest_size=5).hexdigest()


def approved_ahead(records: Records, statement: Statement) -> bool:
    """Did two people approve exactly this text before, so that only its blanks are filled on the night?"""
    known = records.get(Ahead, statement.id)
    return known is not None and known.digest == digest(statement.text) and len(known.approvals) >= NEEDED


def approved(records: Records, words: Words) -> bool:
    """May these words go out? Not while what the plan wants first is so no longer."""
    return words.stopped is None and (words.ahead or len(words.approvals) >= NEEDED)


def known_blanks(context: Context, crisis: Crisis) -> dict[str, str]:
    """What the crisis itself knows: the account and its network, the time of the next update, and what was told."""
    accounts = [account for id in crisis.accounts if (account := context.records.get(Account, id)) is not None]
    found: dict[str, str] = {}
    if len(accounts) == 1:
        found["platform"] = shown_network(accounts[0].network)
        found["handle"] = accounts[0].handle or accounts[0].name
    if crisis.update_due is not None and crisis.update_due > context.now:
        found["time"] = local(crisis.update_due, context.asker.zone)
    return found | dict(crisis.blanks)


def written(records: Records, crisis: Crisis, statement: str) -> Words | None:
    """What was written in the place of that statement of the plan, if anything was."""
    found = records.find(Words, crisis=crisis.id, statement=statement, limit=1) if statement else []
    return found[0] if found else None


def words_id(context: Context, crisis: Crisis, statement: str) -> str:
    known = written(context.records, crisis, statement)
    return known.id if known else f"{crisis.id}/{context.chance.id()}"


def all_words(records: Records, crisis: Crisis) -> list[Words]:
    """Every statement of the crisis that has been written, oldest first."""
    return sorted(records.find(Words, crisis=crisis.id), key=lambda one: (one.at, one.id))


def state_words(records: Records, words: Words) -> str:
    if words.stopped is not None:
        return "stopped: don't post this now"
    if words.said:
        return f"said on {len(words.said)} {'account' if len(words.said) == 1 else 'accounts'}"
    if approved(records, words):
        return "approved ahead" if words.ahead else "approved"
    return f"{len(words.approvals)} of {NEEDED} approvals"


def words_controls(words: Words) -> tuple[Control, ...]:
    values = {"words": words.id.partition("/")[2], "crisis": words.crisis}
    if words.stopped is not None:
        return ()
    if words.ahead or len(words.approvals) >= NEEDED:
        return (Button("We have said it", "statement said", values),)
    return (Button("Approve these words", "statement approve", {**values, "seen": digest(words.text)}, Style.PRIMARY),)


def keep_words(context: Context, crisis: Crisis, words: Words) -> Reply:
    """Keep the words as they are now: approvals of other words are void. Raises Refusal where they name a name."""
    if clean_of_names(context.records, crisis, words.text) != words.text:
        raise Refusal(
            "These words name somebody whose name is withheld. Please say it without the name.", option="text"
        )
    before = context.records.get(Words, words.id)
    if before is not None and before.text == words.text:
        words = before
    context.records.put(words)
    log(context, crisis, "words", f"words written: “{words.text}”", about=words.id)
    if not approved(context.records, words):
        _ask_for_approval(context, crisis, words)
    return reply(crisis, words_card(context, crisis, words))


def _ask_for_approval(context: Context, crisis: Crisis, words: Words) -> None:
    for one in people_of(context.records, crisis):
        if one != words.by and one not in words.approvals:
            tell(context.records, crisis, one, _asked_key(words, one), words_card(context, crisis, words, asked=True))


def _asked_key(words: Words, volunteer: str) -> str:
    return f"words/{words.id}/{words.at:%Y%m%dT%H%M%S}/{volunteer}"


def show_anew(context: Context, crisis: Crisis) -> None:
    """Whether words may be said is another matter now: what was shown for approval says so."""
    for words in all_words(context.records, crisis):
        for one in people_of(context.records, crisis):
            key = _asked_key(words, one)
            if context.records.sent(f"crisis/{crisis.id}/{key}"):
                tell(context.records, crisis, one, key, words_card(context, crisis, words, asked=True))


def words_card(context: Context, crisis: Crisis, words: Words, *, asked: bool = False) -> Card:
    """The words, how long they are on each network concerned, and what they still need."""
    state = state_words(context.records, words)
    first = (
        f"{name_of(context.records, words.by)} asks you to read this." if asked else f"It stands like this: {state}."
    )
    lengths = _lengths(context, crisis, words.text)
    facts = (Facts((("Length", lengths),)),) if lengths else ()
    note = "An approval holds for exactly these words: a changed letter needs new ones."
    return Card("Public words", first, (Paragraph(words.text), *facts, Note(note)), words_controls(words))


def _lengths(context: Context, crisis: Crisis, text: str) -> str:
    from bot.topics.drafting.lengths import measure  # noqa: PLC0415 - its patterns take long to compile

    networks = list(dict.fromkeys(one.network for one in context.records.find(Account, order="short") if one.live))
    said = []
    for network in networks[:6]:
        length = measure(text, limits_of(network))
        said.append(f"{shown_network(network)}: {length.shown}" + ("" if length.fits else f", {length.over} too many"))
    return "; ".join(said)
