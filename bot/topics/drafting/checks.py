"""The nine posting tips as checks that a machine can make, each with its reason and, where there is one, a fix."""

from functools import cache
from importlib.resources import files

from bot.topics.drafting.limits import Limits
from bot.topics.drafting.remarks import Contact, Fix, Remark, Restricted, Setting, State, TagLook, TagUse, Twin
from bot.topics.drafting.signing import hashtags, tags
from bot.topics.drafting.standing import balance, creative, plan, policy
from bot.topics.drafting.wording import concise, link, tailored

__all__ = [
    "CHECKS",
    "Contact",
    "Fix",
    "Remark",
    "Restricted",
    "Setting",
    "State",
    "TagLook",
    "TagUse",
    "Twin",
    "check",
    "questions",
]

CHECKS = {
    "concise": concise,
    "link": link,
    "tags": tags,
    "hashtags": hashtags,
    "plan": plan,
    "creative": creative,
    "balance": balance,
    "policy": policy,
    "tailored": tailored,
}
"""The id of a tip → its check, in the order of the tips."""


def check(text: str, limits: Limits, setting: Setting = Setting()) -> tuple[Remark, ...]:  # noqa: B008 - it is frozen
    """What the nine tips say of a text for a network, in their order."""
    return tuple(one(text, limits, setting) for one in CHECKS.values())


@cache
def questions() -> dict[str, str]:
    """What each tip asks of a post, by its id, as the association put it in our words."""
    import yaml  # noqa: PLC0415 - slow to load, and seldom needed

    listed = yaml.safe_load((files("bot.content") / "quick-tips.yaml").read_text("utf-8"))
    return {str(one["id"]): str(one["ask"]) for one in listed}
