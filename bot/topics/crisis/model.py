"""What is kept of a crisis: what was seen, who was told and answered, who does what, and what was said."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field


class Stage(StrEnum):
    """Where a crisis stands."""

    OPEN = "open"
    CLOSED = "closed"
    FALSE_ALARM = "false-alarm"


class Crisis(Struct, frozen=True):
    """A crisis, a drill of one, or a checklist that is being gone through.

    `said` is what the declarer saw, in their words; `person` is who they are on their network, `by` their volunteer (or
    empty). `plan` is the id of the `Playbook` that it started with, and keeps. `kind` and `level` are the plan's;
    `guessed` names those of kind, level and accounts that were suggested and that nobody has confirmed. `accounts` are
    the ids of those hit. `pace` divides every span of time (a drill's faster clock); `people` are, in a drill, all whom
    it may reach. `suspects` are volunteers whose chat account does not count until somebody has heard their voice;
    `heard` are those who were. `wishes` are decisions that need two people, with who has already said so.
    `blanks` are the facts that statements are filled with. `events` say when something happened that steps count from.
    """

    id: str
    number: int
    said: str
    declared: datetime
    person: str
    by: str
    plan: str
    kind: str
    level: str
    lead: str = ""
    backup_lead: str = ""
    guessed: tuple[str, ...] = ()
    stage: Stage = Stage.OPEN
    accounts: tuple[str, ...] = ()
    drill: bool = False
    checklist: bool = False
    pace: int = 1
    people: tuple[str, ...] = ()
    suspects: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    wishes: Mapping[str, str] = field(default_factory=dict)
    blanks: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, datetime] = field(default_factory=dict)
    update_due: datetime | None = None
    ended: datetime | None = None
    ended_by: str = ""

    @property
    def is_open(self) -> bool:
        """Does it still go on?"""
        return self.stage is Stage.OPEN


class Answer(StrEnum):
    """What somebody who was alarmed has said."""

    NONE = "none"
    SEEN = "seen"
    GOT = "got"
    CANT = "cant"


class Receipt(Struct, frozen=True):
    """One person on the list of one crisis, kept for good; `id` is the crisis' and the volunteer's.

    `why` says in words what they are to it ("lead, owner of pw-fb"). `due` is when their alarm goes out, `told` when it
    did. `paths` are the ways that were tried, in order. `stood_in` is the backup who was asked in their place.
    """

    id: str
    crisis: str
    volunteer: str
    why: str
    due: datetime
    told: datetime | None = None
    paths: tuple[str, ...] = ()
    answer: Answer = Answer.NONE
    answered: datetime | None = None
    reminded: int = 0
    stood_in: str = ""

    @property
    def has_answered(self) -> bool:
        """Has this person given a sign of life?"""
        return self.answer is not Answer.NONE


class Call(Struct, frozen=True):
    """Somebody is to be phoned by a named volunteer (`by`), and says whether they were reached.

    `tries` are the times at which nobody answered; the second number comes after the first.
    """

    id: str
    crisis: str
    contact: str
    name: str
    why: str
    by: str
    made: datetime
    due: datetime
    tries: tuple[datetime, ...] = ()
    reached: datetime | None = None
    over: bool = False
    moved: bool = False
    voice: bool = False


class Question(Struct, frozen=True):
    """Whether a notice of the plan applies, which only people can judge: put before whoever leads.

    `to` is who would be told, `when` the plan's words for when; `wake` asks whether those are to be woken for it. `due`
    is when the plan wants them told; `asked` names whoever was asked. `answer` is tell or not-now, empty until somebody
    has said; what was put off can still be told.
    """

    id: str
    crisis: str
    to: str
    when: str
    due: datetime
    wake: bool = False
    asked: tuple[str, ...] = ()
    answer: str = ""
    by: str = ""
    at: datetime | None = None


class Turn(Struct, frozen=True):
    """Somebody has a role in a crisis from then to then."""

    id: str
    crisis: str
    role: str
    volunteer: str
    since: datetime
    until: datetime | None = None
    state: str = ""


class Shift(Struct, frozen=True):
    """Two people on duty from then to then. `seen` are those who have said that they know of it."""

    id: str
    crisis: str
    people: tuple[str, ...]
    since: datetime
    until: datetime
    seen: tuple[str, ...] = ()


class Held(Struct, frozen=True):
    """An account in the scope of a crisis; `id` is the crisis' and the account's.

    `holding` is when its keeper said that nothing more is posted, `paused` what became of posts that are queued
    elsewhere, `clean` whether its admins, devices and apps were found to be in order. `stand_in` acts for an owner who
    is missing or under suspicion. `released_by` are those who have said that it may go on: its owner (or stand-in) and
    one other are needed.
    """

    id: str
    crisis: str
    account: str
    asked: datetime
    hit: bool = False
    stand_in: str = ""
    holding: datetime | None = None
    paused: str = ""
    clean: bool | None = None
    by: str = ""
    released_by: tuple[str, ...] = ()
    released: datetime | None = None


class Job(Struct, frozen=True):
    """One step of the plan in one crisis; `id` is the crisis' and the step's.

    `who` has it now; `given` is somebody to whom the lead gave it. `answer` is what was told, `set_off` the event that
    this answer set off, and when. `told` are the notices that went out about its being late, so that none goes out
    twice. `round` counts a step that comes again, `again` how often it opened anew for another reason.
    """

    id: str
    crisis: str
    step: str
    who: tuple[str, ...] = ()
    opened: datetime | None = None
    due: datetime | None = None
    answer: str = ""
    done: datetime | None = None
    done_by: str = ""
    skipped: str = ""
    given: str = ""
    round: int = 0
    told: tuple[str, ...] = ()
    again: int = 0
    set_off: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def occasion(self) -> int:
        """Which time it is that the step is open: each has notices of its own."""
        return self.round + self.again

    @property
    def has_answer(self) -> bool:
        """Was it reported on, though it may come again?"""
        return self.done is not None or self.round > 0


class LogEntry(Struct, frozen=True):
    """One line of a crisis' log: only ever added, though its text can be blanked, with who did so and why.

    `at` is when it happened, `noted` when it was told; `by` is a volunteer's id, empty for Steward itself. `what` is a
    short word for what kind of thing happened, that the figures of the review are made of; `about` is the step or
    account that it is about. A `loud` one also stands in the board's thread.
    """

    id: str
    crisis: str
    number: int
    at: datetime
    noted: datetime
    by: str
    what: str
    text: str
    link: str = ""
    about: str = ""
    loud: bool = False
    blanked: datetime | None = None
    blanked_by: str = ""
    blanked_why: str = ""


class Protected(Struct, frozen=True):
    """A name (of who complained, or is at risk) that no text of a crisis repeats: kept as digests only; see `names`."""

    id: str
    crisis: str
    by: str
    at: datetime
    whole: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class Words(Struct, frozen=True):
    """A public statement: the plan's, with its blanks filled, or somebody's own.

    `approvals` are the volunteers who approved exactly this `text`: a changed character voids them. `said` are the
    links at which it is out, by account. `stopped` is since when it may not go out, though it was approved: what the
    plan wants first, such as the library's consent, is so no longer.
    """

    id: str
    crisis: str
    statement: str
    text: str
    by: str
    at: datetime
    approvals: tuple[str, ...] = ()
    ahead: bool = False
    said: Mapping[str, str] = field(default_factory=dict)
    stopped: datetime | None = None


class Moved(Struct, frozen=True):
    """Something changed in the crisis with this id that its steps hang on: they are looked at again."""

    crisis: str
