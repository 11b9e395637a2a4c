"""What each sentence of a tip is good for: what leads, what is asked, what is a greeting and of no use in a post."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from bot.topics.drafting.asking import asks
from bot.topics.drafting.facts import Fact, Kind, Part
from bot.topics.drafting.languages import asks_abroad
from bot.topics.drafting.sentences import Stretch

_LETTER = re.compile(
    r"^(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening)|hi there|hiya|folks|all|team"
    r"|colleagues)\b[^.?]{0,40}[,!:.]?$"
    r"|cross[- ]?post|^(?:please )?(?:feel free to )?(?:share|forward|distribute|pass(?: it| this)? (?:on|along)"
    r"|spread the word)\b(?!.*https?://)(?:.{0,60})$"
    r"|^(?:many )?(?:thanks|thank you|thx|cheers|best|sincerely|regards|warmly|yours|cordially|take care"
    r"|have a)\b[^.!?]{0,30}[,.!]?$"
    r"|^(?:thanks|thank you)(?: so much| very much)?(?: in advance)?(?: for (?:posting|sharing|your help|reading"
    r"|passing)[^.!]*)?[.!,]?$"
    r"|\b(?:can|could|would) (?:you|we|somebody|someone|anybody|y'all)(?: all| please)? (?:please )?(?:post|tweet"
    r"|share|put|mention|repost|announce)\b"
    r"|\bworth (?:a|posting|sharing|tweeting)\b|\bmaybe for (?:the|our)\b|\bgood for (?:the|our) (?:page|feed"
    r"|account)|\bfor (?:the|our) (?:facebook|twitter|x|linkedin|instagram) (?:page|account|feed)\b"
    r"|^(?:see|details) below\b|^fwd?:|^re:|^from:|^to:|^sent:|^cc:|^-- ?$|^unsubscribe|^you (?:are"
    r"|'re) receiving this|^view (?:this )?(?:email )?in (?:your )?browser"
    r"|^(?:apologies|sorry) (?:for|if)|^not sure (?:if|whether)|^(?:fyi|tip|heads up)[.!:]?$|^(?:hope|i hope)\b"
    r"|^let me know\b|^i (?:think|thought|guess)\b"
    r"|^\W*$|^(?:sent from my|get outlook)\b",
    re.IGNORECASE,
)
_THANKS_TO = re.compile(r"(?:many |huge )?(?:thanks|thank you)\s+(?:so much\s+)?to\b", re.IGNORECASE)
_MINE = re.compile(r"(?<![\w'’\"“])(?:I|I['’](?:m|ve|d|ll)|my|me|mine)(?![\w])")
_TRIM = re.compile(
    r"(?:(?:hi|hello|hey|dear)\b[^,!.]{0,25}[,!]\s+)?(?:"
    r"(?:we['’]re|we are|i['’]m|i am|(?:the )?[A-Z][\w ]{1,40} is) (?:very |so |really |also )?(?:pleased|excited"
    r"|happy|delighted|thrilled|proud|honou?red|glad) to (?:announce|share|report|say|let you know"
    r"|tell you) that\s+"
    r"|(?:just |this is )?(?:a )?(?:just a )?(?:quick |friendly |gentle |kind |final )*reminder(?:[:,—–-]+\s*"
    r"|\s+that\s+)"
    r"|(?:fyi|heads[- ]up|icymi|in case you missed it|please note|note|did you know|don['’]t forget|good news"
    r"|great news|big news|breaking|tip|idea|news tip|announcement|attention|(?:tip|news|idea|item"
    r"|post) for (?:the|our) [\w ]{1,20})(?:[:,!—–-]+\s*|\s+that\s+|\s+-\s+)(?:that\s+)?"
    r"|(?:i|we) (?:just )?(?:wanted|want|would like|['’]d like) to (?:let (?:you|everyone|people) (?:all )?know"
    r"|share|mention|tell you|remind you)(?: that| about)?\s+(?=the\b|there\b|our\b|[A-Z]|registration|a\b)"
    r"|(?:i|we) (?:just )?(?:heard|saw|see|noticed|read|learned|hear|found out)(?: (?:from|at|on"
    r"|in) [\w ]{1,25})? that\s+"
    r"|[A-Z]\w+ (?:just |has )?(?:told me|tells me|told us|mentioned|let me know|let us know|wrote me"
    r"|emailed me)(?: that|:|,)?\s+(?=the\b|our\b|there\b|a\b|[A-Z])"
    r"|please (?:note|be advised|be aware|remember) that\s+|be advised that\s+"
    r"|(?:fwd?|re|subject):\s*"
    r"|for (?:the|our) [\w ]{1,20}(?:page|account|feed):\s*)",
    re.IGNORECASE,
)
_PUBLIC = (
    r"(?:(?:our|the|all|more|as many|many) )*(?:followers|people|members|everyone|everybody|folks|readers|patrons"
    r"|students|colleagues|librarians|neighbors|ppl)(?: as (?:you|we) can)?"
)
_PASS_ON = re.compile(  # "Could you ask our followers to vote …?" and "Can you share it so people vote …?": to vote
    r"(?:[^.!?]{0,60}?[ ,])?(?:can|could|would|will) (?:you|we|somebody|someone|y'all)(?: all)?(?: please)? (?:"
    rf"(?:ask|tell|remind|encourage|invite|get|urge|nudge) {_PUBLIC} to"
    r"|(?:share|post|repost|spread)(?: (?:it|this|that|the \w+))?(?: around| out| widely| wide)? so(?: that)?"
    rf" (?:{_PUBLIC}|they)(?: can| could| will)?) (?=[a-z])",
    re.IGNORECASE,
)
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
_QUESTION = re.compile(r"^(?:any )?(?:more )?questions\?$|^questions?\?? ", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:said|says|writes|wrote|explains|explained|adds|added|told|noted|notes|according to)\b", re.IGNORECASE
)
_GOODBYE = re.compile(
    r"^(?:(?:many )?(?:thanks|thank you|thx)(?: so much| very much| again| everyone| all| in advance)*|cheers"
    r"|(?:all the |kind |warm |best )*(?:best|regards|wishes)|sincerely|warmly|yours(?: truly)?|cordially"
    r"|take care)[,.!]?(?:\s+[A-Z][\w. ]{0,30})?$|^[-–—~]{1,3} ?[A-Z]",
    re.IGNORECASE,
)
_SIGNATURE = 70  # characters of a line below "Best regards,"
HEADING = 110  # characters of a title at most


def parts_of(text: str, found: Sequence[Stretch], facts: Sequence[Fact], *, english: bool = True) -> list[Part]:
    """The stretches with their roles; greetings, and openings such as "Just a reminder that", are taken off."""
    parts: list[Part] = []
    led = signed = False
    for one in found:
        part = _part(text, one, facts, led=led)
        if not english and part.role in ("detail", "deadline") and asks_abroad(text[part.start : part.end]):
            part = replace(part, role="ask")
        signed = (led and _GOODBYE.search(text[one.start : one.end]) is not None) or (
            signed and _signature(text, one, facts)
        )
        if signed:
            part = Part("letter", one.start, one.end, one.block)
        parts.append(part)
        led = led or part.role in ("lead", "title")
    if not led:
        return _led(parts)
    return parts


def _signature(text: str, one: Stretch, facts: Sequence[Fact]) -> bool:
    """Is this, below "Best regards,", a name, a title or an office rather than something that is told?"""
    told = any(
        fact.kind in (Kind.LINK, Kind.WHEN, Kind.DEADLINE, Kind.HASHTAG) and one.start <= fact.start < one.end
        for fact in facts
    )
    return one.shape == "heading" and one.end - one.start <= _SIGNATURE and not told


def _part(text: str, one: Stretch, facts: Sequence[Fact], *, led: bool) -> Part:
    words = text[one.start : one.end]
    if one.shape == "label":
        role = "contact" if one.label in ("contact", "questions") else "label"
        return Part(role, one.start, one.end, one.block, one.label, one.value)
    passed = _PASS_ON.match(words)
    if not passed and _LETTER.search(words) and (led or not _THANKS_TO.match(words)) and one.shape != "list":
        return Part("letter", one.start, one.end, one.block)
    start, end = one.start + (passed.end() if passed else 0), one.end - (passed is not None and words.endswith("?"))
    while trimmed := _TRIM.match(text, start, end):
        start = trimmed.end()
    inside = [fact for fact in facts if start <= fact.start and fact.end <= end]
    role = _role(text, one, start, inside, led=led)
    leans = bool(_LEANS.match(text, start, one.end)) and not _STANDS.match(text, start, one.end)
    line = "line" if one.shape == "heading" and role == "detail" else ""
    return Part(role, start, end, one.block, line, start, leans=leans and led and role != "letter")


def _role(text: str, one: Stretch, start: int, inside: Sequence[Fact], *, led: bool) -> str:  # noqa: PLR0911 - one reason a line
    words = text[start : one.end]
    kinds = {fact.kind for fact in inside}
    quote = next((fact for fact in inside if fact.kind is Kind.QUOTE), None)
    outside = words.replace(quote.words, "") if quote else words
    if _MINE.search(outside) or not words.strip():
        return "letter"
    if (Kind.MAIL in kinds and _CONTACT.search(words) and not _BY_MAIL.search(words)) or _QUESTION.search(words):
        return "contact"
    if one.shape == "list":
        return "list"
    if Kind.LINK in kinds and not words.replace(next(f.words for f in inside if f.kind is Kind.LINK), "").strip(
        " :-–—>()[]."
    ):
        return "link"
    if not led and one.shape == "heading" and len(words) <= HEADING and Kind.LINK not in kinds:
        return "title"
    if quote and (_SAID.search(outside) or len(quote.words) > len(outside)) and led:
        return "quote"
    if not led and Kind.LINK not in kinds:
        return "lead"
    if asks(text, Part("", start, one.end)):
        return "ask"
    if not led:
        return "lead"
    return "deadline" if Kind.DEADLINE in kinds else "detail"


def _led(parts: list[Part]) -> list[Part]:
    """Where nothing leads by itself, the first part that says anything does."""
    at = next((at for at, part in enumerate(parts) if part.role in ("detail", "deadline", "ask", "quote")), None)
    if at is None:
        return parts
    one = parts[at]
    return [*parts[:at], Part("lead", one.start, one.end, one.block), *parts[at + 1 :]]
