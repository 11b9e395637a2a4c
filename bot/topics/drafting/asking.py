"""How a sentence asks its reader for something: the verbs, where they stand, and what only looks like it."""

import re

from bot.topics.drafting.facts import Part

VERBS = (
    "register|sign up|signup|apply|submit|rsvps?|join|watch|read|download|see|visit|explore|learn|find out|find"
    "|donate|give|call|"
    "contact|email|write|tell|ask|urge|vote|nominate|volunteer|share|follow|enter|take|complete|fill|browse|listen|"
    "check|get|save your|reserve|book|buy|order|subscribe|resubscribe|add"
    "|send|bring|come|attend|help|support|sign|respond|reply|"
    "discover|renew|view|meet|use|try|tune in|stop by|drop in|drop by|upload|tag|comment|propose|request|tour|"
    "text|pledge|pre-register|preorder|look|start reading|pitch in|chip in|"
    r"have a look|have a seat|have your say|have a listen|have a go|give it a|let (?:us|me|\w+(?: \w+){0,2}) know"
    "|help yourself|stock up|hang on|show up|party|honk|press play"
    "|speak|testify|protect|answer|mail|post|play|search|pick up|test|consult"
)
_WITH_OBJECT = (  # verbs that ask only with something behind them: "grab a seat", "drop Lena a line", "show up"
    "grab|claim|put|cast|drop|ring|print|catch|adopt|pick|flip|swing|head|hop|hit|make|pack|file|pass|pop|stop|spread"
    "|wear|lend|stand|raise|save|scroll|tap|click|type|snap|pitch|peek|inquire|enquire|forward|phone|dial|message|dm|ping"
    "|reach|connect|invite|suggest|recommend|refer|choose|guess|borrow|stream|dance|keep|prepare|gather|sponsor"
    "|transcribe|defend|fight|oppose|reject|demand|refuse|march|rally|cosign|press|show|compare|leave|stay|stick|hang"
    "|hear|speak|go|throw|dig|dive|jump|step|treat|polish|dust|feed|plant|talk|chat|review|return|name"
    "|wave|smile|clap|cheer|thank your|thank the|celebrate|honor|mark your|mark the|set aside|set a"
    "|plan a|plan your|plan on|run for|match the|host a|lead a|teach a|mentor a"
)
_OBJECT = (
    r"(?=\s+(?:to|at|your|you|yours|yourself|an?|the|us|me|our|their|his|its|it|him|her|them|this|that|these|those|one|two"
    r"|up|out|in|on|off"
    r"|over|by|down|along|around|all|any|every|some|something|someone|somebody|part|with|for|into|back|now|today|early"
    r"|soon|here|there|how|what|why|who|as|aloud|loud|mr|mrs|ms|dr|(?-i:[A-Z])[a-z]+|\d+)\b|\s*[.!,]|\s*$)"
)
_VERB = rf"(?:(?:{VERBS})\b(?!['’])|(?:{_WITH_OBJECT})\b(?!['’]){_OBJECT})"
STRONG = (  # what a post is made for goes before what only helps
    "register|sign up|signup|apply|submit|rsvp|donate|vote|nominate|volunteer|call|contact|tell|write|urge|"
    "text|sign|subscribe|pledge|join|pre-register|add your|chip in|"
    "cast|claim|grab|adopt|ring|put|drop|pick|pack|file|show up|bring|email|mail|"
    "come|take action|renew|watch|download|enter|take the|fill|complete|sign the|reserve|book|propose|send"
)
IMPERATIVE = re.compile(
    rf"(?:to [^,.!?]{{3,60}},\s+(?!(?:please )?(?:visit|see|go|use|click|check|follow|head|fill|complete|consult)\b))?"
    rf"(?:(?:if|when|once|before|until|till|by) [^,.!?]{{3,60}}"
    rf"(?:,\s+|\s+(?=(?:please|call|write|text|email|honk|wave)\b)))?"
    rf"(?:(?:please|so|and|interested\?|go ahead and|now|then|do|be sure to"
    rf"|make sure to|don['’]t forget to|remember to|help us and)[,:]?\s+)*"
    rf"(?P<verb>{_VERB})",
    re.IGNORECASE,
)
_CLAUSE = re.compile(  # "Spots are going fast, claim yours", "the money is there, so call your mayor"
    r"(?:[,:;(]\s+|\s[–—-]\s+|\b(?:so|just|then|please|is that you|can you|will you|could you|do)\s+"
    r"|\band\s+(?=\w+ (?:your|us|me)\b)"
    r"|\b(?:urge|ask|invite|encourage|request)s? [^,.!?:;]{3,40}? to\s+)"
    rf"(?:(?:so|and|then|please|just|now|but)\s+)*(?P<verb>{_VERB})"
    r"(?=\s*[.!]|\s+(?:to|your|yours|yourself|an?|the|us|me|it|them|this|these|our|one|up|out|in|by|mr|mrs|ms|dr)\b)",
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
    r"(?:book|order|post|test|tour|volunteer|view|comment|vote|search|play|mail|watch|support|contact|sign|complete)\s+"
    r"(?!(?:your|a|an|the|now|today|us|for|by|at|with|on|early|online|in|to|here|it|one|this|these|our|yours|up"
    r"|out|them|and|as|if|how|what|why|who|no|yes|all|any|both|two|three|before|until|between|\d+)\b)(?-i:[a-z])"
    r"|(?-i:Book|View|Post|Test|Tour|Mail|Volunteer|Search|Play)\s+(?-i:[A-Z][a-z])",
    re.IGNORECASE,
)
CAN = re.compile(
    rf"(?!.{{0,60}}\b(?:that|which|if) you\b)(?:(?:.{{0,110}}?\b)?(?:you|members|anyone|anybody|everyone|everybody|else"
    rf"|others|librarians|libraries|visitors|readers|participants|candidates|applicants|people|students|individuals"
    rf"|volunteers|persons|interested|researchers|teachers|descendants|institutions?|customers|parents|families|teens"
    rf"|authors|nominees|residents|voters|patrons|faculty|staff|educators|hope|who|whoever)[\w ,]{{0,60}}?\s"
    rf"(?:can|may|must|should|shall|could|have to|need to)|.{{0,160}}?\b(?<!\bwe )(?:is|are) (?:\w+ )?(?:invited"
    rf"|entitled|eligible|welcome|encouraged|asked|urged|free) to)\s+(?:(?:also|still|now|already|simply|just)\s+)?"
    rf"(?:please\s+)?(?P<ask>{_VERB}.*)",
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
    found = IMPERATIVE.match(words) or AFTER_COLON.search(words) or _CLAUSE.search(words)
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
