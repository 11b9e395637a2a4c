"""Answers "which account is …": sure of one, or unsure with up to five to choose from; never confidently wrong.

The steps, from the surest: a web address; a name, handle or short name, old ones too, in any case; the same beside a
network's name; a description in which every word is explained by one account only; a name with a typing error that has
a clear lead. What remains is unsure.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct, field

from bot.topics.accounts.keys import (
    FILLERS,
    WORD,
    Described,
    Index,
    bare_url,
    network_of_host,
    plain,
    squash,
    stem,
)
from bot.topics.accounts.model import Account
from bot.topics.accounts.networks import MEDIA, WORDS

ASKED = 5
LONGEST = 200  # signs of a question that are looked at
MOST_WORDS = 12
SURE = 85.0  # how alike, in percent, a word or name must be to be taken for another …
LEAD = 8.0  # … and by how much it must be ahead of the next one
WORTH_ASKING = 62.0
FUZZY = 5  # letters that a word needs before typing errors are forgiven
FUZZY_NAME = 4
FEW = 2  # letters that say too little
MEANT = 2  # the least tier that explains a word (see `Described.tier`)
SIGNS = " \t\n\"'“”‘’„«»`?!.,;:()[]<>*…"
ADDRESS = re.compile(r"(?:[a-z]+://)?(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
NO_HANDLE = {"company", "group", "groups", "in", "pages", "page", "channel", "c", "user", "photo", "photos", "pg"}
NO_HANDLE |= {"profile", "showcase", "people", "school", "watch", "video", "i", "share", "p"}


class Found(Struct, frozen=True):
    """The account that is surely meant, or None and up to five that may be."""

    sure: Account | None = None
    near: tuple[Account, ...] = ()


class _Asked(Struct):
    """A question taken apart: `rest` are its words without fillers and networks, `left` the stems to be explained."""

    rest: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    networks: set[str] = field(default_factory=set)
    named: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)


def look_up(index: Index, text: str) -> Found:
    """The account that the words mean."""
    text = text[:LONGEST].strip(SIGNS)
    if not text or not index.all:
        return Found()
    if address := next((word for word in _words(text) if _is_address(index, word)), ""):
        return _by_address(index, address)
    if hits := _named(index, text):
        return _answer(index, hits, text)
    asked = _take_apart(index, text)
    return _by_description(index, asked) if asked.rest or asked.networks else Found()


def _by_description(index: Index, asked: _Asked) -> Found:
    """The account that a question means which is no name as it stands."""
    inside = [one for one in index.all if not asked.networks or one.account.network in asked.networks]
    rest = " ".join(asked.rest)
    if hits := _named(index, rest) & {one.account.id for one in inside}:
        return _answer(index, hits, rest)
    if fitting := _described(asked, inside) or _described_freely(index, asked):
        found = _answer(index, fitting, "", by=lambda one: _score(index.by_id[one], asked))
        return found if found.sure is None or _says_enough(asked) else Found(near=(found.sure,))
    if close := _misspelt(index, asked, inside):
        return Found(index.accounts([close])[0])
    return Found(near=_nearest(index, asked))


def _says_enough(asked: _Asked) -> bool:
    """Two letters alone (“wk”) are too little to be sure of a description."""
    return bool(asked.networks or asked.media) or any(len(word) > FEW for word in asked.left)


def _words(text: str) -> list[str]:
    """The words, without signs around them; of a chat network's link `<url|label>` the address."""
    return [one for word in text.split()[: 2 * MOST_WORDS] if (one := word.partition("|")[0].strip(SIGNS))]


# -- addresses -------------------------------------------------------------------------------------------------------


def _is_address(index: Index, word: str) -> bool:
    if not ADDRESS.fullmatch(word):
        return False
    host = bare_url(word).partition("/")[0]
    return "://" in word or bool(network_of_host(host)) or any(url.partition("/")[0] == host for url in index.urls)


def _by_address(index: Index, address: str) -> Found:
    bare = bare_url(address)
    if bare in index.urls:
        return _answer(index, index.urls[bare], "")
    host, _, path = bare.partition("/")
    network = network_of_host(host)
    handle = next((part.removeprefix("@") for part in path.split("/") if part and part not in NO_HANDLE), "")
    inside = [one for one in index.all if network and one.account.network == network]
    hits = {one.account.id for one in inside if handle in _handles(one.account)}
    if hits and handle:
        return _answer(index, hits, "")
    same_host = [id for url, ids in index.urls.items() if url.partition("/")[0] == host for id in sorted(ids)]
    ranked = sorted(inside, key=lambda one: -max(_ratio(squash(handle), squash(name)) for name in one.names))
    near = index.accounts([*(one.account.id for one in ranked if network), *(() if network else same_host)])
    return Found(near=tuple(near[:ASKED]))


def _handles(account: Account) -> set[str]:
    handles = (account.handle, *account.past_handles)
    return {plain(handle) for handle in handles} | {plain(handle).partition("@")[0] for handle in handles if handle}


# -- names -----------------------------------------------------------------------------------------------------------


def _named(index: Index, text: str) -> frozenset[str]:
    """The ids of the accounts that are called just so; a short name goes before any other name."""
    wanted = plain(text)
    if wanted in index.by_short:
        return frozenset([index.by_short[wanted]])
    if wanted in index.by_name:
        return index.by_name[wanted]
    return index.by_name.get(squash(text), frozenset())


def _answer(index: Index, ids: Iterable[str], text: str, by: Callable[[str], float] = lambda _id: 0.0) -> Found:
    """Sure where one account is left; where several are, the one that is written exactly so, else a choice."""
    found = index.accounts(ids)
    if len(found) > 1 and text:
        written = text.strip().removeprefix("@")
        same = [one for one in found if any(name.removeprefix("@") == written for name in _own_names(one))]
        found = same if len(same) == 1 else found
    if len(found) == 1:
        return Found(found[0])
    ranked = sorted(found, key=lambda one: (-by(one.id), *_usual(one)))
    return Found(near=tuple(ranked[:ASKED]))


def _own_names(account: Account) -> tuple[str, ...]:
    return tuple(name for name in (account.short, account.handle, *account.past_handles) if name)


def _usual(account: Account) -> tuple[bool, int, str]:
    """The order in which accounts are offered: those in use, those with most followers."""
    return (not account.live, -(account.followers or 0), account.short)


# -- descriptions ----------------------------------------------------------------------------------------------------


def _take_apart(index: Index, text: str) -> _Asked:
    asked = _Asked()
    present = {one.account.network for one in index.all}
    for word in _words(text)[:MOST_WORDS]:
        if word.casefold() in FILLERS:
            continue
        network = WORDS.get(plain(word)) or WORDS.get(_spelt(index, plain(word)))
        if network in present:
            asked.networks.add(network)
            asked.named.append(plain(word))
            continue
        asked.rest.append(word)
        for part in WORD.findall(plain(word).removesuffix("'s").removesuffix("’s")):
            if part in FILLERS:
                continue
            right = part if part in WORDS else _spelt(index, part)
            if WORDS.get(right) in present:
                asked.networks.add(WORDS[right])
                asked.named.append(right)
            elif right in MEDIA:
                asked.media.append(right)
            else:
                asked.left.append(right)
    asked.left = [word for word in asked.left if len(word) > 1 or len(asked.left) == 1]
    return asked


def _spelt(index: Index, word: str) -> str:
    """The known word that is meant, its plural gone; itself where none is near enough with a clear lead."""
    if word in WORDS or word in MEDIA:
        return word
    if stem(word) in index.known or len(word) < FUZZY:
        return stem(word)
    found = _close(word, index.vocabulary, 4, SURE - LEAD)
    if not found or found[0][1] < SURE or _digits(found[0][0]) != _digits(word):
        return word
    best = found[0][0]
    others = [score for known, score, _at in found[1:] if not known.startswith(stem(best))]
    return stem(best) if not others or found[0][1] - others[0] >= LEAD else word


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _explains(one: Described, words: Sequence[str]) -> bool:
    return all(one.tier(word) >= MEANT for word in words)


def _described(asked: _Asked, inside: Sequence[Described]) -> list[str]:
    """Those in the named networks that explain every word; media words are taken to name a network where that works."""
    live = [one for one in inside if one.account.live]
    if not asked.left and not asked.media:
        return [one.account.id for one in live] if asked.networks else []
    suggested = {MEDIA[word] for word in asked.media}
    if asked.left and suggested:
        shown = [one for one in live if one.account.network in suggested and _explains(one, asked.left)]
        if shown:
            return [one.account.id for one in shown]
    if suggested and not asked.left:
        words = [stem(word) for word in asked.media]
        return [one.account.id for one in live if one.account.network in suggested or _explains(one, words)]
    return [one.account.id for one in live if _explains(one, [*asked.left, *map(stem, asked.media)])]


def _described_freely(index: Index, asked: _Asked) -> list[str]:
    """Those that explain every word where a network's name is taken for a word of a name (an interest group, "IG")."""
    if not asked.named or not asked.left:
        return []
    words = [*asked.left, *map(stem, asked.media), *map(stem, asked.named)]
    return [one.account.id for one in index.all if one.account.live and _explains(one, words)]


def _ratio(one: str, other: str) -> float:
    """How alike two words are, in percent."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - slow to load, and most names are typed as they are

    return fuzz.ratio(one, other)


def _close(wanted: str, names: Sequence[str], limit: int, least: float) -> list[tuple[str, float, int]]:
    """The names that are at least so alike: each with how alike it is and its place among them, the likeliest first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    return process.extract(wanted, names, scorer=fuzz.ratio, limit=limit, score_cutoff=least)


# -- typing errors, and what is left ---------------------------------------------------------------------------------


def _misspelt(index: Index, asked: _Asked, inside: Sequence[Described]) -> str:
    """The id of the account whose name is nearly so, well ahead of every other account's; else an empty string."""
    wanted = squash(" ".join(asked.rest))
    if len(wanted) < FUZZY_NAME:
        return ""
    best: dict[str, float] = {}
    nearest: dict[str, str] = {}
    for key, score, at in _close(wanted, index.keys, 12, SURE - LEAD):
        id = index.lead.get(index.key_of[at], index.key_of[at])
        if score > best.get(id, 0):
            best[id], nearest[id] = score, key
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    if not ranked:
        return ""
    (id, first), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
    allowed = any(one.account.id == id for one in inside) and _digits(nearest[id]) == _digits(wanted)
    return id if allowed and first >= SURE and first - second >= LEAD else ""


def _score(one: Described, asked: _Asked) -> float:
    words = [*asked.left, *map(stem, asked.media)]
    score = float(sum(one.tier(word) for word in words))
    media = {MEDIA[word] for word in asked.media}
    score += 4 if one.account.network in asked.networks | media else 0
    return score


def _nearest(index: Index, asked: _Asked) -> tuple[Account, ...]:
    """Up to five that explain some of the words, or are called somewhat like it, the best first."""
    scores = {one.account.id: _score(one, asked) for one in index.all}
    named = dict(scores)
    wanted = squash(" ".join(asked.rest))
    if len(wanted) >= FUZZY_NAME:
        close = _close(wanted, index.keys, 12, WORTH_ASKING)
        for _key, score, at in close:
            id = index.key_of[at]
            scores[id] = max(scores[id], named[id] + score / 25)
    likely = [id for id, score in scores.items() if score > 0]
    top = max((scores[id] for id in likely), default=0.0)
    likely = [id for id in likely if scores[id] >= top / 2]
    ranked = sorted(likely, key=lambda one: (-scores[one], *_usual(index.by_id[one].account)))
    return tuple(index.accounts(ranked)[:ASKED])
