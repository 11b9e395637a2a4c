from datetime import timedelta
from typing import Any

from bot.core.chat import Card, Message, Person
from bot.core.pump import MOST_TRIES
from bot.errors import Undelivered, Unreachable
from tests.core.rig import OFFICE, Rig
from tests.engine_room import START


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
