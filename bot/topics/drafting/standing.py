"""Checks of how a post stands among others: the calendar, its picture, the balance, the policy."""

import re
from datetime import date

from bot.topics.drafting.facts import Kind
from bot.topics.drafting.limits import Limits
from bot.topics.drafting.remarks import Fix, Remark, Setting, State
from bot.topics.team.days import understood_day

BALANCE = 3  # content posts for one of a campaign
SHORT_ALT, LONG_ALT = 3, 125  # words at least; characters that every screen reader reads in one go
_FILE = re.compile(
    r"^\S+\.(?:jpe?g|png|gif|webp|heic|tiff?|mp4|mov)$|^(?:img|dsc|image|photo|screenshot|untitled)[\s_-]*\d*$",
    re.IGNORECASE,
)
_UNSPACED = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]{2}"
)  # scripts that put no blank between words
_PREFIX = re.compile(
    r"^(?:an?\s+|the\s+)?(?:image|picture|photo(?:graph)?|graphic|screenshot)\s+(?:of|showing|shows)\s+", re.IGNORECASE
)


def plan(text: str, limits: Limits, setting: Setting) -> Remark:
    """The day suits the calendar."""
    days = setting.facts.of(Kind.WHEN, Kind.DEADLINE) if setting.facts else ()
    doubtful = next((one for one in days if "though" in one.resolved), None)
    if doubtful:
        return Remark("plan", State.LOOK, f"“{doubtful.words}”: {doubtful.resolved}. Ask which is right.")
    unsure = next((one for one in days if one.other), None)
    if unsure and not setting.week_said:
        other = understood_day(date.fromisoformat(unsure.other))
        return Remark("plan", State.LOOK, f"“{unsure.words}” may be {unsure.resolved} or {other}. Ask which is right.")
    if setting.calendar is None:
        told = "; ".join(dict.fromkeys(one.shown for one in days[:2]))
        return Remark(
            "plan", State.UNKNOWN, f"{told + '. ' if told else ''}No calendar is kept yet to hold it against."
        )
    if setting.calendar:
        return Remark("plan", State.LOOK, f"In the calendar: {'; '.join(setting.calendar[:3])}.")
    return Remark("plan", State.GOOD, "Nothing in the calendar speaks against it.")


def creative(text: str, limits: Limits, setting: Setting) -> Remark:  # noqa: PLR0911 - one reason a line
    """A picture or a video, with words for those who can't see it."""
    alt = " ".join(setting.alt.split())
    if setting.media is None:
        return Remark("creative", State.UNKNOWN, "Pictures are noted with a draft: name an account to keep it as one.")
    if not setting.media and not alt:
        state = State.FIX if limits.needs_media else State.LOOK
        return Remark(
            "creative",
            state,
            "This network takes no post without a picture."
            if limits.needs_media
            else "No picture or video is noted. Is there one?",
        )
    if not alt:
        return Remark(
            "creative", State.FIX, "The picture has no words yet for those who can't see it. Say what it shows."
        )
    if _FILE.match(alt):
        return Remark("creative", State.FIX, f"“{alt[:40]}” is the name of a file. Say what the picture shows.")
    if prefix := _PREFIX.match(alt):
        rest = alt[prefix.end() :]
        fixed = rest[:1].upper() + rest[1:]
        return Remark(
            "creative",
            State.LOOK,
            "A screen reader says that it is a picture; begin with what it shows.",
            Fix("Leave “picture of” out", fixed, alt=True),
        )
    if len(alt.split()) < SHORT_ALT and len(_UNSPACED.findall(alt)) < SHORT_ALT:
        return Remark("creative", State.LOOK, "That tells little of the picture. Who or what is on it, doing what?")
    if len(alt) > LONG_ALT:
        return Remark(
            "creative",
            State.LOOK,
            f"{len(alt)} characters; screen readers may stop after {LONG_ALT}. Begin with what matters.",
        )
    if alt.casefold() in " ".join(text.split()).casefold():
        return Remark("creative", State.LOOK, "The picture's words repeat the post. Say what the picture shows.")
    return Remark("creative", State.GOOD, "The picture has words of its own.")


def balance(text: str, limits: Limits, setting: Setting) -> Remark:
    """Three posts of content for one of a campaign, and no more than the account's cap."""
    if setting.cap_day is not None and setting.today >= setting.cap_day:
        return Remark(
            "balance",
            State.LOOK,
            f"{setting.today} today already; no more than {setting.cap_day} a day is wanted here.",
        )
    if setting.cap_week is not None and setting.week >= setting.cap_week:
        return Remark(
            "balance",
            State.LOOK,
            f"{setting.week} this week already; no more than {setting.cap_week} a week is wanted here.",
        )
    if setting.kinds is None:
        return Remark("balance", State.UNKNOWN, "It is not kept yet which posts belonged to a campaign.")
    campaign, content = setting.kinds.count("campaign"), setting.kinds.count("content")
    told = f"{content} of content and {campaign} of campaigns in the last 28 days."
    if setting.campaign and (campaign + 1) * BALANCE > content:
        more = (campaign + 1) * BALANCE - content
        return Remark(
            "balance",
            State.LOOK,
            f"{told} {more} more of content before the next of a campaign would keep the balance.",
        )
    return Remark("balance", State.GOOD, told)


def policy(text: str, limits: Limits, setting: Setting) -> Remark:
    """What the policy restricts is approved, or said by somebody else."""
    if not setting.restricted:
        return Remark("policy", State.GOOD, "It touches nothing that our policy restricts.")
    one = setting.restricted[0]
    names = ", ".join(each.name for each in setting.restricted[:3])
    who = (
        f" {' or '.join(one.approvers[:3])} may approve it."
        if one.approvers
        else " It needs a second person's approval."
    )
    champion = f" Or {one.champion} may say it instead." if one.champion else ""
    return Remark("policy", State.LOOK, f"Restricted by our policy: {names}.{who}{champion}")
