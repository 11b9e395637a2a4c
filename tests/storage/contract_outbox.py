"""What every storage engine must do with messages on their way."""

from datetime import datetime, timedelta

from bot.core.chat import Card, Message, Person, Place
from bot.core.ports import Parcel, Storage
from tests.storage.kinds import HOUR, NOW, message

LEASE = timedelta(minutes=2)


def send(storage: Storage, *messages: Message, team: str = "t") -> None:
    for one in messages:
        storage.write(team, lambda records, one=one: records.send(one)).result()  # type: ignore[misc]


def claim(storage: Storage, now: datetime = NOW, limit: int = 100) -> list[Parcel]:
    return storage.claim(now, LEASE, limit)


def titles(parcels: list[Parcel]) -> list[str]:
    return [parcel.message.card.title for parcel in parcels]


class OutboxContract:
    def test_a_message_is_claimed_once_and_then_delivered(self, storage: Storage) -> None:
        send(storage, message("k"))
        (parcel,) = claim(storage)
        assert parcel.message == message("k")
        assert (parcel.team, parcel.revision, parcel.receipt, parcel.doubtful, parcel.tries) == ("t", 1, "", False, 0)
        assert claim(storage) == []
        assert storage.next_due() == NOW + LEASE
        storage.delivered(parcel, "ts1")
        assert claim(storage, NOW + HOUR) == []
        assert storage.next_due() is None
        assert storage.messages_to(Person("slack:T1/U1"), 9) == [message("k")]

    def test_messages_are_found_again_by_how_their_keys_begin(self, storage: Storage) -> None:
        one, other = message("crisis/1/board"), Message(Place("slack:T1/C1"), "crisis/1/log/2", Card("Two"), "x")
        send(storage, one, other, message("crisis/10/board"), message("crisis/1"))
        send(storage, message("crisis/1/board"), team="u")
        storage.delivered(claim(storage)[0], "ts1")
        send(storage, Message(other.to, other.key, other.card, other.under), Message(one.to, one.key, Card("Changed")))
        found = storage.read("t", lambda records: records.messages("crisis/1/"))
        assert [(each.to, each.key, each.card, each.under) for each in found] == [
            (one.to, one.key, Card("Changed"), one.under),
            (other.to, other.key, other.card, other.under),
        ]
        assert storage.read("t", lambda records: records.messages("crisis/2")) == []

    def test_whom_a_message_may_notify_travels_with_it(self, storage: Storage) -> None:
        sent = Message(Place("slack:T1/C1"), "k", Card("Hello"), mentions=(Person("slack:T1/U1"),))
        send(storage, sent)
        assert [parcel.message for parcel in claim(storage)] == [sent]

    def test_a_message_under_another_knows_its_receipt(self, storage: Storage) -> None:
        place = Place("slack:T1/C1")
        board, line = Message(place, "board", Card("Board")), Message(place, "line", Card("News"), under="board")
        send(storage, board, line)
        (first,) = claim(storage)
        assert (first.message, first.under) == (board, "")
        storage.delivered(first, "ts1")
        (second,) = claim(storage)
        assert (second.message, second.under) == (line, "ts1")

    def test_a_message_under_one_that_never_arrived_or_stands_elsewhere_goes_out_by_itself(
        self, storage: Storage
    ) -> None:
        here, there = Place("slack:T1/C1"), Place("slack:T1/C2")
        send(storage, Message(here, "board", Card("Board")), Message(there, "elsewhere", Card("There")))
        for parcel in claim(storage):
            if parcel.message.to == here:
                storage.dropped(parcel, "no such channel")
            else:
                storage.delivered(parcel, "ts1")
        for key in ("board", "elsewhere", "unheard-of"):
            send(storage, Message(here, f"under {key}", Card("News"), under=key))
            (parcel,) = claim(storage)
            assert parcel.under == ""
            storage.delivered(parcel, "ts2")

    def test_what_was_not_tried_is_no_try(self, storage: Storage) -> None:
        send(storage, message("k"))
        for turn in range(3):
            (parcel,) = claim(storage, NOW + turn * HOUR)
            assert (parcel.tries, parcel.doubtful) == (0, False)
            storage.postponed(parcel, NOW + (turn + 1) * HOUR, "not running", doubtful=False, tried=False)

    def test_sending_the_same_again_changes_nothing(self, storage: Storage) -> None:
        send(storage, message("k"), message("k"))
        (parcel,) = claim(storage)
        send(storage, message("k"))
        storage.delivered(parcel, "ts1")
        send(storage, message("k"))
        assert claim(storage, NOW + HOUR) == []

    def test_a_new_card_replaces_one_that_has_not_gone_out(self, storage: Storage) -> None:
        send(storage, message("k", title="Old"), message("other", to="slack:T1/U2"), message("k", title="New"))
        assert titles(claim(storage)) == ["New", "Hello"]
        assert storage.messages_to(Person("slack:T1/U1"), 9) == []

    def test_a_new_card_for_a_delivered_message_is_an_edit(self, storage: Storage) -> None:
        send(storage, message("k"))
        (parcel,) = claim(storage)
        storage.delivered(parcel, "ts1")
        send(storage, message("k", title="New"))
        (edit,) = claim(storage)
        assert (edit.id, edit.revision, edit.receipt, edit.tries) == (parcel.id, 2, "ts1", 0)
        assert edit.message.card.title == "New"
        storage.delivered(edit, "ts1")
        assert claim(storage, NOW + HOUR) == []
        assert storage.messages_to(Person("slack:T1/U1"), 9) == [message("k", title="New")]

    def test_a_card_that_changes_under_way_follows_as_an_edit(self, storage: Storage) -> None:
        send(storage, message("k"), message("next", title="Next"))
        (parcel,) = claim(storage)
        send(storage, message("k", title="New"))
        assert claim(storage) == []
        storage.delivered(parcel, "ts1")
        (edit,) = claim(storage)
        assert (edit.message.card.title, edit.revision, edit.receipt) == ("New", 2, "ts1")
        storage.delivered(edit, "ts1")
        assert titles(claim(storage)) == ["Next"]

    def test_a_card_that_changes_while_its_first_attempt_is_doubtful_still_arrives(self, storage: Storage) -> None:
        """What `find` comes upon is the older card: reporting it must not hide the newer one."""
        send(storage, message("k", title="Old"))
        claim(storage)
        send(storage, message("k", title="New"))
        (doubtful,) = claim(storage, NOW + LEASE)
        assert doubtful.doubtful
        storage.delivered(doubtful, "found")
        (edit,) = claim(storage, NOW + LEASE)
        assert (edit.message.card.title, edit.receipt, edit.doubtful) == ("New", "found", False)

    def test_a_place_gets_one_at_a_time_and_in_order(self, storage: Storage) -> None:
        send(storage, *(message(f"k{number}", title=str(number)) for number in range(3)))
        send(storage, message("k9", to="slack:T1/U9", title="9"))
        first, other = claim(storage)
        assert titles([first, other]) == ["0", "9"]
        assert claim(storage) == []
        storage.delivered(first, "ts")
        assert titles(claim(storage)) == ["1"]

    def test_a_person_and_a_place_are_two_even_with_one_id(self, storage: Storage) -> None:
        card = Card("Hello")
        send(storage, Message(Person("slack:T1/X"), "a", card), Message(Place("slack:T1/X"), "b", card))
        assert {type(parcel.message.to) for parcel in claim(storage)} == {Person, Place}

    def test_two_teams_that_write_to_one_person_take_turns(self, storage: Storage) -> None:
        send(storage, message("k", title="one"), team="one")
        send(storage, message("k", title="two"), team="two")
        (first,) = claim(storage)
        assert claim(storage) == []
        storage.delivered(first, "ts")
        (second,) = claim(storage)
        assert ((first.team, *titles([first])), (second.team, *titles([second]))) == (("one", "one"), ("two", "two"))

    def test_a_postponed_message_holds_up_its_own_place_only(self, storage: Storage) -> None:
        send(storage, message("a1"), message("a2"), message("b1", to="slack:T1/U2"), message("b2", to="slack:T1/U2"))
        first, other = claim(storage)
        storage.postponed(first, NOW + HOUR, "rate limit", doubtful=False)
        storage.delivered(other, "ts")
        assert [parcel.message.key for parcel in claim(storage)] == ["b2"]
        assert claim(storage, NOW + LEASE / 2) == []
        again, doubtful = claim(storage, NOW + HOUR)
        assert (again.message.key, again.tries, again.doubtful) == ("a1", 1, False)
        assert (doubtful.message.key, doubtful.doubtful) == ("b2", True)

    def test_a_place_in_waiting_says_when_it_is_due(self, storage: Storage) -> None:
        send(storage, message("a1"), message("a2"))
        (parcel,) = claim(storage)
        storage.postponed(parcel, NOW + HOUR, "rate limit", doubtful=False)
        assert storage.next_due() == NOW + HOUR

    def test_a_claim_that_ran_out_comes_again_as_doubtful(self, storage: Storage) -> None:
        send(storage, message("k"))
        (lost,) = claim(storage)
        (again,) = claim(storage, NOW + LEASE)
        assert (again.id, again.tries, again.doubtful, again.revision) == (lost.id, 1, True, 1)

    def test_a_doubt_stays_until_the_message_is_delivered(self, storage: Storage) -> None:
        send(storage, message("k"))
        (parcel,) = claim(storage)
        storage.postponed(parcel, NOW + HOUR, "no answer", doubtful=True)
        (again,) = claim(storage, NOW + HOUR)
        assert again.doubtful
        storage.postponed(again, NOW + HOUR, "its network is not running", doubtful=False)
        (third,) = claim(storage, NOW + HOUR)
        assert third.doubtful
        storage.dropped(third, "closed")
        send(storage, message("k", title="New"))
        (fourth,) = claim(storage, NOW + HOUR)
        assert fourth.doubtful
        storage.delivered(fourth, "found")
        (edit,) = claim(storage, NOW + HOUR)
        assert (edit.doubtful, edit.receipt, edit.message.card.title) == (False, "found", "New")

    def test_a_late_word_of_a_lost_attempt_does_not_disturb_the_next(self, storage: Storage) -> None:
        send(storage, message("k"))
        (lost,) = claim(storage)
        (again,) = claim(storage, NOW + LEASE)
        storage.postponed(lost, NOW, "late", doubtful=False)
        storage.dropped(lost, "late")
        assert claim(storage, NOW + LEASE) == []
        storage.delivered(again, "ts1")
        storage.delivered(lost, "ts2")
        storage.postponed(lost, NOW, "later still", doubtful=False)
        assert claim(storage, NOW + HOUR) == []

    def test_a_late_delivery_while_an_edit_waits_behind_another_is_harmless(self, storage: Storage) -> None:
        send(storage, message("k"), message("next", title="Next"))
        (lost,) = claim(storage)
        (again,) = claim(storage, NOW + LEASE)
        storage.delivered(again, "ts1")
        send(storage, message("k", title="Edit"))
        storage.delivered(lost, "ts1")
        (following,) = claim(storage, NOW + LEASE)
        assert following.message.card.title == "Next"
        storage.delivered(following, "ts2")
        assert titles(claim(storage, NOW + LEASE)) == ["Edit"]

    def test_a_dropped_message_is_tried_no_more_until_it_changes(self, storage: Storage) -> None:
        send(storage, message("k"), message("next", title="Next"))
        (parcel,) = claim(storage)
        storage.dropped(parcel, "closed")
        assert storage.read("t", lambda records: records.sent("k"))
        assert storage.messages_to(Person("slack:T1/U1"), 9) == []
        send(storage, message("k"))
        (following,) = claim(storage)
        assert titles([following]) == ["Next"]
        storage.delivered(following, "ts")
        send(storage, message("k", title="New"))
        assert titles(claim(storage)) == ["New"]

    def test_a_card_that_changed_since_a_dropped_attempt_has_its_own_chance(self, storage: Storage) -> None:
        send(storage, message("k", title="Too long"))
        (parcel,) = claim(storage)
        send(storage, message("k", title="Short"))
        storage.dropped(parcel, "too long")
        (again,) = claim(storage)
        assert (again.message.card.title, again.doubtful, again.tries) == ("Short", False, 0)

    def test_a_message_is_taken_back_only_before_the_first_attempt(self, storage: Storage) -> None:
        send(storage, message("a"), message("b"), message("c"))

        def unsend(key: str) -> bool:
            return storage.write("t", lambda records: records.unsend(key)).result()

        assert [unsend("a"), unsend("a"), unsend("unknown")] == [True, False, False]
        assert not storage.read("t", lambda records: records.sent("a"))
        (parcel,) = claim(storage)
        assert parcel.message.key == "b"
        assert unsend("c")
        assert not unsend("b")
        storage.delivered(parcel, "ts")
        assert not unsend("b")
        send(storage, message("b", title="New"))
        assert not unsend("b")

    def test_a_key_sent_to_somebody_else_is_a_new_message(self, storage: Storage) -> None:
        send(storage, message("k"), message("k2", title="Next"))
        (parcel,) = claim(storage)
        send(storage, message("k", to="discord:G1/U1"))
        storage.delivered(parcel, "ts1")
        following, moved = sorted(claim(storage), key=lambda parcel: parcel.message.key, reverse=True)
        assert (following.message.key, moved.message.to, moved.receipt) == ("k2", Person("discord:G1/U1"), "")
        assert moved.id != parcel.id

    def test_the_last_messages_come_oldest_first(self, storage: Storage) -> None:
        for number in range(4):
            send(storage, message(f"k{number}", title=str(number)))
            (parcel,) = claim(storage)
            storage.delivered(parcel, f"ts{number}")
        last = storage.messages_to(Person("slack:T1/U1"), 2)
        assert [one.card.title for one in last] == ["2", "3"]
        assert storage.messages_to(Place("slack:T1/U1"), 2) == []

    def test_a_claim_keeps_to_its_limit_the_oldest_first(self, storage: Storage) -> None:
        send(storage, *(message(f"k{number}", to=f"slack:T1/U{number}", title=str(number)) for number in range(5)))
        assert titles(claim(storage, limit=2)) == ["0", "1"]
        assert titles(claim(storage, limit=9)) == ["2", "3", "4"]
