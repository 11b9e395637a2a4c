"""The neutral words: what people ask of Steward and what it answers, on every chat network alike.

A `str` in a card is always literal text. Only the values in `Inline` that are not `str` become markup, so nothing
that a person typed can ping, link or format.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from bot.core.codes import coded, typed

LABEL_LIMIT = 75  # characters of a button's label (Slack 75, Discord 80)
CODE_LIMIT = 89  # bytes of an encoded button (Discord's custom_id holds 100: a team, a sign, and this)
CHOICE_LIMIT = 25  # choices of one select (Discord 25, Slack 100)
FIELD_LIMIT = 5  # fields of one form (Discord 5)
FORM_TITLE_LIMIT = 24  # characters of a form's title (Slack 24, Discord 45)


class _Address(Struct, frozen=True):
    id: str

    @property
    def network(self) -> str:
        """The network's name: the part before the colon."""
        return self.id.partition(":")[0]

    @property
    def house(self) -> str:
        """The workspace or server: the part before the slash, `slack:T1`."""
        return self.id.partition("/")[0]


class Person(_Address, frozen=True, tag=True):
    """Somebody on a chat network: `slack:T1/U2`. The id carries its network."""


class Place(_Address, frozen=True, tag=True):
    """A channel, or wherever a command was typed: `discord:G1/C9`. The id carries its network.

    Direct messages that belong to no server are a house of their own, `discord:dm-U2/C9`.
    """

    @property
    def homeless(self) -> bool:
        """Does it belong to no workspace or server?"""
        return self.house.partition(":")[2].startswith("dm-")


class Link(Struct, frozen=True, tag=True):
    """A link to `url`, shown as `label`."""

    label: str
    url: str


class Moment(Struct, frozen=True, tag=True):
    """A point in time (aware UTC), shown to each reader in their own time zone."""

    at: datetime


class Strong(Struct, frozen=True, tag=True):
    """A short piece of literal text that stands out where the network can show it."""

    text: str


Inline = str | Person | Place | Link | Moment | Strong
Text = str | tuple[Inline, ...]


class Style(StrEnum):
    """How a button looks; what it means is always in its label."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


class Button(Struct, frozen=True, tag=True):
    """A label that names its object, and the command that pressing it types.

    `values` are raw option values: ids and short words. `confirm` is a question asked before something that is
    destructive or public. The encoded form keeps to 89 bytes, or ValueError.
    """

    label: str
    command: str
    values: Mapping[str, str] = field(default_factory=dict)
    style: Style = Style.PLAIN
    confirm: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.label) <= LABEL_LIMIT:
            raise ValueError(f"a button's label has 1 to {LABEL_LIMIT} characters: {self.label!r}")
        if len(self.code.encode()) > CODE_LIMIT:
            raise ValueError(f"a button's code keeps to {CODE_LIMIT} bytes: {self.code!r}")

    @property
    def code(self) -> str:
        """The button as one short string, to be carried in a network's control id."""
        return coded(self.command, self.values)

    @property
    def typed(self) -> str:
        """What a person types to do the same."""
        return typed(self.command, self.values)


class LinkButton(Struct, frozen=True, tag=True):
    """A button that opens a web page."""

    label: str
    url: str


class Choice(Struct, frozen=True, tag=True):
    """One option of a command, chosen from a list: (value, label) pairs, at most 25."""

    label: str
    command: str
    option: str
    choices: tuple[tuple[str, str], ...]
    values: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 < len(self.choices) <= CHOICE_LIMIT:
            raise ValueError(f"a choice offers 1 to {CHOICE_LIMIT} things: {self.label!r}")

    def pick(self, value: str) -> Button:
        """The button that choosing `value` stands for."""
        label = dict(self.choices)[value]
        return Button(label, self.command, {**self.values, self.option: value})


Control = Button | LinkButton | Choice


class Words(Struct, frozen=True, tag=True):
    """A paragraph."""

    text: Text


class Facts(Struct, frozen=True, tag=True):
    """Short pairs of a name and a value."""

    pairs: tuple[tuple[str, Text], ...]


class Row(Struct, frozen=True):
    """One thing of a list: a line, a smaller line under it, and the buttons that belong to it."""

    text: Text
    detail: Text = ""
    controls: tuple[Control, ...] = ()


class Rows(Struct, frozen=True, tag=True):
    """A page of a list. `first` is the number of its first row, `total` the length of the whole list."""

    rows: tuple[Row, ...]
    first: int = 1
    total: int = 0

    @property
    def counted(self) -> str:
        """The page in words, `1–10 of 37`, or nothing where it is the whole list."""
        shown = len(self.rows)
        return f"{self.first}–{self.first + shown - 1} of {self.total}" if self.total > shown else ""


class Tick(Struct, frozen=True):
    """One step of a checklist; `mark` is the button that ticks it or takes the tick back."""

    text: Text
    done: bool
    mark: Button | None = None


class Ticks(Struct, frozen=True, tag=True):
    """A checklist."""

    ticks: tuple[Tick, ...]


class Picture(Struct, frozen=True, tag=True):
    """An image, with the text that says the same to those who don't see it."""

    name: str
    data: bytes
    alt: str


class Note(Struct, frozen=True, tag=True):
    """A small remark."""

    text: Text


Block = Words | Facts | Rows | Ticks | Picture | Note


class Card(Struct, frozen=True):
    """What Steward shows. `summary` is the first line and the notification: what, for whom and when."""

    title: str
    summary: Text = ""
    blocks: tuple[Block, ...] = ()
    controls: tuple[Control, ...] = ()


class Kind(StrEnum):
    """How a form asks for a value; every surface may fall back on plain text."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    PERSON = "person"
    DATE = "date"
    NUMBER = "number"
    FILE = "file"
    PLACE = "place"  # a channel; the value is its id
    GROUP = "group"  # a role that the network gives to people; the value is its id


class Field(Struct, frozen=True):
    """One question of a form. `choices` are (value, label) pairs; `error` is what was wrong with `value`."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = True
    hint: str = ""
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    error: str = ""


class Form(Struct, frozen=True):
    """What a command still has to know: submitting it is typing the command. At most five fields."""

    title: str
    command: str
    fields: tuple[Field, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    intro: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.fields) <= FIELD_LIMIT:
            raise ValueError(f"a form has 1 to {FIELD_LIMIT} fields: {self.command!r}")


Reply = Card | Form


class Request(Struct, frozen=True):
    """Something a person did: typed a command, pressed a button, submitted a form, opened their home.

    `text` holds words as typed, when the network does not split them into options itself: the router does it then.
    `delivery` is the network's id of this event: the same one arriving again is not done again.
    `suggested_zone` is the IANA zone of the person's profile, where the network tells it. `form` says that this is a
    submitted form: a refusal then comes back as the form with the sentence at its field. `administrator` says that the
    network lets this person administrate the workspace or server, `owner` that it is theirs, `groups` which of the
    network's roles they hold there (`discord:G1/R5`). `team` is the team of the message whose button was pressed, for
    people who belong to several.
    """

    who: Person
    where: Place
    command: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    delivery: str = ""
    shown_name: str = ""
    suggested_zone: str = ""
    form: bool = False
    administrator: bool = False
    groups: tuple[str, ...] = ()
    team: str = ""
    owner: bool = False


class Message(Struct, frozen=True):
    """What others should see: a card for a person or a place. The same key with a new card is an edit.

    `under` is the key of an earlier message at the same place, in whose thread (or as an answer to which) this one
    stands. `mentions` are the only people whom a card in a channel may notify by their name.
    """

    to: Person | Place
    key: str
    card: Card
    under: str = ""
    mentions: tuple[Person, ...] = ()
