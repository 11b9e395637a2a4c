"""Hypothesis strategies for cards and forms of any size, with all that people may type in them."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.core.chat import (
    CHOICE_LIMIT,
    CODE_LIMIT,
    FIELD_LIMIT,
    LABEL_LIMIT,
    Block,
    Button,
    Card,
    Choice,
    Control,
    Facts,
    Field,
    Form,
    Inline,
    Kind,
    Link,
    LinkButton,
    Moment,
    Note,
    Person,
    Picture,
    Place,
    Row,
    Rows,
    Strong,
    Style,
    Text,
    Tick,
    Ticks,
    Words,
)

NASTY = (
    "<!channel> <@U123> <#C1|x> <https://evil.example|bank>",
    "@everyone @here <@!1> <@&2> <t:0:R> </home:1>",
    "[click](https://evil.example) **bold** _it_ ~~no~~ `code` ```block``` ||spoiler|| > quote # title",
    "&lt;b&gt; & <b>bold</b> <script>alert(1)</script>",
    "\x1b[2J\x1b]0;owned\x07\x1b]8;;https://evil.example\x1b\\click",
    "\x9b31mred\x9d0;owned\x9c\x00\x7f\b\b\b",
    "\u202egnp.exe \u2066inner\u2069 \u200fmark \u061cmark",
    "first line\r\n[1] Press me\rover\x85next\u2028sep\u2029para",
    "'; DROP TABLE account; -- \" %s {0} ${x} \\",
    "=HYPERLINK(1) +1 -1",
    "👩‍👩‍👧 🏴 é ﷽ שלום مرحبا 日本語のアカウント",
    "https://example.org/a_very/long/path?with=many&values=1#and-a-part",
    "a\tb\n\n  c\n- d",
    "lone \ud800 half",
    "",
)

texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=40),
    st.text(st.characters(codec="utf-8"), max_size=200),
    st.builds(
        lambda word, times: " ".join([word] * times), st.sampled_from(["word", "日本", "x" * 70]), st.integers(1, 60)
    ),
)
"""What people type: plain, long, and meant to do harm."""

labels = st.one_of(
    st.sampled_from(["Snooze pw-fb", "Posted it · nmig-x", "I’m away", "Yes", "x" * LABEL_LIMIT, "日" * LABEL_LIMIT]),
    st.text(st.characters(categories=["L", "N", "P", "S"], codec="utf-8"), min_size=1, max_size=LABEL_LIMIT),
)
"""What stands on a button: Steward's own words, though they may name things that people named."""

ids = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12).filter(lambda word: word != "-")
values = st.dictionaries(ids, st.one_of(ids, st.sampled_from(["next week", "ü", "a=b&c", "50 %", '"', ""])), max_size=3)
commands = st.sampled_from(["home", "posted", "tip add", "snooze"])
urls = ids.map(lambda word: f"https://example.org/{word}?a=1&b=2")
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
buttons = (
    st.tuples(labels, commands, values, st.sampled_from(Style), st.sampled_from(["", "Take nmig-x off the list?"]))
    .filter(lambda one: len(Button("x", one[1]).code.encode()) + _encoded(one[2]) <= CODE_LIMIT)
    .map(lambda one: Button(*one))
)


def _encoded(given: dict[str, str]) -> int:
    """The most that these values can take in a button's code."""
    return sum(len(name) + 3 * len(value.encode()) + 2 for name, value in given.items())


def choices(label: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """(value, label) pairs, each value once."""
    pairs = st.lists(st.tuples(ids, label), min_size=1, max_size=CHOICE_LIMIT, unique_by=lambda pair: pair[0])
    return pairs.map(tuple)


controls: st.SearchStrategy[Control] = st.one_of(
    buttons,
    st.builds(LinkButton, labels, urls),
    st.builds(Choice, labels, commands, st.just("until"), choices(labels)),
)


def inlines(network: str) -> st.SearchStrategy[Inline]:
    """The parts of a text."""
    house = "" if network == "console" else "T1/"
    return st.one_of(
        texts,
        texts.map(Strong),
        st.builds(Link, st.one_of(st.just(""), labels), urls),
        moments.map(Moment),
        ids.map(lambda word: Person(f"{network}:{house}{word}")),
        ids.map(lambda word: Place(f"{network}:{house}{word}")),
    )


def prose(network: str) -> st.SearchStrategy[Text]:
    """A text of one part or several."""
    return st.one_of(texts, st.lists(inlines(network), max_size=4).map(tuple))


def blocks(network: str) -> st.SearchStrategy[Block]:
    """A block of any kind and size."""
    text = prose(network)
    rows = st.builds(Row, text, st.one_of(st.just(""), text), st.lists(controls, max_size=3).map(tuple))
    ticks = st.builds(Tick, text, st.booleans(), st.one_of(st.none(), buttons))
    return st.one_of(
        st.builds(Words, text),
        st.builds(Note, text),
        st.builds(Facts, st.lists(st.tuples(texts, text), max_size=12).map(tuple)),
        st.builds(Rows, st.lists(rows, max_size=10).map(tuple), st.integers(1, 99), st.integers(0, 200)),
        st.builds(Ticks, st.lists(ticks, max_size=12).map(tuple)),
        st.builds(Picture, ids.map(lambda word: f"{word}.png"), st.just(b"\x89PNG"), texts),
    )


def cards(network: str) -> st.SearchStrategy[Card]:
    """A card of any size."""
    return st.builds(
        Card,
        texts,
        st.one_of(st.just(""), prose(network)),
        st.lists(blocks(network), max_size=5).map(tuple),
        st.lists(controls, max_size=5).map(tuple),
    )


fields = st.builds(
    Field,
    ids,
    st.one_of(labels, texts.filter(str.strip)),
    st.sampled_from([Kind.TEXT, Kind.LONG, Kind.CHOICE, Kind.PERSON, Kind.DATE, Kind.NUMBER]),
    st.booleans(),
    texts,
    st.one_of(st.just(""), ids),
    st.one_of(st.just(()), choices(labels)),
    st.one_of(st.just(""), texts),
)

forms = st.builds(
    Form,
    labels.map(lambda label: label[:24]),
    commands,
    st.lists(fields, min_size=1, max_size=FIELD_LIMIT, unique_by=lambda field: field.name).map(tuple),
    st.just({}),
    texts,
)
