"""The tables, stated once, and the migrations that make them: append-only, named and recorded by words.

A topic states its tables by appending ONE migration to `MIGRATIONS`:

    Migration(
        "accounts and offers",
        Table(
            "account",
            {"name": "text", "owner": "text?", "followers": "integer", "themes": "json", "confirmed": "text?"},
            index=("owner", "status, name"),
        ),
        Table("hand_over", {"account": "text", "begun": "text", "steps": "json"}),
    ),

- Class `HandOver` is table `hand_over`; each field is a column of the same name. The columns `team` and `id`, and the
  primary key (team, id), come by themselves: `id` is not stated.
- Types: `text` (str, StrEnum, datetime, date, time), `integer` (int, bool), `real` (float), `blob` (bytes), `json`
  (tuple, frozenset, mapping, nested Struct, union). A `?` at the end is for `| None`; all others are NOT NULL.
- `index`: columns that `find` is often asked for, each entry one index; `team` comes first in it by itself. The
  primary key needs none. Each index slows every write a little: state only what a growing table is searched by.
- `across`: the same without `team`, for the teamless look-ups of Tenancy: `house`, `identity` and `code` state
  `across=("id",)`.

`Searchable("post", ("words", "link"))` makes those texts of a table, old and new, findable with `Records.search`.

`storage.open(url, kinds)` checks each class of `kinds` against its table and says what to write where they differ;
`storage.rows.declared(HandOver)` gives the columns to paste.

Once released, a migration is never edited: append another one with `MoreColumns` or a function that is given the
`sqlite_utils.Database`, inside the migration's transaction:

    def _split_names(db: "Database") -> None: ...

    Migration("volunteers have a nickname", MoreColumns("volunteer", {"nickname": ("text", "")}), _split_names),
"""

from typing import TYPE_CHECKING

from storage.retold import kinds_inside
from storage.shape import Migration, MoreColumns, Searchable, Table, create, index

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["MIGRATIONS", "Migration", "MoreColumns", "Searchable", "Table"]

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


MIGRATIONS: tuple[Migration, ...] = (
    Migration("the agenda, the outbox and the errands", _queues, _outbox, _odds),
    # Topics: append below, in the order of the design's list of topics.
    Migration(
        "the team and its volunteers",
        Table(
            "team",
            {
                "name": "text",
                "zone": "text",
                "country": "text",
                "channel": "text",
                "crisis_channel": "text",
                "open": "integer",
                "policy": "text",
            },
        ),
        Table(
            "volunteer",
            {
                "name": "text",
                "role": "text",
                "standing": "text",
                "zone": "text",
                "hour": "text",
                "quiet_from": "text",
                "quiet_to": "text",
                "weekends": "integer",
                "country": "text",
                "pace": "text",
                "reminders": "integer?",
                "alarms": "integer?",
                "prefers": "text",
                "unreachable_since": "text?",
                "joined": "text?",
                "term_ends": "text?",
            },
            index=("standing, role",),
        ),
        Table("identity", {"volunteer": "text"}, index=("volunteer",), across=("id",)),
        Table("house", {"attached": "text"}, across=("id",)),
        Table(
            "code",
            {"purpose": "text", "expires": "text", "volunteer": "text", "giver": "text", "used": "text?"},
            across=("id",),
        ),
        Table(
            "handshake",
            {
                "purpose": "text",
                "volunteer": "text",
                "giver": "text",
                "taker": "text",
                "house": "text",
                "expires": "text",
            },
        ),
        Table("guest", {"name": "text", "since": "text"}),
        Table("away", {"volunteer": "text", "first": "text", "last": "text?"}, index=("volunteer",)),
        Table("nudging", {"sent": "json"}),
        Table(
            "notice",
            {"volunteer": "text", "since": "text", "text": "json", "controls": "json", "until": "text?"},
            index=("volunteer",),
        ),
        Table("role_offer", {"by": "text", "made": "text"}),
        Table("checklist", {"started": "text", "marks": "json"}),
    ),
    Migration(
        "accounts, offers and handovers",
        Table(
            "account",
            {
                "short": "text",
                "name": "text",
                "network": "text",
                "handle": "text",
                "url": "text",
                "aliases": "json",
                "past_handles": "json",
                "past_shorts": "json",
                "purpose": "text",
                "audience": "text",
                "themes": "json",
                "status": "text",
                "owner": "text",
                "backup": "text",
                "mirror_of": "text",
                "mirror_kind": "text?",
                "every": "integer?",
                "per_week": "integer?",
                "days": "text",
                "cap_day": "integer?",
                "cap_week": "integer?",
                "followers": "integer?",
                "note": "text",
                "unowned_until": "text?",
                "merged_into": "text",
            },
            index=("short", "owner", "backup", "mirror_of"),
        ),
        Table(
            "access",
            {
                "people": "json",
                "others": "json",
                "kept_in": "text",
                "second_factor": "text",
                "recovery": "text",
                "confirmed": "text?",
                "confirmed_by": "text",
            },
        ),
        Table(
            "offer",
            {"account": "text", "part": "text", "to": "text", "by": "text", "made": "text", "giver": "text"},
            index=("account", "to"),
        ),
        Table("claim", {"account": "text", "part": "text", "by": "text", "made": "text"}, index=("account",)),
        Table(
            "handover",
            {
                "account": "text",
                "giver": "text",
                "taker": "text",
                "started": "text",
                "stage": "text",
                "marks": "json",
                "ended": "text?",
                "lost_access": "integer",
            },
            index=("account",),
        ),
    ),
    Migration(
        "posts and what is asked about them",
        Table(
            "post",
            {
                "account": "text",
                "at": "text",
                "by": "text",
                "noted": "text",
                "link": "text",
                "kind": "text?",
                "words": "text",
                "source": "text",
            },
            index=("account, at",),
        ),
        Table(
            "watch",
            {
                "clock_from": "text?",
                "normal_at": "text?",
                "snoozed_until": "text?",
                "questions": "json",
                "chain": "json",
                "helper": "text",
                "due": "text?",
            },
            index=("helper",),
        ),
        Table(
            "step",
            {"did": "text", "by": "text", "at": "text", "before": "json", "after": "json", "post": "text"},
            index=("by, at",),
        ),
    ),
    Migration(
        "messages under others, and whom they may notify",
        MoreColumns("outbox", {"under": ("text", ""), "mentions": ("text", "[]")}),
    ),
    Migration(
        "the team chosen in direct messages",
        Table("chosen", {"at": "text"}, across=("id",)),
    ),
    Migration(
        "tips, drafts and the archive",
        MoreColumns("post", {"campaign": ("text", ""), "draft": ("text", "")}),
        Searchable("post", ("words", "campaign", "link")),
        Table(
            "tip",
            {
                "text": "text",
                "giver": "text",
                "giver_name": "text",
                "given": "text",
                "link": "text",
                "source": "text",
                "day": "text?",
                "note": "text",
                "state": "text",
                "holder": "text",
                "reason": "text",
                "into": "text",
                "post": "text",
                "asked": "json",
                "told": "text?",
            },
            index=("state, given", "giver, given", "into", "holder"),
        ),
        Table(
            "draft",
            {
                "account": "text",
                "text": "text",
                "by": "text",
                "authors": "json",
                "made": "text",
                "changed": "text",
                "tip": "text",
                "of_post": "text",
                "alt": "text",
                "asked": "json",
                "others": "json",
                "answer": "text",
                "without": "integer",
                "state": "text",
                "approval": "text",
                "approver": "text",
                "note": "text",
                "post": "text",
            },
            index=("state, changed", "tip"),
        ),
        Table("policy", {"need": "text", "approvers": "text"}),
        Table(
            "subject",
            {"name": "text", "restricted": "integer", "words": "json", "approvers": "json", "champion": "text"},
        ),
        Table(
            "hashtag_use",
            {"tag": "text", "account": "text", "at": "text", "post": "text", "campaign": "text"},
            index=("tag, at", "post"),
        ),
        Table("hashtag_look", {"by": "text", "at": "text"}),
        Table("account_voice", {"voice": "json"}),
    ),
    Migration(
        "accounts on hold, and crises",
        Table("hold", {"since": "text", "by": "json"}),
        Table(
            "crisis",
            {
                "number": "integer",
                "said": "text",
                "declared": "text",
                "person": "text",
                "by": "text",
                "plan": "text",
                "kind": "text",
                "level": "text",
                "lead": "text",
                "backup_lead": "text",
                "guessed": "json",
                "stage": "text",
                "accounts": "json",
                "drill": "integer",
                "checklist": "integer",
                "pace": "integer",
                "people": "json",
                "suspects": "json",
                "heard": "json",
                "wishes": "json",
                "blanks": "json",
                "events": "json",
                "update_due": "text?",
                "ended": "text?",
                "ended_by": "text",
            },
            index=(
                "stage",
                "number",
            ),
        ),
        Table(
            "receipt",
            {
                "crisis": "text",
                "volunteer": "text",
                "why": "text",
                "due": "text",
                "told": "text?",
                "paths": "json",
                "answer": "text",
                "answered": "text?",
                "reminded": "integer",
                "stood_in": "text",
            },
            index=("crisis",),
        ),
        Table(
            "contact",
            {
                "name": "text",
                "volunteer": "text",
                "phone": "text",
                "second": "text",
                "asked": "text",
                "agreed": "text?",
                "reviewed": "text?",
            },
            index=("volunteer",),
        ),
        Table("seat", {"first": "text", "backup": "text"}),
        Table(
            "call",
            {
                "crisis": "text",
                "contact": "text",
                "name": "text",
                "why": "text",
                "by": "text",
                "made": "text",
                "due": "text",
                "tries": "json",
                "reached": "text?",
                "over": "integer",
                "moved": "integer",
                "voice": "integer",
            },
            index=("crisis",),
        ),
        Table(
            "turn",
            {"crisis": "text", "role": "text", "volunteer": "text", "since": "text", "until": "text?", "state": "text"},
            index=("crisis",),
        ),
        Table(
            "shift",
            {"crisis": "text", "people": "json", "since": "text", "until": "text", "seen": "json"},
            index=("crisis",),
        ),
        Table(
            "held",
            {
                "crisis": "text",
                "account": "text",
                "asked": "text",
                "hit": "integer",
                "stand_in": "text",
                "holding": "text?",
                "paused": "text",
                "clean": "integer?",
                "by": "text",
                "released_by": "json",
                "released": "text?",
            },
            index=("crisis",),
        ),
        Table(
            "job",
            {
                "crisis": "text",
                "step": "text",
                "who": "json",
                "opened": "text?",
                "due": "text?",
                "answer": "text",
                "done": "text?",
                "done_by": "text",
                "skipped": "text",
                "given": "text",
                "round": "integer",
                "told": "json",
            },
            index=("crisis",),
        ),
        Table(
            "log_entry",
            {
                "crisis": "text",
                "number": "integer",
                "at": "text",
                "noted": "text",
                "by": "text",
                "what": "text",
                "text": "text",
                "link": "text",
                "about": "text",
                "loud": "integer",
                "blanked": "text?",
                "blanked_by": "text",
                "blanked_why": "text",
            },
            index=("crisis",),
        ),
        Table(
            "protected",
            {"crisis": "text", "by": "text", "at": "text", "whole": "json", "parts": "json"},
            index=("crisis",),
        ),
        Table(
            "words",
            {
                "crisis": "text",
                "statement": "text",
                "text": "text",
                "by": "text",
                "at": "text",
                "approvals": "json",
                "ahead": "integer",
                "said": "json",
            },
            index=("crisis",),
        ),
        Table("ahead", {"digest": "text", "approvals": "json", "at": "text?"}),
        Table(
            "lesson",
            {
                "crisis": "text",
                "text": "text",
                "who": "text",
                "due": "text",
                "made": "text",
                "done": "text?",
                "done_by": "text",
            },
            index=("crisis",),
        ),
        Table(
            "playbook",
            {"number": "integer", "text": "text", "by": "text", "at": "text", "why": "text"},
            index=("number",),
        ),
        Table("upkeep", {"reviewed": "text?", "reviewed_by": "text", "card": "text", "card_made": "text?"}),
        Table("drill_consent", {"since": "text"}),
        Table("paper", {"markdown": "text", "html": "text", "made": "text"}),
    ),
    Migration(
        "roles that coordinate, and messages that did not arrive",
        MoreColumns("volunteer", {"mention": ("integer", 0)}),
        MoreColumns("identity", {"closed": "text?"}),
        Table("coordinating_group", {"name": "text", "by": "text", "since": "text"}),
        Table("missed", {"volunteer": "text", "since": "text", "card": "json"}, index=("volunteer",)),
    ),
    Migration(
        "sheets of accounts that wait for a yes",
        Table(
            "sheet",
            {
                "by": "text",
                "made": "text",
                "text": "text",
                "seen": "text",
                "head": "text",
                "label": "text",
                "lines": "json",
            },
        ),
    ),
    Migration("the parts of a card name their kind within", kinds_inside),
)
