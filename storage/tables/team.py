"""The tables of the team, as first released."""

from storage.shape import Migration, Table

TEAM = Migration(
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
)
