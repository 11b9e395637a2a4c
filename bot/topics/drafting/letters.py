"""What of a pasted message is for its reader alone: greetings, wishes to have it shared, thanks and signatures."""

import re

_LETTER = re.compile(
    r"^(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening)|hi there|hiya|folks|all(?=[,!:])|team"
    r"|colleagues)\b[^.?!,:]{0,30}[,!:.]?(?:\s+(?:i |we )?(?:hope|trust|happy)\b[^.?!]{0,50}[.!]?)?$"
    r"|^dear [^.?!:]{2,80},$|cross[- ]?post"
    r"|^(?:please )?(?:feel free to )?(?:share|forward|distribute|pass(?: it| this)? (?:on|along)"
    r"|spread the word)\b(?!.*https?://)(?:.{0,60})$"
    r"|^(?:many )?(?:thanks|thank you|thx|cheers|best|sincerely|regards|warmly|yours|cordially|take care"
    r"|have a)\b(?! (?:to|go|goes|are)\b)[^.!?]{0,30}[,.!]?$"
    r"|^(?:thanks|thank you)(?: so much| very much)?(?: in advance)?(?: for (?:posting|sharing|your help|reading"
    r"|passing)[^.!]*)?[.!,]?$"
    r"|\b(?:can|could|would) (?:you|we|somebody|someone|anybody|y'all)(?: all| please)? (?:please )?(?:post|tweet"
    r"|share|put|mention|repost|announce)\b"
    r"|\bhelp (?:us |me )?(?:to )?(?:spread the word|get the word out)\?"
    r"|\bworth (?:a|posting|sharing|tweeting)\b|\bmaybe for (?:the|our)\b|\bgood for (?:the|our) (?:page|feed"
    r"|account)|\bfor (?:the|our) (?:facebook|twitter|x|linkedin|instagram) (?:page|account|feed)\b"
    r"|^(?:see|details) below\b|^fwd?:|^re:|^from:|^to:|^sent:|^cc:|^-- ?$|^unsubscribe|^you (?:are"
    r"|'re) receiving this|^view (?:this )?(?:email )?in (?:your )?browser"
    r"|^(?:apologies|sorry) (?:for|if)|^not sure (?:if|whether)|^(?:fyi|tip|heads up)[.!:]?$|^(?:hope|i hope)\b"
    r"|^let me know\b|^i (?:think|thought|guess)\b"
    r"|^(?:for immediate release|press release|media release|memorandum(?: for \w+)?|###)\W*$|^\W*$"
    r"|^(?:sent from my|get outlook)\b"
    r"|^(?:(?:first |last |re)?(?:published|posted|updated)|date posted)(?: on|:)? [^.!?]{4,30}$"
    r"|^(?:skip to (?:main )?content|menu|search|print(?: this)?|share this|back to [\w ]{2,20}|\d+ min(?:ute)? read)\b"
    r"[^.!?]{0,60}$|^-{2,} ?forwarded message"
    r"|^(?:this (?:e-?mail|message)|the information)\b.*\b(?:confidential|intended|privileged)\b"
    r"|\breceived (?:it|this)(?: \w+)? in error\b|^(?:forwarding|passing (?:this|it) (?:on|along)|sharing on behalf)\b"
    r"|\b(?:might|may|could|would) be (?:a )?(?:good|great|nice|worth)\b.{0,30}\b(?:for|on) (?:linkedin|facebook|x"
    r"|twitter|instagram|bluesky|mastodon|threads)\b|^begin forwarded message|^on [^.!?]{10,80} wrote:$",
    re.IGNORECASE,
)
_THANKS_TO = re.compile(r"(?:many |huge )?(?:thanks|thank you)\s+(?:so much\s+)?to\b", re.IGNORECASE)
_CRUMBS = re.compile(r"(?:[\w&’',-]+(?: [\w&’',-]+){0,3} ?[>»›|/] ?){1,6}[\w&’', -]{2,60}")  # Home > News > Events
_MINE = re.compile(r"(?<![\w'’\"“])(?:I|I['’](?:m|ve|d|ll)|[Mm]y|me|[Mm]ine)(?![\w])")
_TRIM = re.compile(
    r"(?:(?:hi|hello|hey|dear)\b[^,!.]{0,25}(?:[,!]|\s[-–—])\s+)?(?:"
    r"(?:on behalf of [^,.]{3,70}, )?"
    r"(?:we['’]re|we are|i['’]m|i am|(?:the )?[A-Z][\w ]{1,40} is) (?:very |so |really |also )?(?:pleased|excited"
    r"|happy|delighted|thrilled|proud|honou?red|glad) to (?:announce|share|report|say|let you know"
    r"|tell you) that\s+"
    r"|(?:just |this is )?(?:a )?(?:just a )?(?:quick |friendly |gentle |kind |final )*reminder(?:[:,—–-]+\s*"
    r"|\s+that\s+)"
    r"|(?:fyi|psa|heads[- ]up(?: y['’]all| all| everyone| folks| everybody)?|icymi"
    r"|in case you missed it|please note|note|did you know|don['’]t forget|good news"
    r"|great news|big news|breaking|tip|idea|news tip|announcement|attention|(?:tip|news|idea|item"
    r"|post) for (?:the|our) [\w ]{1,20})(?:[:,!—–-]+\s*|\s+that\s+|\s+-\s+)(?:that\s+)?"
    r"|(?:i|we) (?:just )?(?:wanted|want|would like|['’]d like) to (?:let (?:you|everyone|people) (?:all )?know"
    r"|share|mention|tell you|remind you)(?: that| about)?\s+(?=the\b|there\b|our\b|[A-Z]|registration|a\b)"
    r"|(?:i|we) (?:just )?(?:heard|saw|see|noticed|read|learned|hear|found out)(?: (?:from|at|on"
    r"|in) [\w ]{1,25})? that\s+"
    r"|[A-Z]\w+ (?:just |has )?(?:told me|tells me|told us|mentioned|let me know|let us know|wrote me"
    r"|emailed me)(?: that|:|,)?\s+(?=the\b|our\b|there\b|a\b|[A-Z])"
    r"|please (?:note|be advised|be aware|remember) that\s+|be advised that\s+"
    r"|(?:fyi|btw|so|ok|okay|well),?\s+(?=(?:the|our|we|there|this|a|an|it)\b)"
    r"|quick (?:one|note|thing|heads[- ]up)(?: from me)?[:,]\s+"
    r"|(?:please |pls )?(?:rt|retweet|repost|share)(?: widely)?:\s*|(?:fwd?|re|subject):\s*"
    r"|(?:hi|hello|hey|dear)\b[^,!.:\n]{0,25}(?:[,!]|\s[-–—])\s+(?=[\w\"“])"
    r"|for (?:the|our) [\w ]{1,20}(?:page|account|feed):\s*)",
    re.IGNORECASE,
)
_PUBLIC = (
    r"(?:(?:our|the|all|more|as many|many) )*(?:followers|people|members|everyone|everybody|folks|readers|patrons"
    r"|students|colleagues|librarians|neighbors|ppl)(?: as (?:you|we) can)?"
)
_TELL = rf"(?:ask|tell|remind|encourage|invite|get|urge|nudge) {_PUBLIC} to"
_PASS_ON = re.compile(  # "Could you ask our followers to vote …?" and "Can you share it so people vote …?": to vote
    r"(?:[^.!?]{0,60}?[ ,])?(?:can|could|would|will) (?:you|we|somebody|someone|y'all)(?: all)?(?: please)? (?:"
    rf"{_TELL}|(?:share|post|repost|spread|put)\b[^.!?:]{{0,40}}? (?:and {_TELL}"
    rf"|so(?: that)? (?:{_PUBLIC}|they)(?: can| could| will)?)) (?=[a-z])",
    re.IGNORECASE,
)
_NAMES = re.compile(r"[-–—~/ ]*[A-Z][\w.'’-]*(?:[ ,]+(?:[A-Z][\w.'’-]*|of|the|and|at|for|[a-z]{2,12})){0,6}[.!]?")
_THANKS = (
    r"(?:(?:many |with )?(?:thanks|thank you|thx|tysm|ty)(?: so much| very much| again| everyone| all| in advance"
    r"| a (?:million|bunch|lot))*|cheers"
    r"|(?:(?:with|warm(?:est)?|kind(?:est)?|best|all the|many) )*(?:regards|wishes|best)|big hugs?|hugs"
    r"|xo+x?|love"
    r"|see you (?:there|soon)|hope to see you(?: there)?|talk soon|more soon|onward|in solidarity"
    r"|yours(?: truly)?|sincerely|take care|muchas gracias|gracias|un (?:fuerte )?(?:abrazo|saludo)"
    r"|saludos|merci(?: d['’]avance| beaucoup| à tou(?:te)?s)*|cordialement|bien à vous|amitiés|(?:herzlichen |vielen )"
    r"?dank(?: fürs? \w+| im voraus)?|danke|(?:viele |herzliche |liebe |beste )?grüße|grazie(?: mille)?"
    r"|cordiali saluti|um abraço|abraços?|obrigad[oa])"
)
_GOODBYE = re.compile(
    rf"^¡?(?:{_THANKS}|warmly|cordially)(?: and [\w ]{{3,25}})?[,.!?]*(?-i:\s+[-–—~]?\s*[A-Z][\w. ]{{0,30}})?$"
    r"|^(?-i:[-–—~]{1,3} ?[A-Z])|^[-–—_=*]{2,}$",
    re.IGNORECASE,
)
_BEHIND = re.compile(  # "… https://example.org. Thanks! Ben"
    rf"\s+(?:¡?{_THANKS}\b[,.!]*(?-i:\s+[-–—~]?\s*[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,2}})?[.!]?"
    r"|(?-i:(?:--?|–|—|~|/)\s?[A-Z][\w.'’-]*(?:(?:,? (?:of|the|and|at|for))* ?[A-Z][\w.'’-]*){0,5}))\s*$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:[.!?)][\"”’]?|\S+\.\w\S*)$")  # a sentence or a link
_ABROAD = re.compile(
    rf"^(?:¡?hola|buen[oa]s (?:tardes|noches|d[íi]as)|bonjour|bonsoir|salut|chers?|chères?|liebe[rs]?|hallo"
    r"|guten (?:tag|morgen|abend)|ciao|buongiorno|car[oaie]|ol[áa]|bom dia|boa tarde|estimad[oa]s?|querid[oa]s?)\b"
    rf"[^.:?]{{0,40}}[,!:.]?$|^¡?{_THANKS}[,.!]*$"
    r"|\b(?:pueden|puedes|podrían|podrías|pourriez-vous|pouvez-vous|könn(?:t|en|ten) (?:ihr|sie|wir)|potete|podem)\b"
    r".{0,40}\b(?:publicar|compartir|difundir|publier|partager|diffuser|relayer|teilen|posten|veröffentlichen"
    r"|pubblicare|condividere|diffondere|publicar|compartilhar|divulgar)\b"
    r"|^(?:bitte (?:gern )?(?:teilen|weiterleiten|posten)|merci de (?:partager|diffuser|relayer)|a partager|à partager"
    r"|difundir por favor|por favor,? (?:difundan|compartan|difundir|compartir))\b.{0,40}$",
    re.IGNORECASE,
)
_TRIM_ABROAD = re.compile(
    r"(?:¡?hola|buen[oa]s (?:tardes|noches|d[íi]as)|bonjour|bonsoir|salut|liebe[rs]?|hallo|guten (?:tag|morgen|abend)"
    r"|ciao|buongiorno|ol[áa]|bom dia|boa tarde)\b[^.:!?,]{0,40}[:,!]\s+(?=\S)"
    r"|les pido (?:difundir|compartir):\s*|(?:zur info|für euch|pour info|para difundir):\s*",
    re.IGNORECASE,
)
_SIGNATURE = 70  # characters of a line below "Best regards,"


def is_letter(words: str, *, led: bool) -> bool:
    """Is this sentence of use to the volunteer alone? `led`: something that a post can begin with came before it."""
    if _CRUMBS.fullmatch(words) and (" > " in words or "»" in words or "›" in words or words.count("|") > 1):
        return True
    if _PASS_ON.match(words) or not (_LETTER.search(words) or _ABROAD.search(words)):
        return False
    return led or not _THANKS_TO.match(words)


def body(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a sentence begins and ends without "Just a reminder that" before it and "Thanks! Ben" behind it."""
    passed = _PASS_ON.match(text, start, end)
    if passed:
        start, end = passed.end(), end - (text[end - 1] == "?")
    while trimmed := _TRIM.match(text, start, end) or _TRIM_ABROAD.match(text, start, end):
        start = trimmed.end()
        if trimmed[0].casefold().startswith("did you know"):
            end -= text[end - 1] == "?"
    while (behind := _BEHIND.search(text, start, end)) and _ENDS.search(text, start, behind.start()):
        end = behind.start()
    return start, end


def says_goodbye(words: str) -> bool:
    """Is this "Best regards," or the like, below which names stand?"""
    return _GOODBYE.search(words) is not None


def is_signature(words: str, *, alone: bool) -> bool:
    """Is this a name, a title or an office? `alone`: it stands on a line of its own."""
    return len(words) <= _SIGNATURE and (alone or _NAMES.fullmatch(words) is not None)


def speaks_of_me(words: str) -> bool:
    """Does somebody speak of themselves? An association's post says "we"."""
    return _MINE.search(words) is not None
