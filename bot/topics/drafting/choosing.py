"""Which optional parts of a post to keep: those that tell most within the length. The search is exact."""

from collections.abc import Sequence

from msgspec import Struct

MOST = 9  # optional parts that are weighed against each other; later ones of a long tip are left out


class Weighed(Struct, frozen=True):
    """An optional part in one of its forms: how long it is, what it is worth by itself, which facts it holds (bits)."""

    size: int
    worth: float
    facts: int


class Choice(Struct, frozen=True):
    """A part that may be left out: its forms, the fullest first. `needs`: the part that has to be kept too, or -1."""

    forms: tuple[Weighed, ...]
    needs: int = -1


def choose(options: Sequence[Choice], room: int, values: Sequence[float], held: int = 0) -> tuple[int, ...]:
    """For each part the form to keep, or -1 to leave it out: the greatest worth that fits into `room`.

    `values` are what the facts are worth, each once however many parts tell it; `held` are those told already.
    """
    best: tuple[float, tuple[int, ...]] = (-1.0, (-1,) * len(options))
    # What the parts from here on could add at most: a branch that can't reach the best any more is left.
    reach = [0.0] * (len(options) + 1)
    for at in range(len(options) - 1, -1, -1):
        reach[at] = reach[at + 1] + max(
            (max(0.0, one.worth) + _worth(one.facts & ~held, values) for one in options[at].forms), default=0.0
        )

    def walk(at: int, left: int, told: int, worth: float, taken: tuple[int, ...]) -> None:
        nonlocal best
        if worth + reach[at] <= best[0]:
            return
        if at == len(options):
            best = (worth, taken)
            return
        option = options[at]
        if option.needs < 0 or taken[option.needs] >= 0:
            for form, one in enumerate(option.forms):
                if one.size <= left:
                    walk(
                        at + 1,
                        left - one.size,
                        told | one.facts,
                        worth + one.worth + _worth(one.facts & ~told, values),
                        (*taken, form),
                    )
        walk(at + 1, left, told, worth, (*taken, -1))

    walk(0, room, held, 0.0, ())
    return best[1]


def _worth(facts: int, values: Sequence[float]) -> float:
    total = 0.0
    while facts:
        low = facts & -facts
        total += values[low.bit_length() - 1]
        facts ^= low
    return total
