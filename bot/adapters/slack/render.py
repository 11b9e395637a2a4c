"""A card as Block Kit: pure, total, and within every limit; what is too long becomes several messages."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from bot.adapters.slack.controls import Controls, Json, mrkdwn, plain_text, rows, squeezed
from bot.adapters.slack.mrkdwn import NOBODY, STOP, bold, escape, is_plain, marked, packed, pieces, tidy
from bot.core.chat import Block, Card, Control, Facts, Note, Picture, Row, Rows, Text, Tick, Ticks, Words

MESSAGE_BLOCKS = 50  # blocks of a message
VIEW_BLOCKS = 100  # blocks of a form or a home tab
TEXT_LIMIT = 4000  # characters of a message's own text, which says everything for screen readers and notifications
SECTION_LIMIT = 3000  # characters of a section's text
FIELD_LIMIT = 2000  # characters of one of a section's fields, and of a text in a context block
FIELDS = 10  # fields of a section
HEADER_LIMIT = 150  # characters of a header
ALT_LIMIT = 800  # characters of a picture's text: with each sign escaped, it fits a message's own text

SPARE = 100  # characters kept free for signs that stop markup where two words meet

EMPTY = "–"  # what a card without a word shows: Slack takes no empty message
DONE, TO_DO = "✅", "⬜"
_WORDS = re.compile(r"\s{1,200}|\S{1,200}")


class Part(Struct, frozen=True):
    """One message: its blocks, and the same as text. With a picture, they are what goes in its place."""

    text: str
    blocks: tuple[Json, ...] = ()
    picture: Picture | None = None


class _Unit(Struct, frozen=True):
    """What stays together: blocks, and what they say."""

    blocks: tuple[Json, ...]
    said: str = ""
    picture: Picture | None = None


def render(card: Card, names: Mapping[str, str] = NOBODY) -> tuple[Part, ...]:
    """The messages that show a card, usually one. People in `names` (by id) are named there, not mentioned."""
    return tuple(_messages(_units(card, names)))


def render_view(card: Card, names: Mapping[str, str] = NOBODY) -> tuple[tuple[Json, ...], ...]:
    """The same for a home tab or a form, page by page. Of a picture, only its words are shown there."""
    pages: list[list[Json]] = [[]]
    for unit in _units(card, names):
        blocks = unit.blocks
        if unit.picture is not None:
            blocks = _words_of(unit.picture)
        for block in blocks:
            if len(pages[-1]) == VIEW_BLOCKS - 1:  # a block is left for the buttons that turn the pages
                pages.append([])
            pages[-1].append(block)
    return tuple(tuple(page) for page in pages)


def alt_of(picture: Picture) -> str:
    """What a picture says to those who don't see it, as far as Slack has room for it beside the picture itself."""
    return tidy(picture.alt).strip()[:ALT_LIMIT]


def _words_of(picture: Picture) -> tuple[Json, ...]:
    return tuple(_context(packed(pieces(alt_of(picture)), FIELD_LIMIT)))


def _units(card: Card, names: Mapping[str, str]) -> list[_Unit]:
    found = list(_Renderer(names).units(card))
    return found or [_Unit((_section(plain_text(EMPTY)),), EMPTY)]


def _messages(units: Sequence[_Unit]) -> Iterator[Part]:
    """Units in as few messages as hold them, in order; a picture is a message of its own."""
    blocks: list[Json] = []
    said = ""
    for unit in units:
        full = len(blocks) + len(unit.blocks) > MESSAGE_BLOCKS or len(said) + len(unit.said) + 1 > TEXT_LIMIT
        if blocks and (full or unit.picture is not None):
            yield Part(said.strip("\n") or EMPTY, tuple(blocks))
            blocks, said = [], ""
        if unit.picture is not None:
            yield Part(unit.said or EMPTY, _words_of(unit.picture), unit.picture)
        else:
            blocks += unit.blocks
            said += f"{unit.said}\n"
    if blocks:
        yield Part(said.strip("\n") or EMPTY, tuple(blocks))


class _Renderer(Struct):
    """Renders one card: what it gives its controls is unique among them."""

    names: Mapping[str, str]
    controls: Controls = field(default_factory=Controls)

    def units(self, card: Card) -> Iterator[_Unit]:
        title = squeezed(card.title)
        if 0 < len(title) <= HEADER_LIMIT:
            yield _Unit(({"type": "header", "text": plain_text(title)},), escape(title))
        elif title:
            yield from _paragraph(title)
        yield from self._prose(card.summary)
        for block in card.blocks:
            yield from self._block(block)
        yield from self._together((), card.controls)

    def _block(self, block: Block) -> Iterator[_Unit]:
        match block:
            case Words(text):
                yield from self._prose(text)
            case Note(text):
                yield from self._small(text)
            case Facts(pairs):
                yield from self._facts(pairs)
            case Rows():
                yield from self._small(block.counted)
                for number, row in enumerate(block.rows, block.first):
                    yield from self._row(number, row)
            case Ticks(ticks):
                for tick in ticks:
                    yield from self._tick(tick)
            case Picture():
                yield from self._picture(block)

    def _prose(self, text: Text) -> Iterator[_Unit]:
        """A paragraph. What is all literal stays so, sign by sign, so that it can be copied."""
        if isinstance(text, str):
            yield from _paragraph(tidy(text))
        else:
            yield from _sections(pieces(text, self.names))

    def _small(self, text: Text) -> Iterator[_Unit]:
        if is_plain(text) and len(marked(text)) <= FIELD_LIMIT:
            literal = plain_text(tidy(str(text)))
            yield _Unit(({"type": "context", "elements": [literal]},), marked(text))
            return
        said = list(packed(pieces(text, self.names), FIELD_LIMIT))
        for block, part in zip(_context(said), filter(_visible, said), strict=True):
            yield _Unit((block,), part)

    def _facts(self, pairs: Sequence[tuple[str, Text]]) -> Iterator[_Unit]:
        """Names and values side by side; one that is too long for that gets a section of its own."""
        held: list[tuple[Json, str]] = []
        for name, value in pairs:
            head, told = bold(squeezed(name)), marked(value, self.names)
            said = "\n".join(part for part in (head, told) if _visible(part))
            if len(said) > FIELD_LIMIT:
                yield from _fields(held)
                held = []
                yield from _sections([*pieces(name), "\n", *pieces(value, self.names)])
            elif said and is_plain(f"{name}\n{value}" if isinstance(value, str) else value):
                held.append((plain_text(f"{squeezed(name)}\n{tidy(str(value))}".strip()), said))
            elif said:
                held.append((mrkdwn(said), said))
        yield from _fields(held)

    def _row(self, number: int, row: Row) -> Iterator[_Unit]:
        *before, last = self._line(f"{number}.", row.text)
        yield from before
        small = list(self._small(row.detail))
        yield from self._together((last, *small), row.controls)

    def _line(self, sign: str, text: Text) -> list[_Unit]:
        """A text behind its number or sign."""
        if is_plain(text):
            return list(_paragraph(f"{sign} {tidy(str(text))}"))
        return list(_sections([f"{sign} ", *pieces(text, self.names)]))

    def _tick(self, tick: Tick) -> Iterator[_Unit]:
        sign = DONE if tick.done else TO_DO
        *before, last = self._line(sign, tick.text)
        yield from before
        yield from self._together((last,), (tick.mark,) if tick.mark else ())

    def _together(self, texts: Sequence[_Unit], controls: Sequence[Control]) -> Iterator[_Unit]:
        """Texts and the controls that belong to them, in one message where that is possible; one stands beside it."""
        units = list(texts)
        made = self.controls.made(controls)
        if len(made) == 1 and len(units) == 1 and made[0].element and not made[0].before:
            beside = {**units[0].blocks[0], "accessory": made[0].element}
            units = [_Unit((beside,), f"{units[0].said}\n{made[0].said}")]
        else:
            units += [_Unit(blocks, said) for blocks, said in rows(made)]
        whole = _Unit(tuple(block for unit in units for block in unit.blocks), "\n".join(unit.said for unit in units))
        if whole.blocks and len(whole.blocks) <= MESSAGE_BLOCKS and len(whole.said) < TEXT_LIMIT:
            yield whole
        else:
            yield from units

    def _picture(self, picture: Picture) -> Iterator[_Unit]:
        yield _Unit((), escape(alt_of(picture)), picture)
        if len(picture.alt) > ALT_LIMIT:  # all of it, below; the picture itself says its beginning
            yield from self._small(tidy(picture.alt).strip())


def _visible(text: str) -> bool:
    return bool(text.replace(STOP, "").strip())


def _section(text: Json) -> Json:
    return {"type": "section", "text": text}


def _sections(atoms: Sequence[str]) -> Iterator[_Unit]:
    for part in packed(atoms, SECTION_LIMIT):
        if _visible(part):
            yield _Unit((_section(mrkdwn(part.strip("\n"))),), part)


def _paragraph(text: str) -> Iterator[_Unit]:
    """Literal text, in as few sections as hold it, also in its escaped form."""
    held, size = "", 0
    for atom in _WORDS.findall(text.strip("\n")):
        more = len(escape(atom))
        if size + more > SECTION_LIMIT - SPARE:
            yield from _literal(held)
            held, size = "", 0
        held += atom
        size += more
    yield from _literal(held)


def _literal(text: str) -> Iterator[_Unit]:
    if text.strip():
        yield _Unit((_section(plain_text(text)),), escape(text))


def _context(said: Iterator[str] | Sequence[str]) -> Iterator[Json]:
    for part in said:
        if _visible(part):
            yield {"type": "context", "elements": [mrkdwn(part)]}


def _fields(fields: Sequence[tuple[Json, str]]) -> Iterator[_Unit]:
    """Fields side by side, as many in a section as its text holds."""
    held: list[tuple[Json, str]] = []
    for one in [*fields, None]:
        size = sum(len(said) + 1 for _field, said in held)
        if held and (one is None or len(held) == FIELDS or size + len(one[1]) > TEXT_LIMIT - SPARE):
            section: Json = {"type": "section", "fields": [field for field, _said in held]}
            yield _Unit((section,), "\n".join(said for _field, said in held))
            held = []
        held += [one] if one is not None else []
