"""What a tip asks its readers to do, in its own words, and the link that goes with it."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from bot.topics.drafting.facts import Call, Fact, Part
from bot.topics.drafting.lists import listed

VERBS = (
    "register|sign up|signup|apply|submit|rsvp|join|watch|read|download|see|visit|explore|learn|find out|find"
    "|donate|give|call|"
    "contact|email|write|tell|ask|urge|vote|nominate|volunteer|share|follow|enter|take|complete|fill|browse|listen|"
    "check|get|save your|reserve|book|buy|order|subscribe|add|send|bring|come|attend|help|support|sign|respond|reply|"
    "discover|renew|view|meet|use|try|tune in|stop by|drop in|drop by|upload|tag|comment|propose|request|tour|"
    "text|pledge|pre-register|preorder|look|start reading|pitch in|chip in|"
    "speak|testify|protect|answer|mail|post|play|search|pick up|order|test|consult"
)
STRONG = (  # what a post is made for goes before what only helps
    "register|sign up|signup|apply|submit|rsvp|donate|vote|nominate|volunteer|call|contact|tell|write|urge|"
    "text|sign|subscribe|pledge|join|pre-register|add your|chip in|"
    "take action|renew|watch|download|enter|take the|fill|complete|sign the|reserve|book|propose|send"
)
_IMPERATIVE = re.compile(
    rf"(?:to [^,.!?]{{3,60}},\s+(?=(?:please )?(?:e-?mail|call|send|text|write)\b))?"
    rf"(?:(?:if|when|once|before|until|till|by) [^,.!?]{{3,60}}(?:,\s+|\s+(?=(?:please|call|write|text|email)\b)))?"
    rf"(?:(?:please|so|and|interested\?|go ahead and|now|then|do|be sure to"
    rf"|make sure to|don['’]t forget to|remember to|help us and)[,:]?\s+)*"
    rf"(?P<verb>{VERBS})\b(?!['’])",
    re.IGNORECASE,
)
_STRONG = re.compile(rf"(?:{STRONG})\b", re.IGNORECASE)
_AFTER_COLON = re.compile(
    rf"[:;–—]\s+(?:please\s+)?(?P<verb>{STRONG})\b(?!['’])\s+(?!is\b|are\b)"
)  # "It matters: tell …"
_STRONG_ANYWHERE = re.compile(
    r"\b(?:register|sign up|sign-up|apply|submit|rsvp|donate|volunteer|call|text|write|send|reserve|bring|enter"
    r"|nominate|reply|e-?mail|contact|stop by|come|join)\b",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"(?:read|join|share|find|help|test|tour|book|call|post|play|order|search|mail|volunteer|contact|support|use"
    r"|view|address|comment|vote|request)(?:s|ed|ing)?\s+(?:is|are|was|were|will|has|have)\b|(?:Book|Call|Contact"
    r"|Order|Volunteer|Post|Start|Use|Test|Tour|Play|Search|Support) (?:[a-z]+s )?(?:for papers|for proposals|sale"
    r"|club|opportunit|needed|wanted|number|clubs)",
    re.IGNORECASE,
)
_A_THING = re.compile(  # "Book fair", "Volunteer training": a noun, unless what follows makes it a verb
    r"(?:book|order|post|test|tour|volunteer|view|comment|vote|search|play|mail|watch|support|contact|sign)\s+"
    r"(?!(?:your|a|an|the|now|today|us|for|by|at|with|on|early|online|in|to|here|it|one|this|these|our|yours|up"
    r"|out|them|and|as|if|how|what|why|who|no|yes|all|any|both|two|three|before|until|between|\d+)\b)(?-i:[a-z])"
    r"|(?-i:Book|View|Post|Test|Tour|Mail|Volunteer|Search|Play)\s+(?-i:[A-Z][a-z])",
    re.IGNORECASE,
)
_TO_DO = re.compile(
    rf"(?:(?:to|for)\s+)(?P<ask>(?:(?:{VERBS})\b|more (?:information|details|info)|details|information"
    rf"|questions)[^,:]*?)"
    r"\s*[,:]\s*(?:please\s+)?(?:(?:you can\s+)?(?:visit|see|go to|use|click|follow|check|head to|fill|complete"
    r"|consult)\b.*|just\b.*)?$",
    re.IGNORECASE | re.DOTALL,
)
_CAN = re.compile(
    rf"(?!.{{0,60}}\b(?:that|which|if) you\b)(?:.{{0,60}}?\b)?(?:(?:you|members|anyone|anybody|everyone|everybody|else"
    rf"|others|librarians|libraries|visitors|readers|participants|candidates|applicants|people|students|individuals"
    rf"|volunteers)\s+)(?:can|may|must|should|could|have to|need to)\s+(?:(?:also|still|now|already|simply|just)\s+)?"
    rf"(?:please\s+)?(?P<ask>(?:{VERBS})\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_TRAIL = re.compile(
    r"[\s(\[:,–—-]*\b(?:here|below|at|via|on|from|online|through|using|visiting|by visiting|visit|see|go to|with"
    r"|to|in|at this link|"
    r"(?:at|on|in|using|with|via|through|by) (?:the|this|our|their|its|my) (?:(?:event|registration|application"
    r"|online|web|conference|journal|library|survey)\s+)?(?:link|form|website|web\s?site|page|webpage|site|portal"
    r"|address)|"
    r"the link|link|is|are|is here|is available|are available|is available online|can be found|is at|are at"
    r"|is posted|are posted|is open|"
    r"today|now|by clicking|click|clicking|the following link|following)(?=[\s(\[:,.–—-]*$)[\s(\[:,.–—-]*$",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\s(\[:,.!–—>→-]+$")
_TO_AFTER = re.compile(rf"[\s)\]]*(?:to|and)\s+(?P<ask>(?:{VERBS})\b[^.!?;]*)", re.IGNORECASE)
_BY_AFTER = re.compile(
    r"[\s)\],]*(?P<ask>(?:by|before|until"
    r"|no later than)\s[^.!?;]*?(?:,? (?:at )?\d{1,2}(?::\d\d)? ?[ap]\.?m\.?(?: \(?(?:[ECMP][SD]?T|Eastern|Central"
    r"|Mountain|Pacific)\)?)?)?)\s*(?=[.!?;)]|,\s|$)",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"^(?:more|details|info|information|registration|full|further|the full|complete|program|schedule|agenda"
    r"|instructions|guidelines|application|applications|job|link|website|event|questions|tickets)\b",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"\b(?:is|are|was|were|has|have|will|can|opens?|takes?|made|released|published|launched|posted|shared"
    r"|explains?|shows?)\b",
    re.IGNORECASE,
)
LONGEST = 110  # characters of an ask that stands before its link
FEW = 45
_BARE_ENDS = listed("learn find get check take fill save add")


def call_of(text: str, parts: Sequence[Part], links: Sequence[Fact]) -> Call:
    """What the text asks for, the strongest ask first; one with a link before one without."""
    options = [_at_link(text, part, link) for link in links if (part := _holder(parts, link)) is not None]
    asked = [one for one in options if one.verb]
    words = [
        one
        for part in parts
        if part.role not in ("letter", "contact", "quote") and (one := _asked(text, part)) is not None
    ]
    if not links:
        written = [
            Call(((part.start, part.end),), None, "contact", whole=True) for part in parts if part.role == "contact"
        ]
        if words or written:
            return max(words, key=lambda one: bool(_STRONG.match(one.verb)), default=written[-1] if written else Call())
        spoken = next((one for part in parts if (one := _mentioned(text, part)) is not None), None)
        return Call(also=spoken.spans[0]) if spoken else Call()
    words = words or [one for part in parts if (one := _mentioned(text, part)) is not None]
    also = max(words, key=lambda one: bool(_STRONG.match(one.verb)), default=None)
    best = max(asked or options or [Call(link=links[0])], key=lambda one: (bool(_STRONG.match(one.verb)), _page(one)))
    strong = [one for one in words if _STRONG.match(one.verb) and _IMPERATIVE.match(text, one.spans[0][0])]
    if best.verb in ("", "more") and strong and not best.spans:
        short = _shortened(text, strong[0])
        return Call(short.spans, best.link, short.verb)
    if also and not _STRONG.match(best.verb) and (_STRONG.match(also.verb) or best.verb in ("", "more")):
        return replace(best, also=also.spans[0])
    return best


def _page(call: Call) -> bool:
    """Does it lead to a page of its own, not only to somebody's home page, as signatures do?"""
    return call.link is not None and "/" in call.link.value.rstrip("/")


def _holder(parts: Sequence[Part], link: Fact) -> Part | None:
    return next((part for part in parts if part.start <= link.start and link.end <= part.end), None)


def asks(text: str, part: Part) -> str:
    """The verb with which this sentence asks its reader for something, in lower case, or an empty string."""
    words = text[part.start : part.end]
    found = _IMPERATIVE.match(words) or _AFTER_COLON.search(words)
    if not found or _NOT_ASKED.match(words, found.start("verb")) or _A_THING.match(words, found.start("verb")):
        return ""
    return found["verb"].casefold()


def _asked(text: str, part: Part) -> Call | None:
    verb = asks(text, part)
    if verb:
        return Call(((part.start, part.end),), None, verb, whole=True)
    if part.role == "label" and part.label in ("rsvp", "apply", "register", "to register", "how to apply", "to apply"):
        return Call(((part.start, part.end),), None, part.label.split()[-1], whole=True)
    found = _CAN.match(text[part.start : part.end])
    if found:
        return Call(((part.start, part.end),), None, found["ask"].split()[0].casefold(), whole=True)
    return None


def _mentioned(text: str, part: Part) -> Call | None:
    """A sentence that speaks of what can be done without asking for it: "Sign-up is at the desk"."""
    found = _STRONG_ANYWHERE.search(text, part.start, part.end)
    spoken = part.role in ("lead", "detail", "deadline", "ask", "label")
    return Call(((part.start, part.end),), None, found[0].casefold(), whole=True) if found and spoken else None


def _shortened(text: str, call: Call) -> Call:
    """“Register today!”, whose link stands elsewhere: without the stop and the "today"."""
    start, end = call.spans[0]
    end = trimmed(text, start, end)
    if end - start > LONGEST:
        found = re.match(r"\S+(?:\s+up)?", text[start:end])
        end = start + found.end() if found else end
    return Call(((_begin(text, start), end),), call.link, call.verb)


def _begin(text: str, start: int) -> int:
    found = _IMPERATIVE.match(text, start)
    return found.start("verb") if found else start


def trimmed(text: str, start: int, end: int) -> int:
    """Where the words end once "here", "at the link below:" and the like are left out."""
    while True:
        cut = _TRAIL.search(text, start, end) or _SIGNS.search(text, start, end)
        if not cut or cut.start() <= start:
            return end if not cut else start
        end = cut.start()


def _at_link(text: str, part: Part, link: Fact) -> Call:  # noqa: PLR0911 - one reason a line
    """The ask in the sentence around a link."""
    start, ends = part.start, part.end
    after = text[link.end : ends]
    if part.role == "label":
        return _at_label(text, part, link)
    if not text[start : link.start].strip() and (call := _behind(text, link, ends)) is not None:
        return call
    do = _TO_DO.match(text, start, link.start)
    if do:
        begin = do.start("ask")
        return _call(text, begin, trimmed(text, begin, do.end("ask")), link)
    found = _IMPERATIVE.match(text, start, link.start)
    if found and not _NOT_ASKED.match(text, found.start("verb")):
        if (to := _TO_AFTER.match(after)) and found["verb"].casefold() in ("visit", "see", "go", "use", "check"):
            base = link.end
            return _call(text, base + to.start("ask"), base + len(to["ask"].rstrip()) + to.start("ask"), link)
        begin = found.start("verb")
        stop = trimmed(text, begin, link.start)
        if (
            stop <= begin
            or text[begin:stop].casefold() in _BARE_ENDS
            or text[begin:stop].casefold() in ("visit", "see")
        ):
            return Call(link=link)
        spans = [(begin, stop)]
        if by := _BY_AFTER.match(after):
            spans.append((link.end + by.start("ask"), link.end + by.end("ask")))
        return Call(tuple(spans), link, found["verb"].casefold())
    if (can := _CAN.match(text, start, link.start)) and trimmed(text, can.start("ask"), link.start) > can.start("ask"):
        return _call(text, can.start("ask"), trimmed(text, can.start("ask"), link.start), link)
    return _stated(text, start, link)


def _behind(text: str, link: Fact, ends: int) -> Call | None:
    """The ask behind its link, as pasted web pages have it: "https://… Register here before March 1"."""
    found = re.compile(r"\s+").match(text, link.end)
    begin = found.end() if found else link.end
    ask = _IMPERATIVE.match(text, begin, ends)
    if not ask or ends - begin > LONGEST:
        return None
    here = re.compile(r"\s+here\b").search(text, begin, ends)
    if not here:
        return Call(((begin, trimmed(text, begin, ends)),), link, ask["verb"].casefold())
    rest = (here.end(), trimmed(text, here.end(), ends))
    spans = [(begin, here.start())]
    if text[rest[0] : rest[1]].strip():
        spans.append((rest[0] + len(text[rest[0] : rest[1]]) - len(text[rest[0] : rest[1]].lstrip()), rest[1]))
    return Call(tuple(spans), link, ask["verb"].casefold())


def _at_label(text: str, part: Part, link: Fact) -> Call:
    """“Register: https://…”, or with more words between them."""
    found = re.match(r"[*_\s]*(.*?)[*_]*\s*:", text[part.start : part.value])
    words = (part.start + found.start(1), part.start + found.end(1)) if found else (part.start, part.start)
    inner = (part.value, trimmed(text, part.value, link.start))
    if part.label in ("link", "url", "website", "web", "where", "location", "info", "more"):
        return Call(link=link)
    if inner[1] > inner[0] and _IMPERATIVE.match(text, *inner):
        return _call(text, *inner, link)
    verb = part.label.removeprefix("how to ").removeprefix("to ")
    begin = words[0] + len(part.label) - len(verb)
    return Call(((begin, words[1]),), link, verb.split()[0])


def _stated(text: str, start: int, link: Fact) -> Call:
    """A link at the end of a statement: "More information is available at …" names it, others ask for nothing."""
    stop = trimmed(text, start, link.start)
    words = text[start:stop]
    if (
        not words
        or words.startswith(("#", "@"))
        or (not (_HIGHER.match(words) and len(words) <= LONGEST) and (len(words) > FEW or _STATES.search(words)))
    ):
        return Call(link=link)
    return Call(((start, stop),), link, "more")


def _call(text: str, start: int, end: int, link: Fact) -> Call:
    if end - start > LONGEST or end <= start:
        return Call(link=link)
    words = text[start:end].casefold()
    verb = "more" if words.startswith(("more", "details", "information", "learn")) else words.split()[0]
    return Call(((start, end),), link, verb)
