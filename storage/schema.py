"""The tables, stated once, and the migrations that make them: append-only, named and recorded by words.

A topic states its tables in its own file of `storage/tables/`, and appends that ONE migration to `MIGRATIONS`:

    ACCOUNTS = Migration(
        "accounts and offers",
        Table(
            "account",
            {"name": "text", "owner": "text?", "followers": "integer", "themes": "json", "confirmed": "text?"},
            index=("owner", "status, name"),
        ),
        Table("hand_over", {"account": "text", "begun": "text", "steps": "json"}),
    )

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

Once released, a migration is never edited: append another one here, with `MoreColumns` or a function that is given the
`sqlite_utils.Database`, inside the migration's transaction:

    def _split_names(db: "Database") -> None: ...

    Migration("volunteers have a nickname", MoreColumns("volunteer", {"nickname": ("text", "")}), _split_names),
"""

from storage.retold import kinds_inside
from storage.shape import Migration, MoreColumns, Searchable, Table
from storage.tables.accounts import ACCOUNTS
from storage.tables.crisis import CRISIS
from storage.tables.drafting import DRAFTING
from storage.tables.posting import POSTING
from storage.tables.queues import QUEUES
from storage.tables.team import TEAM

__all__ = ["MIGRATIONS", "Migration", "MoreColumns", "Searchable", "Table"]

MIGRATIONS: tuple[Migration, ...] = (
    QUEUES,
    TEAM,
    ACCOUNTS,
    POSTING,
    Migration(
        "messages under others, and whom they may notify",
        MoreColumns("outbox", {"under": ("text", ""), "mentions": ("text", "[]")}),
    ),
    Migration(
        "the team chosen in direct messages",
        Table("chosen", {"at": "text"}, across=("id",)),
    ),
    DRAFTING,
    CRISIS,
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
    Migration("what next Friday means in a tip", MoreColumns("tip", {"week": "text?"})),
    Migration("since when a draft waits for approval", MoreColumns("draft", {"waits": "text?"})),
    Migration(
        "steps whose answers are set right, and words that are stopped",
        MoreColumns("job", {"again": ("integer", 0), "set_off": ("json", "{}")}),
        MoreColumns("words", {"stopped": "text?"}),
    ),
    Migration(
        "what the lead is asked about the plan's notices",
        Table(
            "question",
            {
                "crisis": "text",
                "to": "text",
                "when": "text",
                "due": "text",
                "wake": "integer",
                "asked": "json",
                "answer": "text",
                "by": "text",
                "at": "text?",
            },
            index=("crisis",),
        ),
    ),
)
