"""What each sentence of a tip is good for: what leads, what is asked, what is a greeting and of no use in a post."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from bot.topics.drafting.asking import CAN, asks
from bot.topics.drafting.facts import LINE, Fact, Kind, Part
from bot.topics.drafting.languages import asks_abroad
from bot.topics.drafting.letters import body, is_letter, is_signature, says_goodbye, speaks_of_me
from bot.topics.drafting.sentences import Stretch

_LEANS = re.compile(
    r"(?:he|she|they|it|its|his|her|their|this|these|those|that|both|such|there|then|also|however|but|and"
    r"|in addition|additionally|"
    r"furthermore|moreover|therefore|thus|as a result|instead|other|another|each|all of (?:these|them)|the (?:same"
    r"|latter|former)|same|here)\b",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"(?:it['’]s|it is) (?:free|time|not too late|official|back|here|open)\b|there (?:is|are|will|were|was)\b"
    r"|this (?:week|month|year|is your|is the|winter|spring|summer|fall|november|december)|these days"
    r"|that['’]s why|here(?:['’]s| is| are)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\b(?:questions?\b[^.]{0,40}|contact|e-?mail|reach (?:out|me|us)|write to|get in touch|inquiries|enquiries)\b",
    re.IGNORECASE,
)
_BY_MAIL = (
    re.compile(  # what the post is for is done by mail: "To get one, e-mail Dana at …", unlike "Questions? E-mail …"
        r"^(?:to (?!learn|find|ask|get more)|if you|want to|would you like to)[^,?]{3,80}[,?]\s*(?:please\s+)?"
        r"(?:e-?mail|send|write)\b(?!.{0,60}\b(?:questions?|more (?:info|details)|information)\b)",
        re.IGNORECASE,
    )
)
_QUESTION = re.compile(
    r"^(?:any )?(?:more )?questions\?$|^questions?\?? |^(?:for|with) (?:any |more )?(?:questions|inquiries)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:said|says|writes|wrote|explains|explained|adds|added|told|noted|notes|according to)\b", re.IGNORECASE
)
_TO_ME = re.compile(
    r"\b(?:call|ring|text|phone|e-?mail|mail|write|tell|ask(?: for)?|see|catch|find|let|contact|reach|message"
    r"|(?:get )?in touch with|come to|talk to|speak to) (?:to )?me\b"
    r"|\b(?:drop|send|give|shoot) me an? (?:\w+ )?(?:line|note|call|ring|postcard"
    r"|message|mail|e-?mail|text|shout|buzz)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b|\b\d{3}-\d{4}\b")
_HEAD = ("date",)  # lines of a mail's head, behind "From: …"
_MAIL_HEAD = re.compile(
    r"^[ \t]*(?:from|sent|to|cc|re):[^\n]*\n(?:[ \t]*(?:sent|date|to|cc|re|subject):[^\n]*\n)*[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGN_OFF = 60  # characters of such a line
_NAME = re.compile(r"(?:[A-Z][\w.'’-]*,? ?){1,4}")
_HEAD_AT = 300  # characters of such a head
ME = "me"  # the label of a sentence in which somebody speaks of themselves
HEADING = 110  # characters of a title at most


def parts_of(text: str, found: Sequence[Stretch], facts: Sequence[Fact], *, english: bool = True) -> list[Part]:
    """The stretches with their roles; greetings, and openings such as "Just a reminder that", are taken off."""
    parts: list[Part] = []
    led = signed = False
    for number, one in enumerate(found):
        part = _part(text, one, facts, led=led)
        if not english and part.role in ("detail", "deadline") and asks_abroad(text[part.start : part.end]):
            part = replace(part, role="ask")
        signed = (led and (says_goodbye(text[one.start : one.end]) or _signs_off(text, found, number))) or (
            signed and _signature(text, one, facts)
        )
        if signed:
            part = Part("letter", one.start, one.end, one.block)
        parts.append(part)
        led = led or part.role in ("lead", "title")
    told = parts if led else _led(parts) or parts
    alone = not any(part.role != "letter" and _told(part, facts) for part in told)
    return _told_by_me(parts) if alone and any(part.label == ME and _told(part, facts) for part in parts) else told


def _signature(text: str, one: Stretch, facts: Sequence[Fact]) -> bool:
    """Is this, below "Best regards,", a name, a title or an office rather than something that is told?"""
    told = any(
        fact.kind in (Kind.LINK, Kind.WHEN, Kind.DEADLINE, Kind.HASHTAG) and one.start <= fact.start < one.end
        for fact in facts
    )
    return is_signature(text[one.start : one.end], alone=one.shape == "heading") and not told


def _signs_off(text: str, found: Sequence[Stretch], number: int) -> bool:
    """“With love and pencils,” on a line of its own, and a name below."""
    one, *after = found[number : number + 2]
    line = one.shape == "heading" and text[one.end - 1] == "," and one.end - one.start <= _SIGN_OFF
    return line and bool(after) and _NAME.fullmatch(text[after[0].start : after[0].end]) is not None


def _part(text: str, one: Stretch, facts: Sequence[Fact], *, led: bool) -> Part:
    words = text[one.start : one.end]
    if one.shape == "label" and one.label == "subject":
        return Part("letter", one.start, one.end, one.block)
    if one.shape == "label" and one.label in _HEAD and _MAIL_HEAD.search(text, max(0, one.start - _HEAD_AT), one.start):
        return Part("letter", one.start, one.end, one.block)
    if one.shape == "label":
        role = "contact" if one.label in ("contact", "questions") else "label"
        return Part(role, one.start, one.end, one.block, one.label, one.value)
    if one.shape != "list" and is_letter(words, led=led):
        return Part("letter", one.start, one.end, one.block)
    start, end = body(text, one.start, one.end)
    inside = [fact for fact in facts if start <= fact.start and fact.end <= end]
    role = _role(text, one, start, inside, led=led)
    leans = bool(_LEANS.match(text, start, one.end)) and not _STANDS.match(text, start, one.end)
    line = LINE if one.shape == "heading" and role == "detail" else ""
    if role == "letter":
        line = ME
    return Part(role, start, end, one.block, line, start, leans=leans and led and role != "letter")


def _role(text: str, one: Stretch, start: int, inside: Sequence[Fact], *, led: bool) -> str:  # noqa: PLR0911 - one reason a line
    words = text[start : one.end]
    kinds = {fact.kind for fact in inside}
    quote = next((fact for fact in inside if fact.kind is Kind.QUOTE), None)
    outside = words.replace(quote.words, "") if quote else words
    if not words.strip() or speaks_of_me(outside):
        return "ask" if words.strip() and _to_be_reached(text, start, one.end, inside) else "letter"
    if _QUESTION.search(words) or (Kind.MAIL in kinds and _names_a_contact(words)):
        return "contact"
    if one.shape == "list":
        return "list"
    if Kind.LINK in kinds and _only_link(words, inside):
        return "link"
    if not led and one.shape == "heading" and len(words) <= HEADING and Kind.LINK not in kinds:
        return "title"
    if quote and (_SAID.search(outside) or len(quote.words) > len(outside)) and led:
        return "quote"
    if not led and Kind.LINK not in kinds:
        return "lead"
    if asks(text, Part("", start, one.end)) or CAN.match(words):
        return "ask"
    if not led:
        return "lead"
    return "deadline" if Kind.DEADLINE in kinds else "detail"


def _only_link(words: str, inside: Sequence[Fact]) -> bool:
    link = next(fact.words for fact in inside if fact.kind is Kind.LINK)
    return not words.replace(link, "").strip(" :-–—>()[].")


def _names_a_contact(words: str) -> bool:
    """Is it for who has a question, rather than what the post is made for, done by mail?"""
    asked = _BY_MAIL.search(words) or (CAN.match(words) and "question" not in words.casefold())
    return _CONTACT.search(words) is not None and not asked


def _to_be_reached(text: str, start: int, end: int, inside: Sequence[Fact]) -> bool:
    """Does somebody ask to be called, written to or visited? "Text me at 412-555-0135" is the ask of a whole tip."""
    if _TO_ME.search(text, start, end):
        return True
    reached = any(one.kind is Kind.MAIL for one in inside) or _PHONE.search(text, start, end)
    return bool(reached) and bool(asks(text, Part("", start, end)))


def _led(parts: list[Part]) -> list[Part]:
    """Where nothing leads by itself, the first part that says anything does."""
    at = next((at for at, part in enumerate(parts) if part.role in ("detail", "deadline", "ask", "quote")), None)
    if at is None:
        return []
    one = parts[at]
    return [*parts[:at], Part("lead", one.start, one.end, one.block), *parts[at + 1 :]]


def _told(part: Part, facts: Sequence[Fact]) -> bool:
    return any(part.start <= fact.start < part.end and fact.kind is not Kind.LINK for fact in facts)


def _told_by_me(parts: list[Part]) -> list[Part]:
    """Where somebody tells of nothing but themselves, that: it is for the volunteer to say it as the association."""
    mine = [replace(part, role="detail") if part.label == ME else part for part in parts]
    return _led([replace(part, role="detail") if part.role == "lead" else part for part in mine])
