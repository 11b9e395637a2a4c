"""Lists of words, written as people write them: one after the other with a blank between."""


def listed(words: str) -> frozenset[str]:
    """The words as a set."""
    return frozenset(words.split())


def ordered(words: str) -> tuple[str, ...]:
    """The words in their order."""
    return tuple(words.split())
