"""How a sentence asks its reader for something: the verbs, where they stand, and what only looks like it."""

import re

from bot.topics.drafting.facts import Part

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
IMPERATIVE = re.compile(
    rf"(?:to [^,.!?]{{3,60}},\s+(?=(?:please )?(?:e-?mail|call|send|text|write)\b))?"
    rf"(?:(?:if|when|once|before|until|till|by) [^,.!?]{{3,60}}(?:,\s+|\s+(?=(?:please|call|write|text|email)\b)))?"
    rf"(?:(?:please|so|and|interested\?|go ahead and|now|then|do|be sure to"
    rf"|make sure to|don['’]t forget to|remember to|help us and)[,:]?\s+)*"
    rf"(?P<verb>{VERBS})\b(?!['’])",
    re.IGNORECASE,
)
STRONG_VERB = re.compile(rf"(?:{STRONG})\b", re.IGNORECASE)
AFTER_COLON = re.compile(
    rf"[:;–—]\s+(?:please\s+)?(?P<verb>{STRONG})\b(?!['’])\s+(?!is\b|are\b)"
)  # "It matters: tell …"
NOT_ASKED = re.compile(
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
CAN = re.compile(
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
OPEN_END = re.compile(r"\b(?:or|and|as|than|but)$", re.IGNORECASE)  # "Listen wherever you like or at https://…"
LONGEST = 110  # characters of an ask that stands before its link


def asks(text: str, part: Part) -> str:
    """The verb with which this sentence asks its reader for something, in lower case, or an empty string."""
    words = text[part.start : part.end]
    found = IMPERATIVE.match(words) or AFTER_COLON.search(words)
    if not found or NOT_ASKED.match(words, found.start("verb")) or _A_THING.match(words, found.start("verb")):
        return ""
    return found["verb"].casefold()


def trimmed(text: str, start: int, end: int) -> int:
    """Where the words end once "here", "at the link below:" and the like are left out."""
    while True:
        cut = _TRAIL.search(text, start, end) or _SIGNS.search(text, start, end)
        if not cut or cut.start() <= start:
            return end if not cut else start
        end = cut.start()
