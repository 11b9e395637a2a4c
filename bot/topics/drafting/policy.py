"""The policy in plain words, and how a coordinator changes it."""

from collections.abc import Sequence
from typing import Annotated

from msgspec.structs import replace

from bot.core.chat import Block, Button, Card, Choice, Control, Facts, Note, Reply, Row, Rows, Text, Words
from bot.core.ports import Records
from bot.core.router import Context, Option, Role
from bot.core.words import line
from bot.errors import Refusal
from bot.topics.drafting.model import POLICY, Approvers, Draft, Need, Policy, PolicyChanged, Subject
from bot.topics.drafting.options import ASubject, subjects
from bot.topics.drafting.rules import Verdict, verdict, words_of
from bot.topics.drafting.tips import tip_of
from bot.topics.posting.model import Post
from bot.topics.team.facts import Section, WelcomeOpened
from bot.topics.team.model import Standing, Volunteer
from bot.topics.team.nudging import team_of
from bot.topics.team.options import AVolunteer

NAME_LIMIT = 60
WORDS_LIMIT = 300
SHOWN = 10  # subjects of one list
WELCOME_WEIGHT = 49  # just before the place where the whole policy can be read
WHEN = {
    Need.NEVER: "Nothing needs approval before it is posted.",
    Need.RESTRICTED: "What touches a restricted subject needs approval before it is posted; the rest does not.",
    Need.ALWAYS: "Everything needs approval before it is posted.",
}
WHO = {
    Approvers.VOLUNTEERS: "Any other volunteer may approve. Nobody approves their own words.",
    Approvers.COORDINATORS: "A coordinator approves. Nobody approves their own words.",
}

AName = Annotated[
    str, Option(lambda _context, text: _read_name(text), takes=lambda _context, words: _takes_name(words))
]
SomeMarks = Annotated[
    tuple[str, ...],
    Option(lambda _context, text: _read_marks(text), takes=lambda _context, words: len(words)),
]
AChampion = Annotated[str, Option(lambda _context, text: line(text, NAME_LIMIT), takes=lambda _context, _words: 0)]


def _read_name(text: str) -> str:
    name = line(text, NAME_LIMIT)
    if not words_of(name):
        raise Refusal("A subject needs a letter or two, for example: “labour disputes”.")
    return name


def _takes_name(words: Sequence[str]) -> int:
    """All words; where a list with commas follows, the first one, which may be quoted."""
    return 1 if " " in words[0] or any("," in word for word in words) else len(words)


def _read_marks(text: str) -> tuple[str, ...]:
    """Words by commas or lines."""
    parts = (" ".join(part.split()) for part in line(text.replace("\n", ","), WORDS_LIMIT).split(","))
    return tuple(dict.fromkeys(part for part in parts if words_of(part)))


def policy_of(records: Records) -> Policy:
    """What the team has settled; the usual where it has settled nothing."""
    return records.get(Policy, POLICY) or Policy(POLICY)


def ruling(records: Records, draft: Draft) -> Verdict:
    """What the policy says of a draft now: of its words, its picture's, and the tip or the post that it is made of."""
    tip = tip_of(records, draft.tip)
    post = records.get(Post, draft.of_post) if draft.of_post else None
    texts = (draft.text, draft.alt, draft.answer, tip.whole if tip else "", post.words if post else "")
    return verdict(policy_of(records), records.find(Subject, restricted=True), *texts)


def policy_show(context: Context) -> Reply:
    """What we may post about, what is restricted, and when words need approval."""
    policy, known = policy_of(context.records), subjects(context.records)
    coordinates = context.asker.role >= Role.COORDINATOR
    blocks: list[Block] = [Words(WHO[policy.approvers])] if policy.need is not Need.NEVER else []
    blocks += _rows(context, "Restricted:", [one for one in known if one.restricted], change=coordinates)
    blocks += _rows(
        context, "Approved for our pages:", [one for one in known if not one.restricted], change=coordinates
    )
    if written := team_of(context.records).policy:
        blocks.append(Facts((("The whole policy", written),)))
    if not known:
        blocks.append(Note("No subject is noted yet. A coordinator can type `policy restrict` or `policy allow`."))
    return Card("Our policy", WHEN[policy.need], tuple(blocks), _controls(policy, coordinates=coordinates))


def _rows(context: Context, title: str, several: Sequence[Subject], *, change: bool) -> list[Block]:
    if not several:
        return []
    rows = tuple(Row(one.name, _detail(context, one), _change(one) if change else ()) for one in several[:SHOWN])
    more = [Note(f"And {len(several) - SHOWN} more.")] if len(several) > SHOWN else []
    return [Words(title), Rows(rows, total=len(rows)), *more]


def _detail(context: Context, subject: Subject) -> Text:
    names = [one.name for one in approvers_of(context.records, subject)]
    said = [f"told by: {', '.join(subject.words)}" if subject.words else ""]
    said += [f"approved by {' or '.join(names)}" if names else ""]
    said += [f"{subject.champion} may say it instead" if subject.champion else ""]
    return "; ".join(part for part in said if part)


def approvers_of(records: Records, subject: Subject) -> list[Volunteer]:
    """The volunteers named for a subject who are in the team."""
    found = (records.get(Volunteer, one) for one in subject.approvers)
    return [one for one in found if one is not None and one.standing is Standing.ACTIVE]


def _change(subject: Subject) -> tuple[Control, ...]:
    return (Button(f"Remove {subject.name}"[:75], "policy remove", {"subject": subject.id}),)


def _controls(policy: Policy, *, coordinates: bool) -> tuple[Control, ...]:
    if not coordinates:
        return ()
    others = tuple((need.value, _label(need)) for need in Need if need is not policy.need)
    return (
        Choice("Approval is needed", "policy need", "need", others),
        Button("Restrict a subject", "policy restrict"),
        Button("Allow a subject", "policy allow"),
    )


def _label(need: Need) -> str:
    return {Need.NEVER: "Never", Need.RESTRICTED: "For restricted subjects", Need.ALWAYS: "Always"}[need]


def policy_need(context: Context, need: Need) -> Reply:
    """Set when words need somebody else's approval before they are posted.

    need: never, restricted or always
    """
    before = policy_of(context.records)
    _settle(context, replace(before, need=need))
    undo = Button("Undo: approval as before", "policy need", {"need": before.need.value})
    return Card("Our policy", WHEN[need], controls=((undo,) if before.need is not need else ()) + _see())


def policy_approvers(context: Context, who: Approvers) -> Reply:
    """Set who may approve: any other volunteer, or coordinators only.

    who: volunteers or coordinators
    """
    before = policy_of(context.records)
    _settle(context, replace(before, approvers=who))
    undo = Button("Undo: approvers as before", "policy approvers", {"who": before.approvers.value})
    return Card("Our policy", WHO[who], controls=((undo,) if before.approvers is not who else ()) + _see())


def _settle(context: Context, settled: Policy | Subject) -> None:
    """Keep what was settled, and see what it means for words that are approved already."""
    context.records.put(settled)
    context.announce(PolicyChanged())


def _see() -> tuple[Control, ...]:
    return (Button("See the policy", "policy show"),)


def policy_restrict(
    context: Context, name: AName, champion: AChampion | None = None, words: SomeMarks | None = None
) -> Reply:
    """Restrict a subject: a post about it needs somebody else's approval first.

    name: the subject, such as “labour disputes”
    champion: somebody outside who may say it instead, such as “the state chapter”
    words: words that tell it, by commas, such as strike, lockout
    """
    return _keep(context, name, restricted=True, words=words, champion=champion)


def policy_allow(context: Context, name: AName, words: SomeMarks | None = None) -> Reply:
    """Note a subject that is approved for our pages.

    name: the subject, such as webinars
    words: words that tell it, by commas
    """
    return _keep(context, name, restricted=False, words=words, champion=None)


def _keep(
    context: Context, name: str, *, restricted: bool, words: tuple[str, ...] | None, champion: str | None
) -> Reply:
    known = [one for one in subjects(context.records) if words_of(one.name) == words_of(name)]
    before = known[0] if known else None
    subject = before or Subject(context.chance.id(), name, restricted)
    subject = replace(
        subject,
        name=name,
        restricted=restricted,
        words=subject.words if words is None else words,
        champion=subject.champion if champion is None else champion,
    )
    _settle(context, subject)
    state = "restricted: a post about it needs approval first" if restricted else "approved for our pages"
    if restricted and policy_of(context.records).need is Need.NEVER:
        state = "restricted, though nothing needs approval as the policy stands: type `policy need restricted`"
    detail = _detail(context, subject)
    return Card(
        "Our policy",
        f"{subject.name} is {state}.",
        (Note(detail),) if detail else (),
        (*_take_back(subject, before), *_see()),
    )


def _take_back(subject: Subject, before: Subject | None) -> tuple[Control, ...]:
    if before is None:
        return (Button(f"Undo: {subject.name}"[:75], "policy remove", {"subject": subject.id}),)
    if before.restricted == subject.restricted:
        return ()
    word = "restrict" if before.restricted else "allow"
    try:
        return (Button(f"Undo: {word} {subject.name}"[:75], f"policy {word}", {"name": subject.name}),)
    except ValueError:  # a long name that takes more bytes than a button has: it is typed again
        return ()


def policy_approver(context: Context, volunteer: AVolunteer, subject: ASubject) -> Reply:
    """Name a volunteer who approves a restricted subject; the same again takes the name off.

    volunteer: who may approve it
    subject: the restricted subject
    """
    if not subject.restricted:
        raise Refusal(f"{subject.name} is approved for our pages, so it needs no approver.", option="subject")
    if volunteer.standing is not Standing.ACTIVE:
        raise Refusal(f"{volunteer.name} has not come in yet. Please name somebody who is here.", option="volunteer")
    named = volunteer.id in subject.approvers
    others = tuple(one for one in subject.approvers if one != volunteer.id)
    subject = replace(subject, approvers=others if named else (*others, volunteer.id))
    _settle(context, subject)
    said = "no longer approves" if named else "approves"
    undo = Button(f"Undo: {volunteer.name}"[:75], "policy approver", {"volunteer": volunteer.id, "subject": subject.id})
    return Card("Our policy", f"{volunteer.name} {said} posts about {subject.name}.", controls=(undo, *_see()))


def policy_remove(context: Context, subject: ASubject) -> Reply:
    """Take a subject out of the policy.

    subject: which one, by name
    """
    context.records.remove(Subject, subject.id)
    context.announce(PolicyChanged())
    word = "restrict" if subject.restricted else "allow"
    try:
        undo: tuple[Control, ...] = (
            Button(f"Undo: {word} {subject.name}"[:75], f"policy {word}", {"name": subject.name}),
        )
    except ValueError:
        undo = ()
    more = subject.words or subject.approvers or subject.champion
    lost = " Its words, approvers and champion are gone with it." if more else ""
    return Card("Our policy", f"{subject.name} is no longer in it.{lost}", controls=(*undo, *_see()))


def policy_in_welcome(context: Context, _opened: WelcomeOpened) -> Section:
    """When words need approval, and what is restricted, for somebody new."""
    names = [one.name for one in subjects(context.records) if one.restricted][:SHOWN]
    facts: list[tuple[str, Text]] = [("Approval", WHEN[policy_of(context.records).need])]
    facts += [("Restricted", ", ".join(names))] if names else []
    return Section(WELCOME_WEIGHT, (Facts(tuple(facts)),), (Button("Our policy", "policy show"),))
