"""The engine: takes what people do to the right command, runs what falls due, and keeps both in transactions."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from msgspec.structs import replace

from bot.core.chat import Message, Place, Reply, Request
from bot.core.meaning import meant_by
from bot.core.ports import Chance, Clock, Due, Errand, Records, Storage
from bot.core.router import ENGINE, Command, Context
from bot.core.screens import Noted, Screens
from bot.core.sorry import Sorry, refusal_card
from bot.core.topics import Topics
from bot.core.whose import Question, Whose
from bot.errors import Refusal, Trouble

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[Records], Reply | None]
BATCH = 256  # agenda entries that are run together: one durable commit for as many as wait
ROUNDS = 200  # batches of one tick; what is still due then is for the next tick
FIRST_BACK_OFF = timedelta(minutes=1)
LONGEST_BACK_OFF = timedelta(hours=6)
READERS = 4
REMEMBERED = timedelta(days=7)  # how long a delivery is known again: networks repeat within minutes
TIDIED = timedelta(hours=1)

_OWN = Request(ENGINE.person, Place("steward:engine"))  # what the engine does by itself


class Engine:
    """Runs commands and alarms. All methods are plain synchronous Python and safe to call from any thread."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        chance: Chance,
        topics: Topics,
        *,
        committed: Callable[[], None] = lambda: None,
    ) -> None:
        """`committed` is called, from any thread, whenever something new may have fallen due."""
        self.storage = storage
        self.clock = clock
        self.topics = topics
        self.committed = committed
        self._chance = chance
        self._whose = Whose(storage.tenancy, topics.digest, lambda team: storage.read(team, topics.called))
        self._screens = Screens()
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._tidy_at = clock.now()

    def close(self) -> None:
        """Stop the readers; the storage is closed by whoever opened it."""
        self._readers.shutdown()

    # -- what people do ------------------------------------------------------------------------------------------

    def handle(self, request: Request) -> "Future[Reply | None]":
        """Answer a request: at once for what can't be done, else when its transaction is durable.

        None means that this delivery had been dealt with before. Never raises for anything that a person can send.
        Never waits for the disk: this is for event loops.
        """
        try:
            team, run, reads = self._work(request)
            if reads:
                return self._readers.submit(self._look, team, run, request)
            answer = self._write(team, run, partial(self._sorry, request))
        except Exception as error:  # noqa: BLE001 - whatever it is, the asker is answered
            return _done(self._sorry(request, error))
        answer.add_done_callback(self._committed)
        return answer

    def answer(self, request: Request) -> Reply | None:
        """The same for a caller who waits anyway, such as the command line: done on the calling thread."""
        try:
            team, run, reads = self._work(request)
            if reads:
                return self._look(team, run, request)
            work = Noted(run)
            answer = self.storage.write_here(team, work, partial(self._sorry, request))
        except Exception as error:  # noqa: BLE001 - as above
            return self._sorry(request, error)
        self._screens.tell(team, work.changes)
        self.committed()
        return answer

    def watch(self, request: Request, changed: Callable[[], None]) -> "Future[Reply | None]":
        """As `handle`, for a command that only reads, on a screen that stays open; one screen a person.

        `changed` is called once, from any thread, when something that the reply was made of may have changed since.
        Nobody did this: it is no sign that the person is there.
        """
        try:
            team, run, _reads = self._work(request, unasked=True)
            return self._readers.submit(self._watched, team, run, request, changed)
        except Exception as error:  # noqa: BLE001 - as above
            return _done(self._sorry(request, error))

    def _work(self, request: Request, *, unasked: bool = False) -> tuple[str, Work, bool]:
        """The team, what is to be done with its records, and whether that only reads. Raises Refusal."""
        command, words = meant_by(request, self.topics.router)
        team = self._whose.team(command, request, words)
        if unasked or command.reads or self._incomplete(command, request, words):
            return team, partial(self._decide, command, words, request, unasked=unasked), True
        return team, partial(self._run, command, words, request), False

    def suggest(self, request: Request, option: str, typed: str) -> list[tuple[str, str]]:
        """Up to 25 (value, label) pairs for an option of `request.command`, for autocomplete; nothing where unknown."""
        command = self.topics.router.by_name.get(request.command)
        parameter = next((one for one in command.parameters if one.name == option), None) if command else None
        team = self._whose.place(request)
        if command is None or parameter is None or team is None:
            return []

        def look(records: Records) -> list[tuple[str, str]]:
            context = self._context(records, request)
            if context.asker.role < command.least:
                return []
            return list(parameter.option.suggest(context, typed))[:25]

        return self.storage.read(team, look)

    def _incomplete(self, command: Command, request: Request, words: list[str]) -> bool:
        """Surely lacks an option, so that its form can be shown without waiting for the writer."""
        return not words and not request.form and bool(self.topics.router.missing(command, request.values))

    def _look(self, team: str, run: Work, request: Request) -> Reply | None:
        try:
            return self.storage.read(team, run)
        except Exception as error:  # noqa: BLE001 - as in `handle`
            return self._sorry(request, error)

    def _watched(self, team: str, run: Work, request: Request, changed: Callable[[], None]) -> Reply | None:
        with self._screens.making(request.who.id, team, changed) as noting:
            return self._look(team, lambda records: run(noting(records)), request)

    def _write(
        self, team: str, run: Callable[[Records], T], rescue: Callable[[BaseException], T] | None = None
    ) -> "Future[T]":
        """Write, and when that is durable tell the screens that show what it changed."""
        work = Noted(run)
        answer = self.storage.write(team, work, rescue)
        answer.add_done_callback(lambda _answer: self._screens.tell(team, work.changes))
        return answer

    def _run(self, command: Command, words: list[str], request: Request, records: Records) -> Reply | None:
        if request.delivery and not self.storage.first_time(records, request.delivery, self.clock.now()):
            return None
        return self._decide(command, words, request, records, writes=True)

    def _decide(
        self,
        command: Command,
        words: list[str],
        request: Request,
        records: Records,
        *,
        writes: bool = False,
        unasked: bool = False,
    ) -> Reply:
        router = self.topics.router
        context = self._context(records, request)
        values: dict[str, str] = dict(request.values)
        try:
            router.allow(command, context.asker)
            if writes and context.asker.volunteer and (context.asker.missed or request.suggested_zone):
                self.topics.seen(context)
            elif context.asker.missed and not unasked:
                self._note_seen(records.team, request)
            values = router.values_of(command, request, words, context)
            if router.missing(command, values):
                return router.form(command, values, context)
            return command.run(context, **router.read(command, values, context))
        except Refusal as refusal:
            named = refusal.option in command.names
            if request.form and named:
                raise Question(router.form(command, values, context, wrong=refusal)) from None
            raise Question(refusal_card(refusal, command.name, values)) from None

    def _note_seen(self, team: str, request: Request) -> None:
        """Somebody who was missed only looks at something: a transaction of its own notes that they are there."""

        def run(records: Records) -> None:
            context = self._context(records, request)
            if context.asker.missed:
                self.topics.seen(context)

        self._write(team, run).add_done_callback(self._committed)

    def _context(self, records: Records, request: Request) -> Context:
        who = ENGINE if request.who == ENGINE.person else self.topics.who(records, request)
        return Context(records, self.clock.now(), who, request, self._chance, self.topics.after)

    def _committed(self, _answer: "Future[Any]") -> None:
        self.committed()

    def _sorry(self, request: Request, error: BaseException) -> Reply:
        """The answer to a request that could not be done; the unexpected is logged under a short reference."""
        if isinstance(error, Question):
            return error.reply
        if isinstance(error, Refusal):
            return refusal_card(error, request.command, request.values)
        reference = self._chance.id()[:6].upper()
        known = isinstance(error, Trouble)  # the world's fault, and told plainly: no traceback
        why = str(error) if known else "Something went wrong on my side."
        log.error(
            "request %s (%s) went wrong, reference %s: %s",
            request.command,
            request.where.id,
            reference,
            why,
            exc_info=None if known else error,
        )
        return Sorry(
            "That did not work",
            f"{why} Nothing was changed. Please try again; if it happens again, tell the person who runs Steward "
            f"the reference {reference}.",
        )

    # -- what falls due ------------------------------------------------------------------------------------------

    def tick(self) -> int:
        """Run every alarm that is due, oldest first, each in its own transaction; gives how many ran.

        One that goes wrong is logged for the operator, backs off, and stops nothing else.
        """
        ran = 0
        if self.clock.now() >= self._tidy_at:
            self._tidy_at = self.clock.now() + TIDIED
            self.storage.tidy(self.clock.now() - REMEMBERED)
        for _round in range(ROUNDS):
            dues = self.storage.due(self.clock.now(), BATCH)
            if not dues:
                break
            under_way = [(due, self._write(due.team, partial(self._ring, due))) for due in dues]
            for due, work in under_way:
                error = work.exception()
                if error is not None:
                    self._back_off(due, error)
            ran += len(dues)
        return ran

    def _ring(self, due: Due, records: Records) -> None:
        if self.storage.take(records, due):
            self.topics.alarms[due.entry.alarm](self._context(records, _OWN), due.entry.subject)

    def _back_off(self, due: Due, error: BaseException) -> None:
        log.error(
            "alarm %s for %s of %s went wrong (attempt %d)",
            due.entry.alarm,
            due.entry.subject,
            due.team,
            due.tries + 1,
            exc_info=error,
        )
        until = self.clock.now() + back_off(due.tries)
        self.storage.back_off(due, until, f"{type(error).__name__}").result()

    # -- what the rest of the engine asks for --------------------------------------------------------------------

    def cannot_reach(self, team: str, message: Message) -> None:
        """A network says that the person of this message takes no direct messages: the team's reaction runs."""

        def run(records: Records) -> None:
            self.topics.unreachable(self._context(records, _OWN), message)

        self._write(team, run).result()
        self.committed()

    def finish_errand(self, team: str, errand: Errand, result: Request) -> None:
        """Run the result of an errand as a request of the engine's own, once."""
        command, words = self.topics.router.find(result)
        request = replace(result, who=_OWN.who, where=_OWN.where)

        def run(records: Records) -> None:
            if self.storage.errand_done(records, errand):
                self._decide(command, words, request, records)

        self._write(team, run).result()
        self.committed()


def back_off(tries: int) -> timedelta:
    """How long to wait after `tries` earlier attempts that failed: a minute, doubled each time, six hours at most."""
    return min(FIRST_BACK_OFF * (1 << min(tries, 12)), LONGEST_BACK_OFF)


def _done(reply: Reply) -> "Future[Reply | None]":
    answer: Future[Reply | None] = Future()
    answer.set_result(reply)
    return answer
