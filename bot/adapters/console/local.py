"""What the console's own `:` words do."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.adapters.console.read import (
    LOCAL_WORDS,
    find_person,
    local_word,
    near_miss,
    nearest,
    newcomer,
    nobody,
    read_span,
)
from bot.adapters.console.render import one_line
from bot.adapters.console.session import Session
from bot.core.pages import PAGE
from bot.core.plain import local
from bot.core.words import shown
from bot.errors import Refusal

NEW = "Nobody here has that name yet, so you are somebody new. Type `join` to join the team."


class Leave(Exception):  # noqa: N818 - a wish, not a fault
    """The person wants to leave."""


async def do(session: Session, line: str) -> None:
    """Do what a line that begins with a colon says. Raises Refusal, saying what works, or Leave."""
    found = local_word(line)
    if found is None:
        raise Refusal("Words that begin with a colon are for this console. Type `:help` to see them.")
    word, rest = found
    await DOES[nearest(word, tuple(LOCAL_WORDS))](session, rest)


async def _as(session: Session, rest: str) -> None:
    known = session.outside.names()
    people = {person for _name, person in known}
    guests = [(name, person) for person, name in session.called.items() if person not in people]
    person = find_person([*known, *guests], rest)
    told = []
    if person is None:
        if not rest or not session.outside.newcomers:
            raise nobody(known, rest)
        person = newcomer(rest)
        session.called[person] = shown(rest)
        told = [NEW, *near_miss(known, rest)]
    if person != session.who:
        session.who = person
        session.buttons.forget()  # they belong to whoever saw them
    letters = session.letters.take(person)
    news = {0: "No new direct messages.", 1: "One new direct message:"}
    session.tell(
        f"You are {session.name(person)} now. {news.get(len(letters), f'{len(letters)} new direct messages:')}", *told
    )
    if len(letters) > PAGE:
        session.tell(f"These are the last {PAGE}; `:mail` shows earlier ones once you have read them.")
    for letter in letters[-PAGE:]:
        session.read(letter)


async def _press(session: Session, rest: str) -> None:
    await session.press(session.buttons.find(rest))


async def _later(session: Session, rest: str) -> None:
    if session.outside.later is None:
        raise Refusal("`:later` works with the sample team only. With a real team, time passes by itself.")
    span = read_span(rest)
    with session.while_time_passes():
        now = await session.outside.later(span)
        await session.settle()
        session.tell(f"It is {local(now, session.outside.zone_of(session.who))} now.")


async def _mail(session: Session, _rest: str) -> None:
    messages = session.outside.mail(session.who, PAGE)
    if not messages:
        wait = " `:later 1 day` lets time pass." if session.outside.later else ""
        session.tell(f"No direct messages for {session.name(session.who)} so far.{wait}")
    for number, message in enumerate(messages, 1):
        session.show(message.card, f"Direct message {number} of {len(messages)}")


async def _who(session: Session, _rest: str) -> None:
    lines = [f"You are {session.name(session.who)}. It is {session.time}."]
    people = [person for _name, person in session.outside.names()]
    people += [person for person in session.called if person not in people]
    others = [person for person in people if person != session.who]
    if others:
        lines.append("You can be:")
    for person in others:
        unread = session.letters.count(person)
        lines.append(f"  {session.name(person)}" + (f" ({unread} unread)" if unread else ""))
    if others:
        lines.append(f"Type `:as {session.name(others[0])}`, for example.")
    session.tell(*lines)


async def _help(session: Session, _rest: str) -> None:
    width = max(len(example) for example, _does in LOCAL_WORDS.values())
    lines = [f"  {example:<{width}}  {does}" for example, does in LOCAL_WORDS.values()]
    session.tell("Everything you type goes to Steward: `help` shows what it can do. This console adds:", *lines)


async def _cancel(session: Session, _rest: str) -> None:
    session.tell("There is nothing to stop just now.")


async def _quit(_session: Session, _rest: str) -> None:
    raise Leave


DOES: Mapping[str, Callable[[Session, str], Awaitable[None]]] = {
    "as": _as,
    "press": _press,
    "later": _later,
    "mail": _mail,
    "who": _who,
    "cancel": _cancel,
    "help": _help,
    "quit": _quit,
}


def completions(session: Session, line: str) -> Sequence[tuple[str, str]]:
    """How the line may go on: (whole line, label) pairs; commands are completed by those who know them."""
    if not line.startswith(":"):
        return session.outside.complete(session.who, line)
    word, blank, rest = line[1:].partition(" ")
    if not blank:
        found = [(name, words) for name, words in LOCAL_WORDS.items() if name.startswith(word.casefold())]
        return [(f":{name}", f"{example}  {does}") for name, (example, does) in found]
    if word == "as":
        names = [session.name(person) for _name, person in session.outside.names() if person != session.who]
        return [(f":as {name}", name) for name in names if rest.casefold() in name.casefold()]
    if word == "press":
        buttons = [(str(number), one_line(button.label)) for number, button in session.buttons.all()]
        return [(f":press {number}", f"{number} {label}") for number, label in buttons if number.startswith(rest)]
    return ()
