"""Which language a tip is in, as far as that matters, and what asks for something in those that are not English.

A tip in another language becomes a draft of whole sentences: nothing is turned or shortened by English rules.
"""

import re

from bot.topics.drafting.lists import listed

_STOP_WORDS = listed(
    "the of to and is for on with that this are at by from will you we our your it a an in has have be as not or "
    "what when where who cost free more register monday tuesday wednesday thursday friday saturday sunday january "
    "february march april june july august september october november december library libraries join members "
    "online webinar workshop"
)
_ABROAD = listed(  # the commonest words of other languages that are no English words
    "el los las del que por para una está les des du et est pour dans sur avec nous vous der das und ist für mit von "
    "den auf ein eine im zu wir il gli che per di della os da em uma het een en van voor och att det som je na się"
)
ENGLISH = 0.07  # the share of the commonest words from which a text of some length is English
ENOUGH_WORDS = 12
_ASKING = re.compile(  # Spanish, Portuguese, French, Italian, German
    r"\b(?:inscr[íi]b\w*|inscrip\w*|inscrev\w*|inscri[çc]\w*|inscrire|inscrivez|iscri\w*|ap[úu]nt\w*|reg[íi]str\w*"
    r"|regist[re]\w*|reserv\w*|réserv\w*|prenot\w*|solicit\w*|postul\w*|candidat\w*|particip\w*|env[íi]\w*|mand[ae]\w*|envoy\w*"
    r"|firm[ae]\w*|signez|sign[ea]r|vot[ae]\w*|votez|[úu]n[ea]te|rejoign\w*|don[ae]\w*|donnez|spend\w*|ll[aá]m\w*"
    r"|appel\w*|telefon\w*|escr[íi]b\w*|[ée]criv\w*|escrev\w*|scriv\w*|cont[aá]ct\w*|venez|vengan?|ven[ií]te|venha\w*"
    r"|visit\w*|explor\w*|découvr\w*|descubr\w*|consult\w*|leer?|lean?|lisez|leggi|mira\w*|regard\w*|guard\w*"
    r"|anmeld\w*|meld\w*|bewerb\w*|unterschreib\w*|stimm\w*|besuch\w*|kommt|kommen sie|schick\w*|schreib\w*"
    r"|ruf\w* (?:sie )?an|les(?:en|t) sie|seht|sehen sie|macht mit|bringt"
    r"|acompáñ\w*|acompañ\w*|trae\w*|trai(?:ga|gan)|compart\w*|ayud\w*|aidez|partagez|aiutat\w*|helft|teilt"
    r"|merci de|veuillez|por favor|bitte)\b",
    re.IGNORECASE,
)


def is_english(text: str) -> bool:
    """Do enough of the words belong to English? A short text, or one in note form, has the benefit of the doubt."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"https?://\S+", " ", text).casefold())
    if len(words) < ENOUGH_WORDS:
        return not any(ord(sign) > 0x24F for word in words for sign in word)  # noqa: PLR2004 - said beside it
    common = [word for word in words if word in _STOP_WORDS]
    if len(set(common)) > 1 and len(common) / len(words) >= ENGLISH:
        return True
    return all(word.isascii() for word in words) and not any(word in _ABROAD for word in words)  # "no gifts pls"


def asks_abroad(words: str) -> bool:
    """May a sentence in another language ask for something? Rather once too often: such a sentence is never dropped."""
    return _ASKING.search(words) is not None
