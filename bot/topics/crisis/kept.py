"""What is kept between crises: contacts and seats, plans, words approved ahead, consents, lessons and reviews."""

from datetime import date, datetime

from msgspec import Struct


class Contact(Struct, frozen=True):
    """How to phone somebody; `id` is the volunteer's, or one of its own for a person outside the team.

    The numbers are shown only once they have `agreed`, and only to the people of a crisis. `asked` is who set them.
    """

    id: str
    name: str
    volunteer: str = ""
    phone: str = ""
    second: str = ""
    asked: str = ""
    agreed: datetime | None = None
    reviewed: datetime | None = None


class Seat(Struct, frozen=True):
    """Who has a role of the plan, before anything happens; `id` is the role. Both are ids of contacts."""

    id: str
    first: str = ""
    backup: str = ""


class Ahead(Struct, frozen=True):
    """A statement of the plan that was approved before anything happened; `id` is `kind/statement`.

    `digest` is of its exact text, so that a changed plan needs new approvals.
    """

    id: str
    digest: str
    approvals: tuple[str, ...] = ()
    at: datetime | None = None


class Lesson(Struct, frozen=True):
    """A change to the plan that a crisis has taught, with who sees to it and until when."""

    id: str
    crisis: str
    text: str
    who: str
    due: date
    made: datetime
    done: datetime | None = None
    done_by: str = ""


class Playbook(Struct, frozen=True):
    """One version of a team's plans, as YAML; `id` is `v1`, `v2`, …; the text never changes."""

    id: str
    number: int
    text: str
    by: str
    at: datetime
    why: str = ""


class Upkeep(Struct, frozen=True):
    """What the team keeps up between crises; its one record has the id `crisis`.

    `reviewed` is when somebody last went through the roster and the plans. `card` is the printed card as it stands.
    """

    id: str
    reviewed: datetime | None = None
    reviewed_by: str = ""
    card: str = ""
    card_made: datetime | None = None


class DrillConsent(Struct, frozen=True):
    """A volunteer (their id) who agreed to drills, and when."""

    id: str
    since: datetime


class Paper(Struct, frozen=True):
    """A review as it was made; `id` is the crisis'."""

    id: str
    markdown: str
    html: str
    made: datetime
