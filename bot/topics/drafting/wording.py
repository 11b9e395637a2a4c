"""Checks of the words themselves: short with one ask, a good link, written for this network."""

import re

from msgspec.structs import replace

from bot.topics.drafting.asking import asks
from bot.topics.drafting.claims import MAIL, PHONE
from bot.topics.drafting.evidence import thanks
from bot.topics.drafting.facts import Part
from bot.topics.drafting.languages import is_english
from bot.topics.drafting.lengths import fitting, measure
from bot.topics.drafting.limits import Limits
from bot.topics.drafting.links import find_urls, host_of, valid_url
from bot.topics.drafting.lists import listed
from bot.topics.drafting.remarks import Fix, Remark, Setting, State
from bot.topics.drafting.sentences import stretches

LONG_SENTENCE = 32  # words on average from which a sentence is hard to read on a phone
LAST = 30  # sentences from the back that may be left out
LOUD = 0.6
MOST_BYTES = 4  # that one sign counts for, on any network
_AND = re.compile(r"(?:,|;|\band)\s+(?=[a-z])")
ERRANDS = listed("register signup apply submit rsvp donate vote nominate volunteer renew subscribe order")
UP_TO = 4  # words that show where the room ends
SHORTENERS = listed(
    "bit.ly t.co tinyurl.com ow.ly goo.gl buff.ly is.gd lnkd.in rb.gy cutt.ly shorturl.at tiny.cc dlvr.it fb.me"
)
_ODD = re.compile(
    r"\b(?:ftp|file|javascript|data|hxxps?|mailto|httpss|htp|htt|ttps)://?\S*|\bjavascript:\S+", re.IGNORECASE
)
_SPLIT = re.compile(
    r"\bhttps?\s*:\s*/\s*/\s+\S+|\bhttps?(?:\s+:\s*|:\s+)//\s*\S+|\bwww\.\s+\S+|\bhttps?://\S*\w\s+/\w\S*",
    re.IGNORECASE,
)
_ELSEWHERE = {
    **dict.fromkeys(("retweet", "rt ", "tweet"), "x"),
    **dict.fromkeys(("link in bio", "swipe left", "swipe right", "swipe up", "swipe through"), "instagram"),
    "link in comments": "linkedin",
    "like and subscribe": "youtube",
    "toot": "mastodon",
    "skeet": "bluesky",
}
_IN_PROFILE = re.compile(r"\blink (?:is )?in (?:our |the )?(?:bio|profile)\b", re.IGNORECASE)
NOT_FOR_LINKS = ("thanks",)
WITHOUT_ASK = ("news", "thanks")  # that a branch is closed is worth knowing, whatever one does about it


def concise(text: str, limits: Limits, setting: Setting) -> Remark:  # noqa: PLR0911 - one reason a line
    """Short enough, one ask, easy to read."""
    length = measure(text, replace(limits, max_hashtags=None))  # those are looked at on their own
    if length.over and not limits.soft:
        told = f"It is too long by {length.over:,}: {length.shown}.{_up_to(text, limits)}"
        return Remark("concise", State.FIX, told, _shorter(text, limits))
    if length.faults:
        return Remark("concise", State.FIX, " ".join(length.faults))
    if length.over:
        return Remark("concise", State.LOOK, f"It is long for this network: {length.shown}.", _shorter(text, limits))
    asked = _asked(text)
    if len(asked) > 1:
        return Remark(
            "concise",
            State.LOOK,
            f"It asks for several things ({', '.join(asked[:3])}). One ask is followed more often.",
        )
    letters = [sign for sign in re.sub(r"https?://\S+|#\w+", "", text) if sign.isalpha()]
    if len(letters) > 20 and sum(map(str.isupper, letters)) > LOUD * len(letters):  # noqa: PLR2004 - said beside it
        return Remark(
            "concise", State.LOOK, "Most of it is in capitals, which reads as shouting, also to a screen reader."
        )
    sentences = [text[one.start : one.end] for one in stretches(text) if one.shape in ("sentence", "heading")]
    lengths = [count for one in sentences if (count := sum("://" not in word for word in one.split()))]
    if lengths and max(lengths) > LONG_SENTENCE and sum(lengths) / len(lengths) > LONG_SENTENCE * 0.7:
        return Remark(
            "concise", State.LOOK, f"A sentence of {max(lengths)} words is hard to read on a phone. Could it be two?"
        )
    if not asked and not _tells(text, setting) and not find_urls(text) and not _contact(text):
        return Remark("concise", State.LOOK, f"{length.shown}. It asks its readers for nothing: what should they do?")
    return Remark("concise", State.GOOD, f"{length.shown}, one ask." if asked else f"{length.shown}.")


def _tells(text: str, setting: Setting) -> bool:
    """Is there nothing to be asked for: in thanks, in news, in what was told without an ask?"""
    if setting.facts is None:
        return thanks(text) or not is_english(text)
    return setting.facts.frame in WITHOUT_ASK or not setting.facts.call.spans


def _contact(text: str) -> str:
    """The mail address or the telephone number that the text gives."""
    found = MAIL.search(text) or PHONE.search(text)
    return found[0].rstrip(".") if found else ""


def _up_to(text: str, limits: Limits) -> str:
    """Where X would cut it."""
    if limits.count != "weighted" or limits.most is None:
        return ""
    end = fitting(text, limits.most)
    whole = not text[end : end + 1].strip()
    words = text[:end].split() if whole else text[:end].rpartition(" ")[0].split()
    return f" There is room up to “{' '.join(words[-UP_TO:])}”." if words else ""


def _asked(text: str) -> list[str]:
    """The verbs of its asks, each once; looking at a link goes with any of them."""
    cut = [(one.start, one.end) for one in stretches(text) if one.shape != "list"]
    found = [asks(text, Part("", start, end)) for start, end in cut]
    joined = [Part("", one.end(), end) for start, end in cut for one in _AND.finditer(text, start, end)]
    found += [verb for part in joined if (verb := asks(text, part)) in ERRANDS]
    light = (
        "see",
        "join",
        "learn",
        "visit",
        "find",
        "read",
        "meet",
        "discover",
        "explore",
        "come",
        "bring",
        "celebrate",
        "check",
        "help",
        "listen",
    )
    strong = list(dict.fromkeys(verb for verb in found if verb and verb not in light))
    return strong or [verb for verb in found if verb][:1]


def _shorter(text: str, limits: Limits) -> Fix | None:
    """Without sentences from the back, but never without the one that asks or has the link."""
    cut = stretches(text)
    droppable = [
        one
        for one in cut[1:][-LAST:]
        if not find_urls(text[one.start : one.end]) and not asks(text, Part("", one.start, one.end))
    ]
    if measure(text, limits).over > MOST_BYTES * sum(one.end - one.start + 1 for one in droppable):
        return None
    for one in reversed(droppable):
        text = _left_out(text, one.start, one.end)
        if not measure(text, limits).over:
            return Fix("Leave sentences out to fit", text.strip())
    return None


def _left_out(text: str, start: int, end: int) -> str:
    """The text without a stretch of it; where paragraphs met, they still do."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    gaps = text[len(before) : start], text[end : len(text) - len(after)]
    gap = max(gaps, key=lambda each: each.count("\n")).strip(" ") or " "
    return f"{before}{gap if before and after else ''}{after}"


def link(text: str, limits: Limits, setting: Setting) -> Remark:  # noqa: PLR0911 - one reason a line
    """A link, well-formed, that shows where it leads."""
    if odd := _SPLIT.search(text):
        return Remark("link", State.FIX, f"“{odd[0][:60]}” has a blank in it and leads nowhere.", _closed(text, odd))
    if odd := _ODD.search(text):
        return Remark("link", State.FIX, f"“{odd[0][:60]}” is no web address that people can open.")
    found = find_urls(text)
    if not found:
        return _without_link(text, limits, setting)
    broken = next((one for one in found if not valid_url(one.words, bare=not one.full)), None)
    if broken:
        return Remark("link", State.LOOK, f"“{broken.words[:60]}” does not look like a whole address. Please try it.")
    hosts = list(dict.fromkeys(host_of(one.words) for one in found))
    if short := next((host for host in hosts if host in SHORTENERS), None):
        return Remark("link", State.LOOK, f"{short} hides where the link leads. Use the page's own address.")
    told = f"It leads to {', '.join(hosts[:3])}."
    if not limits.links_clickable and not _IN_PROFILE.search(text):
        return Remark("link", State.LOOK, f"{told} Links can't be tapped on this network: say where to find it.")
    return Remark("link", State.GOOD, told)


def _without_link(text: str, limits: Limits, setting: Setting) -> Remark:
    """What there is to say where the text has no link."""
    background = setting.facts.call.link if setting.facts else None
    if not limits.links_clickable and _IN_PROFILE.search(text):
        return Remark("link", State.GOOD, "It says where to find the link.")
    if background is not None:
        gap = "\n\n" if "\n" in text else " "
        return Remark(
            "link",
            State.FIX,
            "The tip has a link, and the text leaves it out.",
            Fix("Add the link", f"{text.rstrip()}{gap}{background.words}"),
        )
    if setting.facts.frame in NOT_FOR_LINKS if setting.facts else thanks(text):
        return Remark("link", State.GOOD, "Thanks need no link.")
    if told := _contact(text):
        return Remark("link", State.GOOD, f"It says whom to turn to: {told}.")
    return Remark("link", State.LOOK, "There is no link. Is there a page with more about it?")


def _closed(text: str, odd: re.Match[str]) -> Fix | None:
    mended = re.sub(r"\s+", "", odd[0])
    return (
        Fix("Close the gap in the link", text[: odd.start()] + mended + text[odd.end() :])
        if find_urls(mended)
        else None
    )


def tailored(text: str, limits: Limits, setting: Setting) -> Remark:
    """Not the same words as another account's, unless that is what was agreed; no other network's words."""
    same = next((one for one in setting.twins if _plain(one.text) == _plain(text) and not one.identical), None)
    if same:
        return Remark(
            "tailored",
            State.LOOK,
            f"{same.account} says exactly the same. Reword one of them for its readers.",
            _other(text, limits, setting),
        )
    different = next((one for one in setting.twins if one.identical and _plain(one.text) != _plain(text)), None)
    if different:
        return Remark(
            "tailored",
            State.LOOK,
            f"{different.account} is to say the same word for word, and does not.",
            Fix(f"Take the words of {different.account}", different.text),
        )
    foreign = next(
        (
            words
            for words, network in _ELSEWHERE.items()
            if network != limits.network and re.search(rf"(?<!\w){words.strip()}(?!\w)", text, re.IGNORECASE)
        ),
        None,
    )
    if foreign:
        return Remark("tailored", State.LOOK, f"“{foreign.strip()}” belongs to another network.")
    return Remark("tailored", State.GOOD, "No other account of ours says it in these words.")


def _other(text: str, limits: Limits, setting: Setting) -> Fix | None:
    if setting.facts is None:
        return None
    from bot.topics.drafting.composing import compose  # noqa: PLC0415 - slow to load, and seldom needed

    avoided = (text, *(one.text for one in setting.twins))
    made = compose(setting.facts, limits, without=True, avoid=avoided).texts
    return Fix("Take another wording", made[0]) if made else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
