"""What speaks for or against a kind of post besides single words, by the names that `frames.yaml` has for it."""

import re
from collections.abc import Sequence
from datetime import date

from bot.topics.drafting.facts import Fact, Kind

_OFF = re.compile(
    r"(?<!not )(?<!n't )(?<!n’t )\b(?:cancell?ed|postponed|call(?:ed|ing) off|cancelado|abgesagt|annulé)\b",
    re.IGNORECASE,
)
_CORRECTION = re.compile(r"^\W*correction\b|\b(?:correction:|corrected|small fix|was wrong|got it wrong|had it wrong)")
_PAY = re.compile(
    r"[$€£]\s?\d[\d,.]*k?(?:\s?[-–—]\s?[$€£]?\d[\d,.]*k?)?\s?(?:/|per\s|an?\s)\s?(?:hour|hr|year|annum|week)\b"
    r"|[$€£]\s?\d{2},\d{3}\b.{0,12}?(?:[-–—]|to)\s?[$€£]?\d{2,3},\d{3}|\b\d+\s?(?:hours|hrs?)\s?(?:/|per|a)\s?week\b"
    r"|\b(?:full|part)[- ]time\W{1,3}[$€£]\d",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\d\s?%|\bper\s?cent\b|\b(?:a third|half|a quarter|two[- ]thirds) of\b"
    r"|\bone in (?:\d|two|three|four|five|six|seven|eight|nine|ten)\b"
)
_RECURRING = re.compile(
    r"\b(?:every|each)\s(?:\w+\s)?(?:day|week|month|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b"
)
_LARGE = re.compile(r"(?<![$€£\d,])\b\d{1,3}(?:,000)+(?:th)?\b(?!\s?(?:dollars|words))")
_DUE = re.compile(
    r"\b(?:deadline|due|clos(?:e|es|ing)|last (?:day|chance|call)|early[- ]bird|until|by|before|ends?|expires?"
    r"|runs? out|frist|bis|plazo|hasta|límite|limite|avant|entro|até)\b"
)
_SOMEBODY = (
    r"(?:volunteers?|helpers?|people|folks|hands|arms|mentors?|judges?|reviewers?|moderators?|testers?|readers|drivers"
    r"|greeters|tutors?|ushers|members|editors?|jurors?|hosts?|transcribers?|proofreaders?|somebody|someone|anyone)"
)
_PEOPLE = re.compile(
    rf"\b(?:\d+|an?|two|three|four|five|six|seven|eight|nine|ten|more|some|new) (?:\w+ )?{_SOMEBODY}\b"
)
_NEEDED = re.compile(
    rf"\b(?:needs?|seeks?|seeking|looking for|searching for|wants?|could use|short of) (?:\S+ ){{0,3}}?{_SOMEBODY}\b"
    rf"|\b{_SOMEBODY} (?:are |still |urgently )*(?:wanted|needed|sought|welcome)\b"
)
_THANKS = re.compile(r"\W*(?:\w+\W+){0,3}?(?:thank|congrat|kudos|shout-?out|hats off)", re.IGNORECASE)


def thanks(text: str) -> bool:
    """Does it open with thanks or congratulations?"""
    return _THANKS.match(text) is not None


def of_days(facts: Sequence[Fact], first: int, today: date) -> dict[str, bool]:
    """What the days and hours say; `first` is where the first sentence ends."""
    days = [one for one in facts if one.kind in (Kind.WHEN, Kind.DEADLINE) and one.value]
    coming = [one for one in days if date.fromisoformat(one.value.rsplit("/", 1)[-1]) >= today]
    whens = [one for one in coming if one.kind is Kind.WHEN]
    late = [one for one in coming if one.kind is Kind.DEADLINE]
    hours = [one for one in facts if one.kind is Kind.TIME]
    return {
        "no day": not days,
        "only past days": bool(days) and not coming,
        "hour and no day": bool(hours) and not days,
        "coming day": bool(whens),
        "coming hour": bool(whens and hours),
        "coming hour first": bool(whens and hours) and min(one.start for one in whens) < first,
        "deadline": bool(late),
        "deadline first": bool(late) and min(one.start for one in late) < first,
        "deadline only": bool(late) and not whens,
    }


def of_words(every: str, head: str, facts: Sequence[Fact]) -> dict[str, bool]:
    """What the words say together; `head` is the heading and the first sentence, both evened out."""
    kinds = {one.kind for one in facts}
    free = any(one.kind is Kind.PRICE and one.value == "$0" for one in facts)
    return {
        "place": Kind.WHERE in kinds,
        "pay": _PAY.search(every) is not None,
        "nothing due": Kind.DEADLINE not in kinds and not _DUE.search(every),
        "free and no day": free and not kinds & {Kind.WHEN, Kind.DEADLINE},
        "recurring hour": Kind.TIME in kinds and _RECURRING.search(every) is not None,
        "people": _PEOPLE.search(every) is not None,
        "people needed": _NEEDED.search(every) is not None,
        "round number first": _LARGE.search(head) is not None,
        "share": _SHARE.search(every) is not None,
        "thanks first": thanks(every),
        "called off": _OFF.search(every) is not None,
        "correction": _CORRECTION.search(every) is not None,
    }
