"""Who leads and who has which role in a crisis, whose login is in doubt, and whose voice was heard."""

from msgspec.structs import replace

from bot.core.chat import Button, Card, Field, Form, Kind, Reply, Style
from bot.core.router import Context, Role
from bot.errors import Refusal
from bot.topics.crisis.declaring import changed
from bot.topics.crisis.logbook import clean_of_names, log, name_of
from bot.topics.crisis.model import Crisis, Turn
from bot.topics.crisis.options import ACrisis, ARosterRole, AText
from bot.topics.crisis.people import active, belongs, chosen, counts, in_doubt, needs_lead, needs_part
from bot.topics.crisis.scope import able
from bot.topics.crisis.stepcards import open_jobs
from bot.topics.crisis.stepping import settle
from bot.topics.crisis.telling import reply, tell
from bot.topics.crisis.versions import level_words, title_of
from bot.topics.team.options import AVolunteer

LEAST_STATE = 10  # letters of a handed-over lead's state


def crisis_lead(
    context: Context, volunteer: AVolunteer, state: AText | None = None, crisis: ACrisis | None = None
) -> Reply:
    """Hand over the lead, with a few words on how things stand; or take it, if you are next.

    volunteer: who leads from now on
    state: what is known, what is under way, what comes next
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_part(context, found)
    me = context.asker.volunteer
    taking = volunteer.id == me and (me == found.backup_lead or context.asker.role >= Role.COORDINATOR)
    if me != found.lead and not taking and found.lead:
        raise Refusal(f"Only the lead can hand it over: that is {name_of(context.records, found.lead)}.")
    if not able(context.records, found, volunteer.id):
        raise Refusal(f"{volunteer.name} can't lead this. Please name somebody else.", option="volunteer")
    if state is None or len(state) < LEAST_STATE:
        return reply(found, _state_form(context, found, volunteer.id))
    state = clean_of_names(context.records, found, state)
    before = found.lead
    backup = before if before != volunteer.id else found.backup_lead
    found = replace(found, lead=volunteer.id, backup_lead=backup if backup != volunteer.id else "")
    context.records.put(found)
    turn(context, found, "lead", volunteer.id, state)
    log(context, found, "lead", f"{volunteer.name} leads now. State: {state}", loud=True)
    card = Card(f"{title_of(context.records, found)}: you lead now", state, controls=(my_part(found),))
    tell(context.records, found, volunteer.id, f"lead/{context.chance.id()}", card)
    settle(context, found)
    return reply(found, Card("Handed over", f"{volunteer.name} leads now. Thank you for what you did."))


def my_part(crisis: Crisis) -> Button:
    """The button to one's own steps."""
    return Button("My part", "crisis mine", {"crisis": crisis.id}, Style.PRIMARY)


def _state_form(context: Context, crisis: Crisis, to: str) -> Form:
    jobs = open_jobs(context.records, crisis)
    draft = (
        f"{level_words(context.records, crisis)}. Open: {', '.join(one.step for one in jobs[:8]) or 'nothing'}. Next: "
    )
    field = Field("state", "How do things stand?", Kind.LONG, hint="what is known, under way, next", value=draft)
    return Form("Hand over the lead", "crisis lead", (field,), {"volunteer": to, "crisis": crisis.id})


def turn(context: Context, crisis: Crisis, role: str, volunteer: str, state: str = "") -> None:
    """From now on the volunteer has the role; a lead before them has it no longer."""
    for one in context.records.find(Turn, crisis=crisis.id, role=role, until=None):
        if role == "lead" or one.volunteer == volunteer:
            context.records.put(replace(one, until=context.now))
    context.records.put(Turn(context.chance.id(), crisis.id, role, volunteer, context.now, state=state))


def crisis_take(context: Context, role: ARosterRole, crisis: ACrisis | None = None) -> Reply:
    """Take a role in what is going on: voice, keeper, spotter, scribe or care; lead if you are next.

    role: such as spotter
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    me = active(context.records, context.asker.volunteer)
    if me is None or not counts(found, me.id):
        raise in_doubt(found) if me else Refusal("That is for the team's volunteers. Type `join`.")
    if not able(context.records, found, me.id):
        raise Refusal("This drill is for those who agreed to it. Type `drill agree yes` for the next one.")
    if role.id == "lead":
        return crisis_lead(context, me, None, found) if belongs(context, found) else _not_next()
    if role.id == "keeper" and found.suspects:
        raise Refusal("The lead names who acts for the account: `hold stand-in`, the account and a volunteer.")
    turn(context, found, role.id, me.id)
    log(context, found, "role", f"{me.name} is {role.id}", loud=True)
    settle(context, found)
    return reply(found, Card("Thank you", f"You are {role.id} now.", controls=(my_part(found),)))


def _not_next() -> Reply:
    raise Refusal("The lead hands it over. Type `crisis show` to see who that is.")


def crisis_give(context: Context, role: ARosterRole, crisis: ACrisis | None = None) -> Reply:
    """Give a role up: its steps go to whoever is next.

    role: such as spotter
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    mine = context.records.find(Turn, crisis=found.id, role=role.id, volunteer=context.asker.volunteer, until=None)
    if not mine:
        raise Refusal(f"You are not {role.id} in this, so there is nothing to give up.", option="role")
    if role.id == "lead":
        raise Refusal("The lead is handed over to somebody: type `crisis lead` and a name.", option="role")
    for one in mine:
        context.records.put(replace(one, until=context.now))
    log(context, found, "role", f"{context.asker.name} is no longer {role.id}")
    settle(context, found)
    return reply(found, Card("Thank you", f"You are no longer {role.id}. Get some rest."))


def crisis_backup(context: Context, volunteer: AVolunteer, crisis: ACrisis | None = None) -> Reply:
    """Name who leads if the lead can't; only the lead does.

    volunteer: the backup lead
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_lead(context, found, "name the backup lead")
    if volunteer.id == found.lead or not able(context.records, found, volunteer.id):
        raise Refusal(f"{volunteer.name} can't be the backup lead. Please name another volunteer.", option="volunteer")
    found = replace(found, backup_lead=volunteer.id)
    context.records.put(found)
    log(context, found, "role", f"{volunteer.name} is the backup lead", loud=True)
    settle(context, found)
    return reply(found, Card("Noted", f"{volunteer.name} leads if you can't."))


def crisis_suspect(context: Context, volunteer: AVolunteer, crisis: ACrisis | None = None) -> Reply:
    """Somebody's chat account may be in wrong hands: it does not count until they are heard by phone.

    volunteer: whose account it is
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_part(context, found)
    if volunteer.id == context.asker.volunteer:
        raise Refusal("Then please phone the lead, and let somebody else tell me.")
    found = replace(found, suspects=tuple(dict.fromkeys((*found.suspects, volunteer.id))))
    found = replace(found, heard=tuple(one for one in found.heard if one != volunteer.id))
    log(context, found, "suspect", f"what {volunteer.name}'s chat account says does not count until heard", loud=True)
    changed(context, found)
    return reply(found, Card("Noted", f"Until somebody has heard {volunteer.name}, their backup acts."))


def crisis_heard(context: Context, volunteer: AVolunteer, crisis: ACrisis | None = None) -> Reply:
    """You heard somebody's voice on the phone, and it is them: what they type counts again.

    volunteer: whose voice you heard, on the number in the roster
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_part(context, found)
    if volunteer.id not in found.suspects:
        raise Refusal(f"{volunteer.name} is not under suspicion.", option="volunteer")
    found = replace(
        found,
        suspects=tuple(one for one in found.suspects if one != volunteer.id),
        heard=(*found.heard, volunteer.id),
    )
    context.records.put(found)
    log(context, found, "heard", f"{context.asker.name} has heard {volunteer.name}: it is them", loud=True)
    found = changed(context, found)
    return reply(
        found, Card("Noted", f"What {volunteer.name} types counts again. It is in the log that you heard them.")
    )
