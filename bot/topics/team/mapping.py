"""A role of a chat network whose holders act as coordinators: the server gives and takes it, Steward asks each time.

It counts where it is held, for people who are in the team, and only while they hold it. It makes nobody a coordinator
of the team: those are never none, whoever else may act as one.
"""

from bot.core.chat import Button, Card, Note, Reply, Row, Rows
from bot.core.pages import PAGE
from bot.core.router import Context, Role
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.team.model import CoordinatingGroup
from bot.topics.team.nudging import tell_coordinators
from bot.topics.team.places import AGroup, AMappedGroup, Group, group_words


def team_map(context: Context, group: AGroup) -> Reply:
    """Let the team's people who hold a role on the server act as coordinators there.

    A coordinator may do that, or a volunteer to whom the server belongs.

    group: the server's role, such as @Social media
    """
    known = context.records.get(CoordinatingGroup, group.id)
    _may_map(context, group.house)
    if known is not None and known.name == (group.name or known.name):
        return Card("Roles", f"The team's people with {group_words(known)} act as coordinators already.")
    mapped = _mapped(context, group)
    context.records.put(mapped)
    said = f"The team's people with {group_words(mapped)} act as coordinators there now."
    _tell(context, mapped.id, said)
    return Card(
        "Roles",
        said,
        (Note("Who is not in the team gets nothing by it. Notes to coordinators still go to the team's own ones."),),
        (Button("Undo: they don't", "team unmap", {"group": mapped.id}), Button("See the team", "team show")),
    )


def _mapped(context: Context, group: Group) -> CoordinatingGroup:
    return CoordinatingGroup(group.id, group.name, context.asker.volunteer, context.now)


def team_unmap(context: Context, group: AMappedGroup | None = None) -> Reply:
    """Stop letting the people who hold a role on the server act as coordinators.

    group: the role, as `team show` names it; shows which there are if left out
    """
    if group is None:
        return _list(context)
    _may_map(context, Group(group.id).house)
    context.records.remove(CoordinatingGroup, group.id)
    said = f"The people with {group_words(group)} don't act as coordinators any more."
    _tell(context, group.id, said)
    return Card("Roles", said, controls=(_again(group), Button("See the team", "team show")))


def _list(context: Context) -> Card:
    groups = context.records.find(CoordinatingGroup, order="since")
    if not groups:
        said = "Nobody acts as coordinator by a role on a server. Type `team map` and a role to let its people do so."
        return Card("Roles", said)
    rows = tuple(
        Row(
            group_words(one),
            controls=(Button(f"Unmap {shown(group_words(one), 60)}", "team unmap", {"group": one.id}),),
        )
        for one in groups[:PAGE]
    )
    return Card("Roles", "The team's people with these act as coordinators.", (Rows(rows, total=len(rows)),))


def _again(group: CoordinatingGroup) -> Button:
    try:
        return Button("Undo: they do again", "team map", {"group": f"{group.id} {group.name}".strip()})
    except ValueError:  # a name that is too long for a button is left out
        return Button("Undo: they do again", "team map", {"group": group.id})


def _may_map(context: Context, house: str) -> None:
    """Raises Refusal unless a coordinator asks, or the owner of the very server that the role belongs to.

    Not whoever administrates it: they give out roles there, and so would make themselves coordinators.
    """
    if context.asker.role >= Role.COORDINATOR:
        return
    if not (context.request.owner and context.where.house == house):
        raise Refusal(
            "Only a coordinator, or the owner of that server who is a volunteer of the team, can say whose role "
            "counts. `team show` says who the coordinators are."
        )


def _tell(context: Context, group_id: str, said: str) -> None:
    """The other coordinators hear of it, and by whom: it decides who can do what they can."""
    me = context.asker
    tell_coordinators(context, f"mapped/{group_id}", f"{said} {me.name} said so.", besides=me.volunteer)
