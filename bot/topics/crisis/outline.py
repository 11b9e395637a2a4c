"""A plan as the topic uses it: levels, kinds, steps with what each asks, and the conditions between them. All pure."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

LEVELS = ("S1", "S2", "S3")


class Ask(StrEnum):
    """What a step wants to know."""

    TEXT = "text"
    CHOICE = "choice"
    LINK = "link"
    COUNT = "count"
    HOLDING = "holding"
    PAUSED = "paused"
    CLEAN = "clean"
    APPROVALS = "approvals"
    ROLES = "roles"
    VOICE = "voice"


BY_OTHERS = frozenset({Ask.HOLDING, Ask.PAUSED, Ask.CLEAN, Ask.APPROVALS, Ask.ROLES, Ask.VOICE})
"""What people's other words settle: such a step is done once they say so, and open again if they say so no longer."""


class Role(Struct, frozen=True):
    """A role of the plan: its id, its name, what it does."""

    id: str
    name: str
    job: str


class Severity(Struct, frozen=True):
    """A level: `ack` and `update` are minutes; `night` says whose quiet hours give way: none, some, all."""

    id: str
    name: str
    test: str
    ack: int
    update: int
    night: str
    private: bool = False


class Notice(Struct, frozen=True):
    """Somebody on a kind's list: minutes, words of a condition, and whether only the phone may be used."""

    to: str
    by: int
    when: str = ""
    phone_only: bool = False
    at_night: str = ""


class Step(Struct, frozen=True):
    """One step. `by` is minutes by level; `rel` names the event that they count from, empty for the declaration.

    `gate` is a condition without which it does not open, `when` one without which it is not needed. `approved` says
    that its words need two approvals first. `opens` are the events that an answer sets off (`done`: any answer of a
    step without choices); a step that repeats does so `until` one of these answers; `two` are answers that the lead
    and one other have to agree on.
    """

    id: str
    role: str
    do: str
    done: str
    by: Mapping[str, int]
    rel: str = ""
    office: bool = False
    gate: str = ""
    when: str = ""
    repeat: int = 0
    ask: Ask = Ask.TEXT
    choices: tuple[str, ...] = ()
    approved: bool = False
    until: tuple[str, ...] = ()
    opens: Mapping[str, str] = field(default_factory=dict)
    two: tuple[str, ...] = ()


class Statement(Struct, frozen=True):
    """Public words with blanks; `id` is `kind.name`."""

    id: str
    name: str
    text: str
    gate: str = ""
    ahead: bool = False


class Kind(Struct, frozen=True):
    """A kind of crisis, or a checklist. `public` is the condition for every public word that has none of its own.

    `private` are the levels at which only its own people know of such a crisis.
    """

    id: str
    signs: tuple[str, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    notify: tuple[Notice, ...] = ()
    steps: tuple[Step, ...] = ()
    say: tuple[Statement, ...] = ()
    do: tuple[str, ...] = ()
    dont: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    checklist: bool = False
    public: str = ""
    private: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`Hijacked account`."""
        return self.id.replace("_", " ").capitalize()


class Plan(Struct, frozen=True):
    """A team's whole plan."""

    roles: tuple[Role, ...]
    outside: tuple[Role, ...]
    severities: Mapping[str, Severity]
    rungs: Mapping[str, tuple[tuple[str, int], ...]]
    first: tuple[Step, ...]
    safety: tuple[Step, ...]
    kinds: Mapping[str, Kind]
    review_days: Mapping[str, int]

    def severity(self, level: str) -> Severity:
        """The level."""
        return self.severities[level]

    def is_private(self, kind: str, level: str) -> bool:
        """Does a crisis of that kind and level concern its own people only?"""
        found = self.kinds.get(kind)
        return self.severities[level].private or (found is not None and level in found.private)

    def escalation(self, level: str) -> tuple[tuple[str, int], ...]:
        """What is tried while somebody does not answer, and after how many minutes."""
        return self.rungs.get(level, ())

    def kind(self, id: str) -> Kind | None:
        """The kind, None for one that the plan does not have."""
        return self.kinds.get(id)

    def steps(self, kind: str, *, safety: bool) -> tuple[Step, ...]:
        """Every step: the first ones, those of the safety branch where it is open, those of the kind."""
        own = self.kinds[kind].steps if kind in self.kinds else ()
        return (*self.first, *(self.safety if safety else ()), *own)

    def statements(self, kind: str = "") -> tuple[Statement, ...]:
        """The public statements of a kind, or of all."""
        return tuple(one for each in self.kinds.values() if kind in ("", each.id) for one in each.say)
