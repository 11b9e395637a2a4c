"""What is due, what is to be sent and what is to be done elsewhere: the engine's own tables, as first released."""

from typing import TYPE_CHECKING

from storage.shape import Migration, create, index

if TYPE_CHECKING:
    from sqlite_utils import Database

# Of the messages still to come, the first one at its place, and those behind it.
READY = "ready IS NOT NULL"
BEHIND = "state = 'pending' AND ready IS NULL"


def _queues(db: "Database") -> None:
    agenda = {"team": "text", "alarm": "text", "subject": "text", "at": "text", "tries": "integer", "why": "text"}
    create(db, "agenda", agenda, "team, alarm, subject", by_key=True)  # one page, not two, changes with an entry
    index(db, "agenda", "at, tries")  # holds all that a look at what is due wants to know
    create(db, "inbox", {"team": "text", "delivery": "text", "at": "text"}, "team, delivery")
    create(
        db,
        "errand",
        {
            "team": "text",
            "id": "text",
            "kind": "text",
            "input": "json",
            "due": "text",  # when it may be claimed: at first, after a failure, or when its lease runs out
            "tries": "integer",
            "why": "text",
        },
        "team, id",
    )
    index(db, "errand", "due")


def _outbox(db: "Database") -> None:
    create(
        db,
        "outbox",
        {
            "number": "integer",  # order of arrival, and of delivery at a place
            "id": "text",  # given to the network, so that a message can be found again
            "team": "text",
            "key": "text",
            "to_kind": "text",  # person or place
            "to_id": "text",
            "card": "json",
            "revision": "integer",  # of the card, from 1
            "attempted": "integer",  # the revision last handed out for delivery
            "delivered": "integer",  # the revision that the network has; 0 is none
            "receipt": "text",
            "state": "text",  # pending, claimed, sent, dropped
            "due": "text",
            "ready": "text?",  # when it may be claimed: due, or the lease's end; NULL behind another of its place
            "doubtful": "integer",  # 1: an earlier attempt may have arrived
            "tries": "integer",
            "why": "text",
            "claimed_at": "text?",
        },
        "number",
    )
    index(db, "outbox", "team, key", unique=True)
    index(db, "outbox", "to_kind, to_id, number")
    index(db, "outbox", "ready", READY)
    index(db, "outbox", "to_kind, to_id", READY, unique=True)  # at most one row of a place is on its way
    index(db, "outbox", "to_kind, to_id", BEHIND)


def _odds(db: "Database") -> None:
    create(db, "wrong_code", {"person": "text", "count": "integer"}, "person")
    create(db, "mark", {"name": "text", "value": "text"}, "name")


QUEUES = Migration("the agenda, the outbox and the errands", _queues, _outbox, _odds)
