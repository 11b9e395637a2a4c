"""The roster: who has which role before anything happens, and how to phone them; every number with its owner's word."""

from msgspec.structs import replace

from bot.core.chat import Button, Card, Control, Facts, Note, Reply, Row, Rows, Style
from bot.core.pages import page_of, turns
from bot.core.ports import Records
from bot.core.router import Context, Role
from bot.errors import Refusal
from bot.topics.crisis.card import keep_card
from bot.topics.crisis.kept import Contact, DrillConsent, Seat
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Crisis, Moved
from bot.topics.crisis.options import AContact, APhone, ARosterRole, AWhom, RosterRole, Whom
from bot.topics.crisis.people import belongs, open_crises
from bot.topics.crisis.scope import leads
from bot.topics.crisis.versions import current_plan
from bot.topics.team.facts import TeamChanged, VolunteerLeft
from bot.topics.team.model import Volunteer
from bot.topics.team.nudging import notify, unsay

FROM_ACCOUNTS = ("keeper", "keeper_backup")  # whose account is hit has these, and nobody else
SHOW = Button("See the roster", "roster show")


def roster_set(
    context: Context, role: ARosterRole, person: AWhom, phone: APhone | None = None, second: APhone | None = None
) -> Reply:
    """Say who has a role in a crisis and how to phone them; the number counts once they agree.

    role: a role of the plan, such as lead, voice, approver or counsel; “lead backup” for who steps in
    person: a volunteer, or the name of somebody outside the team
    phone: their number, such as +1 312 555 0100
    second: another number, if the first is not answered
    """
    _may_set(context, person)
    contact = _contact(context, role, person)
    changed = bool(phone) and (phone, second or contact.second) != (contact.phone, contact.second)
    own = bool(contact.volunteer) and contact.volunteer == context.asker.volunteer
    if changed:
        agreed = context.now if own else None
        contact = replace(contact, phone=phone or "", second=second or contact.second, agreed=agreed)
        contact = replace(contact, asked=context.asker.volunteer, reviewed=context.now)
    context.records.put(contact)
    if role.id not in FROM_ACCOUNTS:
        _seat(context, role, contact)
    keep_card(context)
    if not contact.phone or contact.agreed is not None:
        how = (
            "" if contact.phone else f" To add a number, type `roster set {role.words} {contact.name}` and the number."
        )
        return Card("Roster", f"{contact.name} is {role.shown}.{how}", controls=(SHOW,))
    return _ask(context, role, contact)


def _may_set(context: Context, person: Whom) -> None:
    own = person.volunteer is not None and person.volunteer.id == context.asker.volunteer
    if not own and context.asker.role < Role.COORDINATOR:
        raise Refusal(
            "Only a coordinator can put somebody else on the roster. For yourself, say `me`: `roster set voice me` and "
            "your number.",
            option="person",
        )


def _contact(context: Context, role: RosterRole, person: Whom) -> Contact:
    """The person as a contact, known or new. Raises Refusal where a role of the team goes to somebody outside of it."""
    if person.volunteer is not None:
        id, name = person.volunteer.id, person.volunteer.name
        known = context.records.get(Contact, id)
        return replace(known, name=name) if known else Contact(id, name, id)
    if not role.outside:
        raise Refusal(
            f"I don't know a volunteer called “{person.name}”, and {role.shown} is a role for one of the team. "
            "Type `team show` to see who is here.",
            option="person",
        )
    same = context.records.find(Contact, volunteer="", name=person.name, limit=1)
    return same[0] if same else Contact(f"out-{context.chance.id()}", person.name)


def _seat(context: Context, role: RosterRole, contact: Contact) -> None:
    seat = context.records.get(Seat, role.id) or Seat(role.id)
    other = "first" if role.backup else "backup"
    kept = "" if getattr(seat, other) == contact.id else getattr(seat, other)
    context.records.put(replace(seat, **{"backup" if role.backup else "first": contact.id, other: kept}))


def _ask(context: Context, role: RosterRole, contact: Contact) -> Card:
    """Ask for the word of whose number it is: themselves in the team, through who set it outside."""
    if contact.volunteer:
        notify(
            context,
            contact.volunteer,
            f"roster/{contact.id}",
            f"{context.asker.name} would like you to be {role.shown} in a crisis, and noted a phone number for "
            "it. Only the people of a crisis ever see it. Is that all right?",
            controls=(
                Button("Yes, use my number", "roster agree", {"contact": contact.id}, Style.PRIMARY),
                Button("No, forget my number", "roster forget", {"contact": contact.id}),
            ),
        )
        return Card(
            "Roster",
            f"{contact.name} is {role.shown}. I ask {contact.name} whether the number may be used; until then nobody "
            "sees it.",
            controls=(SHOW,),
        )
    return Card(
        "Does that person agree?",
        f"{contact.name} is {role.shown}. Have they said that the people of a crisis may see their number?",
        controls=(
            Button(f"Yes, {contact.name[:40]} agrees", "roster agree", {"contact": contact.id}, Style.PRIMARY),
            Button("No, forget the number", "roster forget", {"contact": contact.id}),
        ),
    )


def roster_agree(context: Context, contact: AContact | None = None) -> Reply:
    """Agree that the people of a crisis may see your number, or pass on that somebody outside agrees.

    contact: yourself if left out, or somebody outside the team whom you have asked
    """
    found = _mine(context, contact)
    if not found.phone:
        raise Refusal(f"No number is noted for {found.name}. Type `roster set`, a role, the name and the number.")
    context.records.put(replace(found, agreed=context.now, reviewed=context.now))
    unsay(context, f"roster/{found.id}")
    keep_card(context)
    return Card(
        "Roster", f"Noted: the people of a crisis may see the number of {found.name}. Thank you!", controls=(SHOW,)
    )


def roster_forget(context: Context, contact: AContact | None = None) -> Reply:
    """Forget a phone number: yours, or that of somebody outside the team.

    contact: yourself if left out
    """
    found = _mine(context, contact)
    context.records.put(replace(found, phone="", second="", agreed=None))
    unsay(context, f"roster/{found.id}")
    keep_card(context)
    return Card("Roster", f"I have forgotten the number of {found.name}.", controls=(SHOW,))


def _mine(context: Context, contact: Contact | None) -> Contact:
    """Whose number the asker may speak about. Raises Refusal."""
    own = context.records.get(Contact, context.asker.volunteer) if context.asker.volunteer else None
    found = contact or own
    if found is None:
        raise Refusal("No number of yours is noted. Type `roster set`, a role, `me` and your number.")
    if found.volunteer:
        if found.volunteer != context.asker.volunteer:
            raise Refusal(f"Only {found.name} can say that about their own number.", option="contact")
    elif context.asker.role < Role.COORDINATOR and found.asked != context.asker.volunteer:
        raise Refusal("Only a coordinator can say that for somebody outside the team.", option="contact")
    return found


def roster_remove(context: Context, role: ARosterRole) -> Reply:
    """Take somebody off a role; their number stays with them.

    role: a role of the plan, such as lead, or lead backup
    """
    seat = context.records.get(Seat, role.id)
    id = (seat.backup if role.backup else seat.first) if seat else ""
    contact = context.records.get(Contact, id) if id else None
    if seat is None or contact is None:
        raise Refusal(f"Nobody is {role.shown}, so there is nobody to take off.", option="role")
    if contact.volunteer != context.asker.volunteer and context.asker.role < Role.COORDINATOR:
        raise Refusal("Only a coordinator can take somebody else off the roster.", option="role")
    context.records.put(replace(seat, **{"backup" if role.backup else "first": ""}))
    if not contact.volunteer and not _seated(context.records, contact.id):
        context.records.remove(Contact, contact.id)
    keep_card(context)
    return Card("Roster", f"{contact.name} is no longer {role.shown}.", controls=(SHOW,))


def _seated(records: Records, contact: str) -> bool:
    return any(contact in (one.first, one.backup) for one in records.find(Seat))


def roster_show(context: Context, page: int = 1) -> Reply:
    """Who has which role if something goes wrong; numbers are shown to the people of a crisis only.

    page: which page of a long list
    """
    records = context.records
    plan = current_plan(records)
    seats = {one.id: one for one in records.find(Seat)}
    sees = [one for one in open_crises(records) if belongs(context, one)]
    rows = [
        Row(f"{name}: {'whoever has the account' if id in FROM_ACCOUNTS else _who(context, seats.get(id), sees)}", job)
        for id, name, job in (
            *((one.id, one.name, one.job) for one in plan.roles),
            *((one.id, one.name, one.job) for one in plan.outside),
        )
    ]
    own = records.get(Contact, context.asker.volunteer) if context.asker.volunteer else None
    mine = own.phone if own and own.phone else "not noted: type `roster set`, a role, `me` and your number"
    shown, first, last = page_of(rows, page)
    return Card(
        "Roster",
        "Who does what if something goes wrong. Whose account is hit is its keeper.",
        (Rows(tuple(shown), first, len(rows)), Facts((("Your own number", mine),)), Note(_seen(sees))),
        (
            *turns("roles", "roster show", {}, first, last),
            Button("What is missing", "crisis ready"),
            *_reviewed(context),
        ),
    )


def _reviewed(context: Context) -> tuple[Control, ...]:
    if context.asker.role < Role.COORDINATOR:
        return ()
    return (Button("I have gone through the roster", "roster reviewed"),)


def _seen(sees: list[Crisis]) -> str:
    if sees:
        return "You are one of the people of a crisis, so you see the numbers."
    return "Numbers stay hidden until there is a crisis, and are shown to its people."


def _who(context: Context, seat: Seat | None, sees: list[Crisis]) -> str:
    if seat is None or not (seat.first or seat.backup):
        return "nobody yet"
    first = contact_words(context.records, seat.first, phones=bool(sees)) or "nobody yet"
    backup = contact_words(context.records, seat.backup, phones=bool(sees))
    return f"{first}; backup {backup}" if backup else first


def contact_words(records: Records, id: str, *, phones: bool) -> str:
    """`Maria (+1 312 555 0100)`, or only the name and whether there is a number; nothing for nobody."""
    contact = records.get(Contact, id) if id else None
    if contact is None:
        return ""
    if not contact.phone:
        return f"{contact.name} (no number)"
    if contact.agreed is None:
        return f"{contact.name} (has not agreed to the number yet)"
    if not phones:
        return f"{contact.name} (number noted)"
    second = f", then {contact.second}" if contact.second else ""
    return f"{contact.name} ({contact.phone}{second})"


def phone_of(records: Records, id: str) -> Contact | None:
    """The contact, where there is a number that may be used."""
    contact = records.get(Contact, id) if id else None
    return contact if contact is not None and contact.phone and contact.agreed is not None else None


def volunteer_left(context: Context, left: VolunteerLeft) -> None:
    """Who has left is on no roster; what they had in a crisis goes to whoever is next."""
    records, gone = context.records, left.volunteer.id
    records.remove(Contact, gone)
    records.remove(DrillConsent, gone)
    for seat in records.find(Seat):
        if gone in (seat.first, seat.backup):
            first, backup = ("" if id == gone else id for id in (seat.first, seat.backup))
            records.put(replace(seat, first=first or backup, backup=backup if first else ""))
    for crisis in open_crises(records):
        if gone in (crisis.lead, crisis.backup_lead):
            _lead_on(context, crisis, left.volunteer)
        context.announce(Moved(crisis.id))
    keep_card(context)


def _lead_on(context: Context, crisis: Crisis, gone: Volunteer) -> None:
    """Somebody else leads, or stands ready to, in place of who has left."""
    lead, backup = leads(context.records, crisis)
    lead = crisis.lead if crisis.lead != gone.id else lead
    context.records.put(replace(crisis, lead=lead, backup_lead=backup if backup != lead else ""))
    said = f"{gone.name} has left the team; {name_of(context.records, lead)} leads"
    log(context, crisis, "lead", said, by="", loud=True)


def team_changed(context: Context, changed: TeamChanged) -> None:
    """The printed card has the team's name."""
    if changed.before.name != changed.team.name:
        keep_card(context)
