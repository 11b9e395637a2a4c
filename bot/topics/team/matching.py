"""Finding a name among others in spite of case, shortening and typing errors: sure of one, or asking with a few."""

from collections.abc import Sequence

from msgspec import Struct

SURE = 85.0  # how alike, in percent, a name must be to be taken without asking …
LEAD = 8.0  # … and by how much it must be ahead of the next one
WORTH_ASKING = 60.0
ASKED = 5
SHORTEST = 2  # letters of a start

Named = tuple[str, str]
"""An id and a name."""


class Match(Struct, frozen=True):
    """The id of the one that is surely meant, or an empty string and up to five that may be."""

    sure: str = ""
    near: tuple[Named, ...] = ()


def exact(text: str, names: Sequence[Named]) -> str:
    """The id whose name is the text as it stands, else in another case; an empty string where none or several are."""
    wanted = _plain(text)
    found = [id for id, name in names if _plain(name) == wanted]
    found = found if len(found) == 1 else [id for id, name in names if _plain(name).casefold() == wanted.casefold()]
    return found[0] if len(found) == 1 else ""


def match(text: str, names: Sequence[Named]) -> Match:
    """What the text names: exactly, in another case, by a start that only one has, or nearly so with a clear lead."""
    if sure := exact(text, names):
        return Match(sure)
    wanted = _plain(text).casefold()
    if not wanted:
        return Match()
    starts = [one for one in names if len(wanted) >= SHORTEST and _starts(wanted, one[1])]
    if len(starts) == 1:
        return Match(starts[0][0])
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - slow to load, and most names are typed as they are

    def alike(one: str, other: str, **_rest: object) -> float:
        return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))

    scored = process.extract(wanted, [_plain(name).casefold() for _id, name in names], scorer=alike, limit=None)
    (_, best, first), (_, second, _) = [*scored, ("", 0.0, 0), ("", 0.0, 0)][:2]
    if best >= SURE and best - second >= LEAD:
        return Match(names[first][0])
    loose = process.extract(
        wanted,
        [_plain(name).casefold() for _id, name in names],
        scorer=fuzz.WRatio,
        limit=ASKED,
        score_cutoff=WORTH_ASKING,
    )
    near = [*starts, *(names[index] for _name, _score, index in loose if names[index] not in starts)]
    return Match(near=tuple(near[:ASKED]))


def leading(words: Sequence[str], names: Sequence[Named]) -> int:
    """How many leading words surely name one of them: a whole name before a start or a near one; 0 where none do."""
    counts = range(min(len(words), 8), 0, -1)
    for count in counts:
        if exact(" ".join(words[:count]), names):
            return count
    return next((count for count in counts if match(" ".join(words[:count]), names).sure), 0)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _starts(wanted: str, name: str) -> bool:
    """Does the name, or one of its later words, begin so?"""
    words = _plain(name).casefold().split()
    return any(" ".join(words[start:]).startswith(wanted) for start in range(len(words)))
