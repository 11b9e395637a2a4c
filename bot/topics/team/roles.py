"""Roles, and how the coordinator's role passes on: offered, accepted, with a checklist, never to nobody."""

from enum import StrEnum

from msgspec.structs import replace

from bot.core.chat import Button, Card, Control, Note, Reply, Style, Tick, Ticks, Words
from bot.core.router import Context, Role
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.accounts.model import Account
from bot.topics.team.duties import DUTIES, Checklist, Duty, DutyMark, RoleOffer, open_duties
from bot.topics.team.model import Notice, Standing, TeamRole, Volunteer
from bot.topics.team.nudging import coordinators, notify, tell_coordinators, unsay
from bot.topics.team.options import AVolunteer
from bot.topics.team.welcome import answers_to_offer


class Step(StrEnum):
    """What can be done with the coordinator's role."""

    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    STEP_DOWN = "step-down"


def keep_a_coordinator(context: Context, volunteer: Volunteer, what: str) -> None:
    """Raises Refusal where the team would be left without a coordinator; `what` says what can't be done yet."""
    if volunteer.role is not TeamRole.COORDINATOR or volunteer.standing is not Standing.ACTIVE:
        return
    if all(one.id == volunteer.id for one in coordinators(context.records)):
        named = "You are" if volunteer.id == context.asker.volunteer else f"{volunteer.name} is"
        raise Refusal(
            f"{named} the only coordinator, so {what} has to wait. Offer the role to somebody first: "
            "`team coordinator offer` and their name."
        )


def team_role(context: Context, volunteer: AVolunteer, role: TeamRole) -> Reply:
    """Make somebody a volunteer or an observer.

    volunteer: whose role changes
    role: volunteer, or observer for somebody who only looks on
    """
    if role is volunteer.role:
        return Card("Roles", f"{volunteer.name} is {_a(role)} already.")
    if role is TeamRole.COORDINATOR:
        raise Refusal(
            f"The coordinator's role is offered and accepted: type `team coordinator offer {volunteer.name}`.",
            option="role",
        )
    keep_a_coordinator(context, volunteer, "that")
    if role is TeamRole.OBSERVER:
        _keep_no_account(context, volunteer)
    before = volunteer.role
    context.records.put(replace(volunteer, role=role))
    context.records.remove(RoleOffer, volunteer.id)
    if volunteer.id != context.asker.volunteer:
        notify(context, volunteer.id, f"role/{volunteer.id}", f"You are {_a(role)} of the team now.")
    undo: tuple[Control, ...] = ()
    if before is not TeamRole.COORDINATOR:
        values = {"volunteer": volunteer.id, "role": before.value}
        undo = (Button(f"Undo: {shown(volunteer.name)} stays {_a(before)}", "team role", values),)
    return Card("Roles", f"{volunteer.name} is {_a(role)} now.", controls=undo)


def _keep_no_account(context: Context, volunteer: Volunteer) -> None:
    """Raises Refusal where somebody who is to look on only still looks after accounts."""
    if owned := looked_after(context, volunteer):
        shorts = ", ".join(dict.fromkeys(account.short for account in owned))
        raise Refusal(
            f"{volunteer.name} still looks after {shorts}, and an observer looks after none. "
            f"Offer it to somebody else first: `offer {owned[0].short}` and their name."
        )


def looked_after(context: Context, volunteer: Volunteer) -> list[Account]:
    """The accounts in use of which the volunteer is the owner or the backup."""
    owned = context.records.find(Account, owner=volunteer.id) + context.records.find(Account, backup=volunteer.id)
    return [account for account in owned if account.live]


def _a(role: TeamRole) -> str:
    return f"an {role}" if role is TeamRole.OBSERVER else f"a {role}"


def team_coordinator(context: Context, step: Step, volunteer: AVolunteer | None = None, sure: bool = False) -> Reply:
    """Pass the coordinator's role on: offer it or take the offer back, accept or decline, or step down.

    step: offer, withdraw, accept, decline or step-down
    volunteer: to whom it is offered
    sure: yes, to step down although the checklist has open points
    """
    if step is Step.OFFER:
        return _offer(context, volunteer)
    if step is Step.WITHDRAW:
        return _withdraw(context, volunteer)
    if step is Step.STEP_DOWN:
        return _step_down(context, sure=sure)
    return _answer(context, accepted=step is Step.ACCEPT)


def _offer(context: Context, volunteer: Volunteer | None) -> Card:
    if context.asker.role < Role.COORDINATOR:
        raise Refusal("Only a coordinator can offer the role. `team show` says who that is.")
    if volunteer is None:
        raise Refusal("To whom? Type for example `team coordinator offer` and their name.", option="volunteer")
    if volunteer.standing is not Standing.ACTIVE:
        raise Refusal(f"{volunteer.name} has not come in yet. Once they have typed `join`, you can offer it.")
    if volunteer.role is TeamRole.COORDINATOR:
        raise Refusal(f"{volunteer.name} is a coordinator already.", option="volunteer")
    by = context.asker.volunteer
    if volunteer.id == by:
        raise Refusal(
            "You act as coordinator by a role on the server. Only another coordinator can offer you the team's own.",
            option="volunteer",
        )
    context.records.put(RoleOffer(volunteer.id, by, context.now))
    notify(
        context,
        volunteer.id,
        f"role/{volunteer.id}",
        f"{context.asker.name} offers you the coordinator's role. If you accept, you see what passes on.",
        controls=answers_to_offer(),
    )
    return Card(
        "Offered",
        f"I have offered {volunteer.name} the coordinator's role. You stay coordinator until you step down.",
        (Note("They can also answer by typing `team coordinator accept`."),),
        (
            Button(
                f"Take back the offer to {shown(volunteer.name)}",
                "team coordinator",
                {"step": Step.WITHDRAW.value, "volunteer": volunteer.id},
            ),
        ),
    )


def _withdraw(context: Context, volunteer: Volunteer | None) -> Card:
    if context.asker.role < Role.COORDINATOR:
        raise Refusal("Only a coordinator can take the offer back. If it is yours, you may decline it.")
    records = context.records
    offers = records.find(RoleOffer)
    offer = next((one for one in offers if volunteer is None or one.id == volunteer.id), None)
    if offer is None:
        raise Refusal("The coordinator's role is not offered to them at the moment. `team show` says who has it.")
    if volunteer is None and len(offers) > 1:
        raise Refusal("It is offered to several people. Please name one.", option="volunteer")
    records.remove(RoleOffer, offer.id)
    told = records.get(Notice, f"role/{offer.id}") is None
    unsay(context, f"role/{offer.id}")
    if told:
        text = "The coordinator's role is not offered to you any more. Nothing is left for you to do."
        notify(context, offer.id, f"role/{offer.id}", text)
    known = records.get(Volunteer, offer.id)
    return Card("Roles", f"The offer to {known.name if known else 'them'} is taken back; nothing has changed.")


def _answer(context: Context, *, accepted: bool) -> Card:
    records = context.records
    offer = records.get(RoleOffer, context.asker.volunteer) if context.asker.volunteer else None
    volunteer = records.get(Volunteer, context.asker.volunteer) if context.asker.volunteer else None
    if offer is None or volunteer is None:
        raise Refusal("The coordinator's role is not offered to you at the moment.")
    records.remove(RoleOffer, offer.id)
    unsay(context, f"role/{volunteer.id}")
    said = f"{volunteer.name} {'is a coordinator now' if accepted else 'can’t take the coordinator’s role now'}."
    if not accepted:
        notify(context, offer.by, f"role/{volunteer.id}/answer", said)
        return Card("Thank you", "That is fine; I have passed it on. You stay what you are.")
    volunteer = make_coordinator(context, volunteer)
    tell_coordinators(
        context,
        f"role/{volunteer.id}/answer",
        f"{said} What has to pass on is in the checklist.",
        controls=(Button("Coordinator's checklist", "team checklist"),),
        besides=volunteer.id,
    )
    card = checklist_card(context, [volunteer.id])
    return replace(card, title="You are a coordinator now", controls=(*card.controls, *consents(volunteer)))


def make_coordinator(context: Context, volunteer: Volunteer) -> Volunteer:
    """The volunteer as coordinator, kept, with an open checklist."""
    volunteer = replace(volunteer, role=TeamRole.COORDINATOR)
    context.records.put(volunteer, Checklist(volunteer.id, context.now))
    context.records.remove(RoleOffer, volunteer.id)
    return volunteer


def consents(volunteer: Volunteer) -> tuple[Control, ...]:
    """The questions whether I may write to a volunteer, those that have not been answered."""
    asked: tuple[Control, ...] = ()
    if volunteer.reminders is None:
        asked = (Button("You may write to me when something waits", "reminders", {"on": "yes"}),)
    if volunteer.alarms is None:
        asked = (*asked, Button("Wake me for crisis alarms, too", "alarms", {"on": "yes"}))
    return asked


def _step_down(context: Context, *, sure: bool) -> Card:
    records = context.records
    volunteer = records.get(Volunteer, context.asker.volunteer)
    if volunteer is None or volunteer.role is not TeamRole.COORDINATOR:
        acts = context.asker.role >= Role.COORDINATOR
        raise Refusal(
            "You act as coordinator by a role on the server. Whoever administrates it can take that role from you."
            if acts
            else "You are not a coordinator, so there is nothing to step down from."
        )
    keep_a_coordinator(context, volunteer, "stepping down")
    others = [one.id for one in coordinators(records) if one.id != volunteer.id]
    lists = [found for id in others if (found := records.get(Checklist, id))]
    if lists and all(open_duties(one) for one in lists) and not sure:
        card = checklist_card(context, [one.id for one in lists])
        anyway = Button(
            "Step down all the same", "team coordinator", {"step": "step-down", "sure": "yes"}, Style.DANGER
        )
        return replace(
            card,
            title="Before you step down",
            summary="Some things have not passed on yet. Tick what has, so that nobody is locked out later.",
            controls=(*card.controls, anyway),
        )
    records.put(replace(volunteer, role=TeamRole.VOLUNTEER))
    tell_coordinators(context, f"role/{volunteer.id}", f"{volunteer.name} has stepped down as coordinator.")
    return Card("Thank you", "You have stepped down and are a volunteer now. Thank you for coordinating.")


def team_checklist(
    context: Context, duty: Duty | None = None, done: bool = True, volunteer: AVolunteer | None = None
) -> Reply:
    """What has to pass on to a new coordinator: app, host, bill, backups, roster.

    duty: what has passed on; shows the list if left out
    done: no, to take a tick back
    volunteer: the coordinator whose list it is, if there are several
    """
    records = context.records
    known = [one for one in records.find(Checklist, order="-started") if _is_coordinator(context, one.id)]
    if volunteer is not None:
        known = [one for one in known if one.id == volunteer.id]
    if not known:
        return Card("Coordinator's checklist", "There is none: it starts when somebody accepts the coordinator's role.")
    if duty is not None:
        list_ = known[0]
        marks = tuple(mark for mark in list_.marks if mark.duty is not duty)
        marks = (*marks, DutyMark(duty, context.asker.volunteer, context.now)) if done else marks
        records.put(replace(list_, marks=marks))
    unfinished = [one.id for one in known if open_duties(one)]
    return checklist_card(context, [known[0].id] if duty or not unfinished else unfinished[:3])


def _is_coordinator(context: Context, volunteer_id: str) -> bool:
    volunteer = context.records.get(Volunteer, volunteer_id)
    return volunteer is not None and volunteer.role is TeamRole.COORDINATOR


def checklist_card(context: Context, ids: list[str]) -> Card:
    """The checklists of these coordinators, with a button at every point."""
    blocks: list[Words | Ticks] = []
    left = 0
    for id in ids:
        checklist, volunteer = context.records.get(Checklist, id), context.records.get(Volunteer, id)
        if checklist is None or volunteer is None:
            continue
        waiting = open_duties(checklist)
        left += len(waiting)
        blocks.append(Words(f"To {volunteer.name}:"))
        blocks.append(Ticks(tuple(_tick(id, duty, done=duty not in waiting) for duty in Duty)))
    said = f"{left} of these {'has' if left == 1 else 'have'} to pass on." if left else "All of it has passed on."
    return Card("Coordinator's checklist", said, tuple(blocks), (Button("See the team", "team show"),))


def _tick(id: str, duty: Duty, *, done: bool) -> Tick:
    name, text = DUTIES[duty]
    values = {"duty": duty.value, "done": "no" if done else "yes", "volunteer": id}
    return Tick(text, done, Button(f"{'Take back' if done else 'Tick'} {name}", "team checklist", values))
