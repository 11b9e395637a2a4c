"""Checks of whom a post names and how it is found: handles and hashtags."""

import re
from urllib.parse import quote

from bot.topics.drafting.limits import Limits
from bot.topics.drafting.links import Found, find_cashtags, find_hashtags, mentions_in
from bot.topics.drafting.remarks import Fix, Remark, Setting, State
from bot.topics.team.days import understood_day

USUAL = {
    "x": 2,
    "bluesky": 2,
    "mastodon": 4,
    "facebook": 3,
    "linkedin": 4,
    "flickr": 10,
    "youtube": 5,
}  # more look like spam
SEARCHES = {
    "x": "https://x.com/search?q=%23{tag}&f=live",
    "bluesky": "https://bsky.app/search?q=%23{tag}",
    "mastodon": "https://mastodon.social/tags/{tag}",
    "threads": "https://www.threads.net/search?q=%23{tag}",
    "facebook": "https://www.facebook.com/hashtag/{tag}",
    "linkedin": "https://www.linkedin.com/feed/hashtag/?keywords={tag}",
    "instagram": "https://www.instagram.com/explore/tags/{tag}/",
    "youtube": "https://www.youtube.com/hashtag/{tag}",
    "flickr": "https://www.flickr.com/photos/tags/{tag}",
}
_NO_WORDS = re.compile(r"(?:\s*https?://\S+(?=\s|$))*[\s.!]*")  # between hashtags that end a line: nothing, or a link
LONG_WORD = 10  # letters from which a hashtag in small letters is hardly one word


def tags(text: str, limits: Limits, setting: Setting) -> Remark:
    """People and bodies that the contacts know on this network are tagged."""
    handles = mentions_in(text)
    if setting.contacts is None:
        told = f"It tags {', '.join('@' + one for one in handles[:3])}." if handles else "It tags nobody."
        return Remark("tags", State.UNKNOWN, f"{told} No contacts are kept yet, so I can't tell who should be.")
    there = {one.casefold() for one in handles}
    for one in setting.contacts:
        named = re.search(rf"(?<![\w@]){re.escape(one.name)}(?!\w)", text)
        if named and one.handle.lstrip("@").casefold() not in there:
            mended = f"{text[: named.start()]}@{one.handle.lstrip('@')}{text[named.end() :]}"
            return Remark(
                "tags",
                State.LOOK,
                f"{one.name} is @{one.handle.lstrip('@')} here.",
                Fix(f"Tag {one.name}"[:34], mended),
            )
    return Remark(
        "tags",
        State.GOOD,
        f"It tags {', '.join('@' + one for one in handles[:3])}."
        if handles
        else "It names nobody whom our contacts know here.",
    )


def hashtags(text: str, limits: Limits, setting: Setting) -> Remark:
    """Not too many, readable aloud, and somebody looked what others use them for."""
    found = find_hashtags(text)
    shares = find_cashtags(text) if limits.network == "x" else []
    if shares:
        at, share = shares[0].start, shares[0].words
        mended = f"{text[:at]}{text[at + 1 :]}"
        told = f"X takes ${share} for a share and links it to its price."
        return Remark("hashtags", State.FIX, told, Fix(f"Write {share} without the sign"[:34], mended))
    if not found:
        return Remark("hashtags", State.GOOD, "No hashtag, which is fine.")
    most = limits.max_hashtags if limits.max_hashtags is not None else USUAL.get(limits.network, 5)
    if len(found) > most:
        mended = _with_few(text, found, most)
        return Remark(
            "hashtags",
            State.FIX,
            f"{len(found)} hashtags; {most} {'is' if most == 1 else 'are'} enough here.",
            Fix("Keep the first hashtags", mended.strip()),
        )
    for one in found:
        camel = _camel(one.words, text, setting)
        if camel and camel != one.words:
            mended = f"{text[: one.start + 1]}{camel}{text[one.end :]}"
            return Remark(
                "hashtags",
                State.FIX,
                f"A screen reader says #{camel} as words, #{one.words} as a noise.",
                Fix(f"Write #{camel}"[:34], mended),
            )
    return _history(text, [one.words for one in found], limits, setting)


def _with_few(text: str, found: list[Found], most: int) -> str:
    """The text with its first hashtags; one more that is a word of its sentence loses only its sign."""
    mended, behind, tail = text, len(text), True
    for one in reversed(found[most:]):
        line, ended, _ = text[one.end : behind].partition("\n")
        tail = (tail or bool(ended)) and _NO_WORDS.fullmatch(line) is not None
        before = mended[: one.start].rstrip(" ") if tail else mended[: one.start]
        mended = f"{before}{mended[one.end if tail else one.start + 1 :]}"
        behind = one.start
    return mended


def _camel(tag: str, text: str, setting: Setting) -> str:
    """The tag with a capital for each of its words, where those stand in the text, in the tip or in the tag itself."""
    words = f"{text} {setting.facts.text if setting.facts else ''}".replace("#", " # ")
    if re.search("[a-z][A-Z]", tag):
        return tag
    tokens = re.findall(r"[^\W_]+", words)
    low = tag.casefold()
    for at, token in enumerate(tokens):
        if low.startswith(token.casefold()) and len(token) < len(low):
            joined = [token]
            for other in tokens[at + 1 : at + 5]:
                joined.append(other)
                if "".join(joined).casefold() == low:
                    return "".join(word if word.isupper() else word[:1].upper() + word[1:] for word in joined)
    return tag


def _several(tag: str, text: str, setting: Setting) -> bool:
    """May a hashtag in small letters be several words? Not where it stands as one beside it."""
    words = f"{text} {setting.facts.text if setting.facts else ''}".casefold()
    alone = re.search(rf"(?<![\w#]){re.escape(tag)}(?!\w)", words) is not None
    return tag.isascii() and tag.islower() and len(tag) >= LONG_WORD and not alone


def _history(text: str, found: list[str], limits: Limits, setting: Setting) -> Remark:
    for tag in found:
        low = tag.casefold()
        used = max((one for one in setting.uses if one.tag == low), key=lambda one: one.day, default=None)
        looked = max((one for one in setting.looked if one.tag == low), key=lambda one: one.day, default=None)
        if used is None and looked is None:
            several = _several(tag, text, setting)
            search = SEARCHES.get(limits.network, SEARCHES["x"]).format(tag=quote(tag))
            return Remark(
                "hashtags",
                State.LOOK,
                f"We have not used #{tag} before. Look first what others use it for."
                + (" If it is several words, give each its capital, for screen readers." if several else ""),
                link=search,
            )
    tag = found[0]
    used = max((one for one in setting.uses if one.tag == tag.casefold()), key=lambda one: one.day, default=None)
    if used is not None:
        campaign = f" for {used.campaign}" if used.campaign else ""
        return Remark("hashtags", State.GOOD, f"{used.account} used #{tag}{campaign} on {understood_day(used.day)}.")
    last = max((one for one in setting.looked if one.tag == tag.casefold()), key=lambda one: one.day)
    return Remark("hashtags", State.GOOD, f"{last.by} looked at #{tag} on {understood_day(last.day)}.")
