"""The engine on the real storage, with a small topic of its own."""

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Annotated, Any

import pytest
from msgspec import Struct, field
from msgspec.structs import replace

import storage
from bot.core.chat import Card, Form, Message, Person, Place, Reply, Request
from bot.core.engine import Engine, back_off
from bot.core.errands import Errands
from bot.core.plain import controls_of
from bot.core.ports import Errand, Records
from bot.core.pump import MOST_TRIES, Pump
from bot.core.router import Asker, Command, Context, Option, Role, Router
from bot.core.sorry import Sorry
from bot.core.topics import Topics
from bot.core.worker import Worker
from bot.errors import Refusal, Undelivered, Unreachable
from storage.schema import Migration, Table
from tests.engine_room import START, HandClock, Postbox, SeededChance
from tests.storage.kinds import CORE


class House(Struct, frozen=True):
    id: str


class Identity(Struct, frozen=True):
    id: str
    volunteer: str


class Tally(Struct, frozen=True):
    id: str
    said: str


TOYS = Migration(
    "toys",
    Table("house", {}, across=("id",)),
    Table("identity", {"volunteer": "text"}, across=("id",)),
    Table("tally", {"said": "text"}),
)
OFFICE = Person("test:office")
HERE = Place("test:here")


def _read_tally(_context: Context, text: str) -> str:
    if text not in ("posts", "tips"):
        raise Refusal("Please say posts or tips.", choices=(("posts", "Posts"), ("tips", "Tips")))
    return text


ATally = Annotated[str, Option(_read_tally)]


def count(context: Context, tally: ATally, by: int = 1) -> Reply:
    """Count something.

    tally: what is counted
    by: how many
    """
    before = context.records.get(Tally, tally) or Tally(tally, "0")
    after = replace(before, said=str(int(before.said) + by))
    context.records.put(after)
    if by == 13:
        raise Refusal("Thirteen brings bad luck. Try 12.", option="by")
    if by == 666:
        raise RuntimeError("a fault in the code")
    context.records.send(Message(OFFICE, f"count/{tally}", Card("Counted", after.said)))
    return Card("Counted", after.said)


def look(context: Context) -> Reply:
    """Look at the posts."""
    found = context.records.get(Tally, "posts")
    return Card("Counted", found.said if found else "0")


def found(context: Context, code: str) -> Reply:
    """Begin a team with a one-time code.

    code: the code
    """
    return Card("Welcome", context.asker.person.id)


def fetched(context: Context, tally: str) -> Reply:
    """Take what was fetched.

    tally: what
    """
    return count(context, tally)


def bell(context: Context, subject: str) -> None:
    if subject == "broken":
        raise RuntimeError("a fault in an alarm")
    count(context, subject)
    if subject == "posts":
        context.records.wake("bell", subject, context.now + timedelta(hours=1))


def gone(context: Context, message: Message) -> None:
    context.records.put(Tally("gone", message.to.id))


def who(records: Records, request: Request) -> Asker:
    known = records.get(Identity, request.who.id)
    return Asker(request.who, known.volunteer, "Office", Role.VOLUNTEER) if known else Asker(request.who)


TOPICS = Topics(
    Router(
        (
            Command(count, Role.VOLUNTEER),
            Command(look, Role.OBSERVER, reads=True),
            Command(found, Role.ANYONE, founding=True),
            Command(fetched, Role.ENGINE),
        )
    ),
    {"bell": bell},
    {},
    who,
    lambda records: records.team,
    lambda _context: None,
    gone,
    lambda code: code.lower(),
)


class Rig(Struct):
    store: Any
    clock: HandClock
    engine: Engine
    post: Postbox
    worker: Worker
    fetched: list[str] = field(default_factory=list)

    def ask(self, text: str = "", delivery: str = "", who: Person = OFFICE, **more: Any) -> Reply | None:
        return self.engine.handle(Request(who, HERE, text=text, delivery=delivery, **more)).result()

    def summary(self, text: str = "", **more: Any) -> str:
        reply = self.ask(text, **more)
        assert isinstance(reply, Card)
        assert isinstance(reply.summary, str)
        return reply.summary

    def run(self, work: Any) -> Any:
        return self.store.write("t", work).result()

    def later(self, **delta: float) -> None:
        self.clock.time += timedelta(**delta)
        asyncio.run(self.worker.round())

    def tally(self, name: str) -> str:
        kept = self.store.read("t", lambda records: records.get(Tally, name))
        return kept.said if kept else "0"


@pytest.fixture
def rig() -> Iterator[Rig]:
    store = storage.open("sqlite://", (House, Identity, Tally), migrations=(*CORE, TOYS))
    clock, post = HandClock(START), Postbox()
    engine = Engine(store, clock, SeededChance(), TOPICS)
    fetches: list[str] = []

    async def fetch(errand: Errand) -> Request:
        fetches.append(errand.id)
        if errand.values.get("fail") == str(len(fetches)):
            raise OSError("the site is down")
        return Request(OFFICE, HERE, "fetched", {"tally": "posts"})

    pump = Pump(store, clock, {"test": post}, engine.cannot_reach)
    worker = Worker(engine, pump, Errands(store, clock, {"fetch": fetch}, engine.finish_errand))
    made = Rig(store, clock, engine, post, worker, fetches)
    made.run(lambda records: records.put(House("test:here"), Identity(OFFICE.id, "v1")))
    yield made
    engine.close()
    store.close()


def test_a_command_changes_its_records_and_queues_its_message_together(rig: Rig) -> None:
    assert rig.summary("count posts 3") == "3"
    rig.later()
    assert [message.card.summary for message in rig.post.kept.values()] == ["3"]


def test_a_refusal_keeps_nothing_and_says_what_would_work(rig: Rig) -> None:
    assert rig.summary("count posts 13") == "Thirteen brings bad luck. Try 12."
    assert rig.tally("posts") == "0"
    rig.later()
    assert rig.post.log == []


def test_a_refusal_of_a_form_comes_back_as_the_form_with_the_sentence_at_its_field(rig: Rig) -> None:
    form = rig.ask(command="count", values={"tally": "posts", "by": "13"}, form=True)
    assert isinstance(form, Form)
    assert {field.name: (field.value, field.error) for field in form.fields} == {
        "by": ("13", "Thirteen brings bad luck. Try 12.")
    }
    assert form.values == {"tally": "posts"}


def test_choices_of_a_refusal_are_buttons_that_ask_again(rig: Rig) -> None:
    reply = rig.ask(command="count", values={"tally": "post", "by": "2"})
    assert isinstance(reply, Card)
    again = controls_of(reply)[0]
    assert getattr(again, "typed", "") == "count tally=posts by=2"


def test_a_command_lacking_an_option_is_answered_with_its_form(rig: Rig) -> None:
    form = rig.ask("count")
    assert isinstance(form, Form)
    assert [field.name for field in form.fields] == ["tally", "by"]


def test_the_same_delivery_is_done_once(rig: Rig) -> None:
    assert rig.ask("count posts", "d1") is not None
    assert rig.ask("count posts", "d1") is None
    assert rig.tally("posts") == "1"


@pytest.mark.parametrize("text", ["count \ud83d", "count po\udc00sts"])
def test_half_a_character_is_refused_kindly(rig: Rig, text: str) -> None:
    assert "broken sign" in rig.summary(text)
    assert "broken sign" in rig.summary(command="count", values={"tally": text})


def test_a_caller_who_waits_gets_the_same_answers(rig: Rig) -> None:
    def ask(text: str, delivery: str = "") -> Reply | None:
        return rig.engine.answer(Request(OFFICE, HERE, text=text, delivery=delivery))

    assert ask("count posts 3", "d1") == Card("Counted", "3")
    assert ask("count posts 3", "d1") is None
    assert isinstance(ask("count posts 13"), Sorry)
    assert isinstance(ask("count"), Form)
    assert ask("look") == Card("Counted", "3")
    assert "Something went wrong" in str(getattr(ask("count posts 666"), "summary", ""))
    assert rig.tally("posts") == "3"


def test_callers_who_wait_and_others_at_once_lose_nothing(rig: Rig) -> None:
    def wait(number: int) -> Reply | None:
        return rig.engine.answer(Request(OFFICE, HERE, text="count posts", delivery=f"w{number}"))

    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(wait, number) for number in range(100)]
        others = [
            rig.engine.handle(Request(OFFICE, HERE, text="count posts", delivery=f"o{number}")) for number in range(100)
        ]
        assert all(one.result() for one in [*waiting, *others])
    assert rig.tally("posts") == "200"


def test_many_commands_at_once_lose_and_double_nothing(rig: Rig) -> None:
    under_way: list[Future[Reply | None]] = [
        rig.engine.handle(Request(OFFICE, HERE, text="count posts", delivery=f"d{number % 200}"))
        for number in range(400)
    ]
    answers = [one.result() for one in under_way]
    assert sum(answer is not None for answer in answers) == 200
    assert rig.tally("posts") == "200"


def test_a_fault_is_told_by_a_reference_and_changes_nothing(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        said = rig.summary("count posts 666")
    reference = said.rpartition(" ")[2].rstrip(".")
    assert "fault" not in said
    assert reference in caplog.text
    assert rig.tally("posts") == "0"


def test_people_without_a_role_are_refused_and_commands_of_the_engine_are_nobodys(rig: Rig) -> None:
    assert "volunteers" in rig.summary("count posts", who=Person("test:stranger"))
    assert "I don't know" in rig.summary("fetched posts")
    assert "I don't know" in rig.summary("count posts", who=Person("steward:engine"))
    assert rig.tally("posts") == "0"


def test_text_that_looks_like_a_secret_reaches_no_command_and_no_log(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        said = [
            rig.summary(text)
            for text in (
                "count password:hunter2xx",
                "password hunter2xx",
                "the password is hunter2xx",
                'count tally="password: hunter2xx"',
            )
        ]
    assert not any("hunter2xx" in one for one in [*said, caplog.text])
    assert all("password" in one for one in said)


def test_the_name_of_an_option_is_no_part_of_what_looks_like_a_secret(rig: Rig) -> None:
    assert "posts or tips" in rig.summary("count tally=HYPERLINK(1)")


def test_a_place_without_a_team_is_told_how_to_begin(rig: Rig) -> None:
    reply = rig.engine.handle(Request(Person("test:x"), Place("test:elsewhere"), text="look")).result()
    assert isinstance(reply, Card)
    assert "start" in str(reply.summary)


def test_a_person_known_to_one_team_is_of_that_team_wherever_they_write(rig: Rig) -> None:
    reply = rig.engine.handle(Request(OFFICE, Place("test:dm"), text="look")).result()
    assert isinstance(reply, Card)
    assert reply.title == "Counted"


def test_wrong_codes_are_counted_for_good_and_end_in_a_stop(rig: Rig) -> None:
    for _attempt in range(9):
        assert "I don't know that code" in rig.summary("found nonsense")
    assert "too many wrong codes" in rig.summary("found nonsense")
    assert "too many wrong codes" in rig.summary("found nonsense")
    assert rig.store.tenancy.wrong_codes(OFFICE) == 10


def test_what_falls_due_runs_once_at_its_time(rig: Rig) -> None:
    rig.run(lambda records: records.wake("bell", "tips", START + timedelta(minutes=5)))
    rig.later(minutes=4)
    assert rig.tally("tips") == "0"
    rig.later(minutes=1)
    rig.later(minutes=1)
    assert rig.tally("tips") == "1"


def test_an_alarm_that_goes_wrong_backs_off_and_stops_nothing_else(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    for subject in ("broken", "tips"):
        rig.run(lambda records, subject=subject: records.wake("bell", subject, START))
    with caplog.at_level(logging.ERROR):
        rig.later()
    assert rig.tally("tips") == "1"
    assert "alarm bell for broken" in caplog.text
    assert rig.store.next_due() == START + back_off(0)
    rig.later(minutes=2)
    assert rig.store.next_due() == rig.clock.time + back_off(1)


def test_waiting_between_attempts_doubles_and_has_an_end() -> None:
    assert [back_off(tries).total_seconds() / 60 for tries in (0, 1, 2, 50)] == [1, 2, 4, 360]


def test_a_changed_card_under_the_same_key_edits_the_message(rig: Rig) -> None:
    rig.ask("count posts")
    rig.later()
    rig.ask("count posts")
    rig.later()
    assert [(what, message.card.summary) for what, message in rig.post.log] == [("send", "1"), ("edit", "2")]


def test_a_message_that_is_not_taken_is_tried_again_at_its_time(rig: Rig) -> None:
    rig.post.fail = [Undelivered("busy", START + timedelta(minutes=10))]
    rig.ask("count posts")
    rig.later()
    rig.later(minutes=9)
    assert rig.post.log == []
    rig.later(minutes=1)
    assert len(rig.post.log) == 1


def test_a_message_that_may_have_arrived_is_looked_up_before_it_is_sent_again(rig: Rig) -> None:
    rig.ask("count posts")
    send = rig.post.send

    async def accepted_then_dropped(parcel: Any) -> str:
        await send(parcel)
        rig.post.send = send  # type: ignore[method-assign]
        raise ConnectionError("the answer was lost")

    rig.post.send = accepted_then_dropped  # type: ignore[method-assign]
    rig.later()
    rig.later(hours=1)
    assert [what for what, _message in rig.post.log] == ["send"]
    assert rig.store.next_due() is None


def test_closed_direct_messages_end_the_tries_and_are_told_to_the_team(rig: Rig) -> None:
    rig.post.fail = [Unreachable("closed")]
    rig.ask("count posts")
    rig.later()
    assert rig.tally("gone") == OFFICE.id
    assert rig.store.next_due() is None


def test_a_message_for_a_network_that_is_not_running_waits(rig: Rig) -> None:
    rig.run(lambda records: records.send(Message(Person("slack:T1/U1"), "hello", Card("Hello"))))
    rig.later()
    assert rig.store.next_due() == START + timedelta(minutes=5)
    for _turn in range(MOST_TRIES + 5):
        rig.later(minutes=5)
    assert rig.store.next_due() == rig.clock.time + timedelta(minutes=5)


def test_an_errand_is_done_after_the_commit_and_its_result_counts_once(rig: Rig) -> None:
    rig.run(lambda records: records.run_errand(Errand("e1", "fetch", {})))
    rig.later()
    rig.later(hours=1)
    assert rig.fetched == ["e1"]
    assert rig.tally("posts") == "1"


def test_an_errand_that_fails_is_tried_again_later(rig: Rig) -> None:
    rig.run(lambda records: records.run_errand(Errand("e1", "fetch", {"fail": "1"})))
    rig.later()
    assert rig.tally("posts") == "0"
    rig.later(minutes=2)
    assert rig.fetched == ["e1", "e1"]
    assert rig.tally("posts") == "1"


async def test_the_worker_is_woken_by_a_commit(rig: Rig) -> None:
    running = asyncio.create_task(rig.worker.run())
    arrived = asyncio.Event()
    send = rig.post.send

    async def tell(parcel: Any) -> str:
        arrived.set()
        return await send(parcel)

    rig.post.send = tell  # type: ignore[method-assign]
    await asyncio.wrap_future(rig.engine.handle(Request(OFFICE, HERE, text="count posts")))
    async with asyncio.timeout(4):  # the worker would look by itself only after five seconds
        await arrived.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_the_worker_stops_even_when_a_commit_wakes_it_at_that_moment(rig: Rig) -> None:
    for _attempt in range(20):
        running = asyncio.create_task(rig.worker.run())
        await asyncio.wrap_future(rig.engine.handle(Request(OFFICE, HERE, text="count posts")))
        rig.engine.committed()
        running.cancel()
        async with asyncio.timeout(4):
            with pytest.raises(asyncio.CancelledError):
                await running
