"""The outbox: messages on their way, pending → claimed → sent (or dropped), one at a time and in order at each place.

`ready` is when a row may be claimed; only the first row of a place that is still to come has one, so a message that
waits holds up its own place and no other. `tries` also names the attempt: a report of an attempt that has since been
given to somebody else changes nothing. Each function works within the open transaction of `conn`.
"""
# ruff: noqa: S608 - names come from classes and from here; every value is bound

import sqlite3
from datetime import datetime, timedelta
from os import urandom
from typing import Any

from bot.core.chat import Card, Message, Person, Place
from bot.core.ports import Parcel
from storage.codec import moment_text, to_json
from storage.sqlite.agenda import AT_ONCE
from storage.tables.queues import BEHIND, READY

KINDS: dict[str, type[Person] | type[Place]] = {"person": Person, "place": Place}
BUSY = f"EXISTS (SELECT 1 FROM outbox WHERE to_kind = ? AND to_id = ? AND {READY})"  # something waits there already

FIND = "SELECT number, to_kind, to_id, card, state FROM outbox WHERE team = ? AND key = ?"
UNDER = "SELECT receipt FROM outbox WHERE team = ? AND key = ? AND to_kind = ? AND to_id = ?"
ADD = f"""
INSERT INTO outbox (id, team, key, to_kind, to_id, card, under, mentions, revision, attempted, delivered, receipt,
  state, due, ready, doubtful, tries, why)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 0, 0, '', 'pending', '{AT_ONCE}',
  CASE WHEN {BUSY} THEN NULL ELSE '{AT_ONCE}' END, 0, 0, '')
"""
REPLACE = "UPDATE outbox SET card = ?, revision = revision + 1 WHERE number = ?"
EDIT = f"""
UPDATE outbox SET card = ?, revision = revision + 1, state = 'pending', due = '{AT_ONCE}', tries = 0, why = '',
  ready = CASE WHEN {BUSY} THEN NULL ELSE '{AT_ONCE}' END
WHERE number = ?
"""
PROMOTE = f"""
UPDATE outbox SET ready = due WHERE NOT {BUSY}
AND number = (SELECT min(number) FROM outbox WHERE to_kind = ? AND to_id = ? AND {BEHIND})
"""
# While it is unknown whether an earlier attempt arrived, the parcel keeps that attempt's revision: what `find` may
# come upon is that card, and a newer one then follows as an edit.
CLAIM = """
UPDATE outbox SET
  attempted = CASE WHEN receipt = '' AND attempted > 0 AND (doubtful = 1 OR state = 'claimed')
    THEN attempted ELSE revision END,
  doubtful = CASE WHEN receipt = '' AND (doubtful = 1 OR state = 'claimed') THEN 1 ELSE 0 END,
  state = 'claimed', ready = ?, claimed_at = ?, tries = tries + 1
WHERE number IN (SELECT number FROM outbox WHERE ready <= ? ORDER BY ready, number LIMIT ?)
RETURNING number, id, team, key, to_kind, to_id, card, under, mentions, attempted, receipt, doubtful, tries - 1
"""
# After either, `_promote` lets the next row of the place come; that may be this one, with a card that has come since.
DELIVERED = f"""
UPDATE outbox SET receipt = ?, delivered = max(delivered, ?), doubtful = 0, why = '', due = '{AT_ONCE}', ready = NULL,
  tries = CASE WHEN revision > ? THEN 0 ELSE tries END,
  state = CASE WHEN revision > ? THEN 'pending' ELSE 'sent' END
WHERE team = ? AND key = ? AND id = ? AND state IN ('pending', 'claimed')
"""
THIS_ATTEMPT = "team = ? AND key = ? AND id = ? AND state = 'claimed' AND tries = ? AND attempted = ?"
DROPPED = f"""
UPDATE outbox SET why = ?, due = '{AT_ONCE}', ready = NULL,
  tries = CASE WHEN revision > attempted THEN 0 ELSE tries END,
  state = CASE WHEN revision > attempted THEN 'pending' ELSE 'dropped' END
WHERE {THIS_ATTEMPT}
"""
# A doubt, once raised, stays until the delivery: looking once more before a repeat costs less than a repeat.
POSTPONED = f"""
UPDATE outbox SET state = 'pending', due = ?, ready = ?, why = ?, doubtful = max(doubtful, ?), tries = tries - ?
WHERE {THIS_ATTEMPT}
"""
LAST = """
SELECT key, card FROM outbox WHERE to_kind = ? AND to_id = ? AND delivered > 0 ORDER BY number DESC LIMIT ?
"""

BEGINS = """
SELECT to_kind, to_id, key, card, under, mentions FROM outbox
WHERE team = ? AND key >= ? AND key < ? ORDER BY number
"""

LAST_SIGN = "\U0010ffff"  # sorts behind every other

_write, _read = to_json(Card)
_write_mentions, _read_mentions = to_json(tuple[Person, ...])


def send(conn: sqlite3.Connection, team: str, message: Message) -> None:
    """Queue a message; under a key already used it is an edit, and to somebody else a new message in its place."""
    place, card = _place(message.to), _write(message.card)
    row = conn.execute(FIND, (team, message.key)).fetchone()
    if row is not None and row[1:3] != place:
        _remove(conn, row[0], row[1:3])
        row = None
    if row is None:
        how = (message.under, _write_mentions(message.mentions))
        conn.execute(ADD, (urandom(8).hex(), team, message.key, *place, card, *how, *place))
        return
    number, _, _, known, state = row
    if _same(known, card):
        return
    if state in ("pending", "claimed"):
        conn.execute(REPLACE, (card, number))
    else:
        conn.execute(EDIT, (card, *place, number))


def sent(conn: sqlite3.Connection, team: str, key: str) -> bool:
    """Was a message with this key ever queued, and not taken back?"""
    return conn.execute("SELECT 1 FROM outbox WHERE team = ? AND key = ?", (team, key)).fetchone() is not None


def messages(conn: sqlite3.Connection, team: str, begin: str) -> list[Message]:
    """Those whose key begins so, oldest first, with their newest cards."""
    rows = conn.execute(BEGINS, (team, begin, f"{begin}{LAST_SIGN}")).fetchall()
    return [
        Message(KINDS[to_kind](to_id), key, _read(card), under, _read_mentions(mentions))
        for to_kind, to_id, key, card, under, mentions in rows
    ]


def unsend(conn: sqlite3.Connection, team: str, key: str) -> bool:
    """Forget a message that no attempt has been made to deliver; False where it is too late."""
    sql = "SELECT number, to_kind, to_id FROM outbox WHERE team = ? AND key = ? AND attempted = 0"
    row = conn.execute(sql, (team, key)).fetchone()
    if row is None:
        return False
    _remove(conn, row[0], row[1:])
    return True


def claim(conn: sqlite3.Connection, now: datetime, lease: timedelta, limit: int) -> list[Parcel]:
    """Messages to deliver, oldest first, at most one a place; also claimed ones whose lease ran out."""
    rows = conn.execute(CLAIM, (moment_text(now + lease), moment_text(now), moment_text(now), limit)).fetchall()
    return [parcel for row in sorted(rows) if (parcel := _parcel(conn, row))]


def delivered(conn: sqlite3.Connection, parcel: Parcel, receipt: str) -> None:
    """The network took it. Where the card has changed since, the row stays, as an edit to come."""
    revision = parcel.revision
    conn.execute(DELIVERED, (receipt, *[revision] * 3, *_key(parcel)))
    _promote(conn, _place(parcel.message.to))


def postponed(
    conn: sqlite3.Connection, parcel: Parcel, until: datetime, why: str, *, doubtful: bool, tried: bool
) -> None:
    """Again at `until`; until then it holds up its own place, so that nothing overtakes it."""
    at = moment_text(until)
    conn.execute(POSTPONED, (at, at, why, int(doubtful), int(not tried), *_attempt(parcel)))


def dropped(conn: sqlite3.Connection, parcel: Parcel, why: str) -> None:
    """Keep it, marked so, and try it no more; a card that has come since has its own chance."""
    conn.execute(DROPPED, (why, *_attempt(parcel)))
    _promote(conn, _place(parcel.message.to))


def messages_to(conn: sqlite3.Connection, to: Person | Place, limit: int) -> list[Message]:
    """The last messages that were delivered to them, oldest first, with their newest cards."""
    rows = conn.execute(LAST, (*_place(to), limit)).fetchall()
    return [Message(to, key, _read(card)) for key, card in reversed(rows)]


def _parcel(conn: sqlite3.Connection, row: tuple[Any, ...]) -> Parcel | None:
    _, id, team, key, to_kind, to_id, card, under, mentions, revision, receipt, doubtful, tries = row
    try:
        message = Message(KINDS[to_kind](to_id), key, _read(card), under, _read_mentions(mentions))
    except (ValueError, TypeError, KeyError) as error:
        # A card of another release must not stop the messages of everybody else.
        conn.execute(DROPPED, (f"this release can't read its card: {error!r}", team, key, id, tries + 1, revision))
        _promote(conn, (to_kind, to_id))
        return None
    above = conn.execute(UNDER, (team, under, to_kind, to_id)).fetchone() if under else None
    return Parcel(id, team, message, revision, receipt, bool(doubtful), tries, above[0] if above else "")


def _remove(conn: sqlite3.Connection, number: int, place: tuple[str, str]) -> None:
    conn.execute("DELETE FROM outbox WHERE number = ?", (number,))
    _promote(conn, place)


def _promote(conn: sqlite3.Connection, place: tuple[str, str]) -> None:
    """Let the next row of the place come, where none of it is ready or on its way."""
    conn.execute(PROMOTE, (*place, *place))


def _same(known: str, card: str) -> bool:
    # The JSON of an older release may differ for the same card.
    if known == card:
        return True
    try:
        return bool(_read(known) == _read(card))
    except (ValueError, TypeError, KeyError):
        return False


def _place(to: Person | Place) -> tuple[str, str]:
    return ("person" if isinstance(to, Person) else "place", to.id)


def _key(parcel: Parcel) -> tuple[str, str, str]:
    return parcel.team, parcel.message.key, parcel.id


def _attempt(parcel: Parcel) -> tuple[str, str, str, int, int]:
    return *_key(parcel), parcel.tries + 1, parcel.revision
