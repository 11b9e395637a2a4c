"""What a crisis shows elsewhere: at home, in the welcome, on the agenda."""

from bot.core.chat import Button, Row, Rows, Style
from bot.core.router import Context
from bot.topics.crisis.alarm import RECEIPT
from bot.topics.crisis.closing import REVIEW
from bot.topics.crisis.kept import Lesson
from bot.topics.crisis.lessons import LESSON
from bot.topics.crisis.model import Crisis, Job, Receipt
from bot.topics.crisis.people import may_see, open_crises
from bot.topics.crisis.ready import READY
from bot.topics.crisis.steering import STEP
from bot.topics.crisis.stepping import UPDATE
from bot.topics.crisis.versions import title_of
from bot.topics.team.facts import Describe, Described, HomeOpened, Section, WelcomeOpened

HOME_WEIGHT = 1
SOS_WEIGHT = 90
WELCOME_WEIGHT = 61
ABOUT: dict[str, type[Job | Receipt | Lesson | Crisis]] = {
    STEP: Job,
    RECEIPT: Receipt,
    LESSON: Lesson,
    UPDATE: Crisis,
    REVIEW: Crisis,
}
SOS = Button("Something is wrong", "sos", style=Style.DANGER)


def at_home(context: Context, opened: HomeOpened) -> Section:
    """What goes on comes first; the button for trouble is always there."""
    found = [one for one in open_crises(context.records) if may_see(context, one)]
    if not found:
        return Section(SOS_WEIGHT, controls=(SOS,))
    rows = tuple(
        Row(
            ("DRILL · " if one.drill else "") + title_of(context.records, one),
            f"“{one.said}”",
            (
                Button(f"See number {one.number}", "crisis show", {"crisis": one.id}),
                Button(f"My part in number {one.number}", "crisis mine", {"crisis": one.id}),
            ),
        )
        for one in found[:3]
    )
    return Section(HOME_WEIGHT, (Rows(rows, total=len(found)),), (SOS,))


def in_welcome(context: Context, opened: WelcomeOpened) -> Section:
    """The button that goes with what the welcome says of trouble."""
    return Section(WELCOME_WEIGHT, controls=(SOS,))


def describe(context: Context, entry: Describe) -> Described | None:
    """This topic's entries of the agenda in words, to those whom they concern; to nobody who may not know of it."""
    if entry.alarm == READY:
        return Described("the coordinators hear what is missing for a crisis")
    about = ABOUT.get(entry.alarm)
    found = context.records.get(about, entry.subject) if about else None
    crisis = found if found is None or isinstance(found, Crisis) else context.records.get(Crisis, found.crisis)
    if found is None or crisis is None or not may_see(context, crisis):
        return None
    match found:
        case Job():
            return Described(f"step {found.step} of a crisis is looked at", found.who)
        case Receipt():
            return Described("an alarm is looked at again", (found.volunteer,))
        case Lesson():
            return Described(f"a lesson is due: {found.text}", (found.who,))
    what = "an update is due" if entry.alarm == UPDATE else "time to talk about what happened"
    return Described(what, (crisis.lead,))
