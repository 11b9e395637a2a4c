"""Text as people type it: split into words, cleaned, bounded, and refused where it looks like a secret."""

import re
import unicodedata
from collections.abc import Collection, Sequence

from bot.errors import Refusal

TEXT_LIMIT = 3000  # characters of one typed value: the prose that a card can hold
COMMAND_LIMIT = 8000  # characters of everything typed in one request, unless its command has room for more
MOST_ACCENTS = 30
FILE_LIMIT = 256 * 1024  # characters of a file that comes with one
TOO_LARGE = f"That file is too large for me: I can take {FILE_LIMIT // 1024} KB of text."
CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»"}
ESCAPED = re.compile(r'\\(["\\])')

# Signs that nobody sees: they turn the reading direction or hide in a word, and would make a text read differently on
# the screen than in the database. The joiners U+200C and U+200D stay, since Persian and emoji need them.
INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]")

SECRETS = (
    # "password: hunter2", "the pw is hunter2", "passcode=…": the word, a sign, then something that is no plain word
    re.compile(
        r"(?:pass(?:word|code|phrase|wd)?|pwd|pw|pin|secret|(?:backup|recovery|2fa|login|security)[ -]codes?)"
        r"\s*(?:is|are|[:=])\s*(?!https?://)(?=\S*[^\s\w]|\S*\d)\S{4,}",
        re.IGNORECASE,
    ),
    # the same with a plain word behind a colon or an equals sign: "password: hunter"
    re.compile(r"\b(?:password|passwd|passphrase|pwd|pw)\s*[:=]\s*(?!https?://)\S{3,}", re.IGNORECASE),
    # the other way round: "hunter2 is the password"
    re.compile(
        r"(?<!\S)(?!https?://)(?=\S*\d)\S{4,64}\s+is\s+(?:(?:the|my|our|its|their|your)\s+)?(?:[\w-]+\s+)?"
        r"(?:pass(?:word|code|phrase|wd)|pwd|pw|pin|(?:backup|recovery|2fa|login|security)[ -]code)\b",
        re.IGNORECASE,
    ),
    # a link with a name and a password in it: https://ann:hunter2@example.org
    re.compile(r"\b[a-z]{2,10}://[^\s/?#:@]{1,64}:[^\s/?#@]{1,64}@", re.IGNORECASE),
    # and without a sign: "password hunter2xx", a word of letters and digits behind it
    re.compile(r"\b(?:password|passwd|passcode)\s+(?=\S*\d)(?=\S*[a-z])[^\s/]{6,64}(?!\S)", re.IGNORECASE),
    re.compile(
        r"\b(?:xox[abposre]-|xapp-|gh[pousr]_|github_pat_|sk-|AKIA|AIza|EAA[A-Za-z0-9]{10}|ya29\.|glpat-)\S{8,}"
    ),
    re.compile(r"\b[MNO][\w-]{23,60}\.[\w-]{6}\.[\w-]{27}"),  # a Discord bot's token
    re.compile(r"\beyJ[\w-]{8,1000}\.[\w-]{8,4000}\."),  # a JSON web token; bounded, or "eyJ-eyJ-…" takes seconds
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    re.compile(r"\botpauth://", re.IGNORECASE),
    # three or more groups of digits or mixed signs, as backup codes come: "1234 5678 9012", "a1b2-c3d4-e5f6"
    re.compile(r"(?<![\w./:-])(?:\d{4,8}[ -]){2,}\d{4,8}(?![\w/-])"),
    re.compile(
        r"(?<![\w./:-])(?=[a-z0-9-]{0,40}\d[a-z0-9-]{0,40}[a-z]|[a-z0-9-]{0,40}[a-z][a-z0-9-]{0,40}\d)"
        r"(?:(?=[a-z]*\d)[a-z0-9]{4,6}-){2,}[a-z0-9]{4,6}(?![\w/-])",
        re.IGNORECASE,
    ),
)
SHORTEST_SECRET = 6  # characters: "pw=abc"
INNER_SIGNS = set("@#$%^&*!?+=~<>|{}[]")  # inside a word, between letters and digits, they are seldom anything else
NO_PASSWORD = re.compile(r"/|@[\w-]+\.\w")  # links, and addresses of mailboxes


def looks_secret(text: str) -> bool:
    """Does this read like a password, a token or a recovery code? Better one kind refusal too many than one leak."""
    if len(text) < SHORTEST_SECRET:  # most values are short names
        return False
    return any(pattern.search(text) for pattern in SECRETS) or any(map(_random_looking, text.split()))


def _random_looking(word: str) -> bool:
    """Lower case, upper case, digits and a sign inside, all in one word of 8 to 64: `Tr0ub4dor&3`, not `#PresWk26`."""
    word = word.strip("#@$(\"'“”‘’.,;:!?)")
    if not (8 <= len(word) <= 64 and word.isascii()) or NO_PASSWORD.search(word):  # noqa: PLR2004 - in the docstring
        return False
    kinds = (str.islower, str.isupper, str.isdigit, INNER_SIGNS.__contains__)
    return all(any(kind(sign) for sign in word) for kind in kinds)


def refuse_secrets(*texts: str) -> None:
    """Raises Refusal, without repeating a word, where one of the texts looks like a secret."""
    if looks_secret("\n".join(texts)):
        raise Refusal(
            "That looks like a password or a code, so I have kept none of it. I only note where a login is kept, "
            "for example “the office password manager”. Please delete your message, and change the password if "
            "others saw it."
        )


def sentence(text: str) -> str:
    """The text with a full stop, unless something closes it already."""
    return text if text.endswith((".", "!", "?", "…", "”")) else f"{text}."


def refuse_long(size: int, room: int) -> None:
    """Raises Refusal where so many characters were typed, and there is less room for them."""
    if size > room:
        raise Refusal(
            f"That is more than I can take at once ({room:,} characters). Please send the part that matters, with a "
            "link to the rest."
        )


def clean(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text in NFC, without invisible and control signs, blanks at the ends gone. Raises Refusal past `limit`."""
    if text.isascii() and text.isprintable() and len(text) <= limit:  # most texts: nothing to clean
        return text.strip()
    text = INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", _streamed(text) if len(text) > TEXT_LIMIT else text)
    text = "".join(sign if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs") else " " for sign in text)
    text = text.strip()
    if len(text) > limit:
        raise Refusal(f"That is {len(text):,} characters; I can take {limit:,} here. Please shorten it.")
    return text


def _streamed(text: str) -> str:
    """With a joiner behind each 30th accent in a row, as Unicode advises: thousands of them take seconds to sort."""
    found: list[str] = []
    accents = 0
    for sign in text:
        accents = accents + 1 if unicodedata.combining(sign) else 0
        if accents > MOST_ACCENTS:
            found.append("\u034f")
            accents = 1
        found.append(sign)
    return "".join(found)


def readable(*texts: str) -> bool:
    """Are these whole characters? Half of one (a lone surrogate) can't be stored or sent by anybody."""
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        return False
    return True


def line(text: str, limit: int = 200) -> str:
    """A text of one line: as `clean`, with each run of blanks as one blank."""
    return clean(" ".join(text.split()), limit)


def shown(text: str, limit: int = 40) -> str:
    """What somebody typed, short enough to be repeated in an answer."""
    one_line = " ".join(INVISIBLE.sub("", text[: limit * 4]).split())
    one_line = "".join(sign for sign in one_line if unicodedata.category(sign) not in ("Cc", "Cs"))
    return one_line if len(one_line) <= limit else one_line[: limit - 1] + "…"


def split_words(text: str) -> list[str]:
    """Words by blanks; a quoted stretch stays in its word, quotes included: `who="two words"` is one word.

    Straight and curly double quotes count; an apostrophe does not. A quote that is never closed is a literal sign.
    """
    words: list[str] = []
    word = ""
    never: set[str] = set()  # signs that nothing closes from here on, so that each is looked for once
    at = 0
    while at < len(text):
        sign = text[at]
        opens = sign in CLOSING and sign not in never and (not word or word.endswith("="))
        end = _closing(text, at) if opens else 0
        if opens and not end:
            never.add(sign)
        if end:
            word += text[at : end + 1]
            at = end
        elif sign.isspace():
            words += [word] if word else []
            word = ""
        else:
            word += sign
        at += 1
    return words + ([word] if word else [])


def _closing(text: str, start: int) -> int:
    """Where the quote opened at `start` closes, or 0."""
    at = start + 1
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] in CLOSING[text[start]]:
            return at
        at += 1
    return 0


def unquote(word: str) -> str:
    """The word without the quotes around it; inside them, a backslash keeps a quote."""
    if len(word) > 1 and word[0] in CLOSING and word[-1] in CLOSING[word[0]]:
        return ESCAPED.sub(r"\1", word[1:-1])
    return word


def as_typed(words: Sequence[str], text: str) -> str:
    """The words as one long value: the quotes around all of it go, those within it and the lines of the text stay."""
    if len(words) == 1:
        return unquote(words[0])
    return verbatim(words, text) if "\n" in text else " ".join(words)


def verbatim(words: Sequence[str], text: str) -> str:
    """The words as they stand in the text, with their quotes and lines: what is pasted of a file."""
    plain = INVISIBLE.sub("", text)
    there = list(re.finditer(r"\S+", plain))
    stands = [one[0] for one in there]
    wanted = " ".join(words).split()
    for at in range(len(stands) - len(wanted) + 1):
        if wanted and stands[at] == wanted[0] and stands[at : at + len(wanted)] == wanted:
            return plain[there[at].start() : there[at + len(wanted) - 1].end()]
    return " ".join(words)


def value_of(word: str, names: Collection[str]) -> str:
    """What a typed word says: without its quotes, and without `name=` where that is one of `names`."""
    name, sign, value = word.partition("=")
    return unquote(value if sign and name.casefold() in names else word)


def text_in(data: bytes, again: str = "and send it again") -> str:
    """The words in a file. Raises Refusal where there are none, or too many; `again` is how it comes another time."""
    if len(data) > FILE_LIMIT:
        raise Refusal(TOO_LARGE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(f"That file is not plain text. Please save it as text in UTF-8, {again}.") from None
    if not text.strip():
        raise Refusal(f"That file is empty. Please look whether it is the right one, {again}.")
    return text
