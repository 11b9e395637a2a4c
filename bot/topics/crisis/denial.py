"""Whether a word of a sentence is taken back by those around it: “not hacked”, “no sign of a threat”. All pure.

Only what plainly denies counts. “We did not post this scam” and “not sure if it is a scam” deny no scam: when unsure,
better one alarm too many.
"""

import re

DENIES = re.compile(
    "no|not|never|none|nothing|nobody|without|neither|nor|(?:is|are|was|were|has|have|had|ai|do|does|did)n't"
)
BETWEEN = re.compile(
    "an?|the|any|be|been|being|really|actually|even|very|so|quite|that|this|it|it's|is|it|was|are|were|has|have|had|got|"
    "at|all|kind|sort|signs?|evidence|trace|indication|reports?|talk|of|one|single|credible|serious|real|true|big|"
    "actual|think|believe|see|we|we're|we've|i've|they|they're|us|our"
)
LEADS_ON = re.compile("sure|certain|only|just|clear|know|knowing|idea|doubt|longer|matter|wonder")
TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]")
AFTER = re.compile(
    r"\W*(?:\w+\W+)?(?:(?:is|are|was|were)\s+not|(?:is|are|was|were)n't)\s+(?:an?\s+|very\s+|really\s+|that\s+)*"
    r"(?:real|true|credible|serious|critical)\b",
    re.IGNORECASE,
)


def denied(said: str, start: int, end: int) -> bool:
    """Is what stands at `start`:`end` denied, by a word before it or by what follows?"""
    if AFTER.match(said, end):
        return True
    before = [one[0].casefold() for one in TOKEN.finditer(said[:start])]
    follows = ""
    for word in reversed(before):
        if DENIES.fullmatch(word):
            return not LEADS_ON.fullmatch(follows)
        if not BETWEEN.fullmatch(word):
            return False
        follows = word
    return False
