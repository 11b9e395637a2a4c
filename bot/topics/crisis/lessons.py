"""What a crisis has taught: each lesson a change to the plan, with a person and a date."""

from msgspec.structs import replace

from bot.core.chat import Button, Card, Reply, Row, Rows
from bot.core.pages import page_of, turns
from bot.core.router import Context, Role
from bot.errors import Refusal
from bot.topics.crisis.closing import MORNING, make_paper
from bot.topics.crisis.kept import Lesson
from bot.topics.crisis.logbook import clean_of_names, log, name_of
from bot.topics.crisis.options import ACrisis, AQuotedText
from bot.topics.crisis.people import chosen, needs_part, seen_by
from bot.topics.crisis.plan_options import ALesson
from bot.topics.crisis.telling import reply
from bot.topics.team.days import understood_day
from bot.topics.team.hours import at
from bot.topics.team.model import Volunteer
from bot.topics.team.nudging import hours_of, notify
from bot.topics.team.options import ADay, AVolunteer

LESSON = "crisis-lesson"


def lesson_add(context: Context, text: AQuotedText, who: AVolunteer, due: ADay, crisis: ACrisis | None = None) -> Reply:
    """Turn something learnt into a change of the plan, with who makes it and until when.

    text: what is to be changed
    who: who sees to it
    due: until when, such as 1 march
    crisis: which crisis taught it; the last one if left out
    """
    found = chosen(context, crisis, ended=True)
    needs_part(context, found)
    said = clean_of_names(context.records, found, text)
    lesson = Lesson(context.chance.id(), found.id, said, who.id, due, context.now)
    context.records.put(lesson)
    _wake_lesson(context, lesson)
    log(context, found, "lesson", f"lesson: {said} ({who.name}, by {understood_day(due)})", about=lesson.id)
    make_paper(context, found)
    button = Button("See all lessons", "lesson list")
    return reply(found, Card("Lesson", f"{who.name} sees to it by {understood_day(due)}.", controls=(button,)))


def _wake_lesson(context: Context, lesson: Lesson) -> None:
    who = context.records.get(Volunteer, lesson.who)
    if who is not None:
        context.records.wake(LESSON, lesson.id, at(hours_of(context.records, who).zone, lesson.due, MORNING))


def lesson_due(context: Context, id: str) -> None:
    """The alarm for a lesson whose day has come: whoever took it on hears of it in their next nudge."""
    lesson = context.records.get(Lesson, id)
    if lesson is not None and lesson.done is None:
        button = Button("It is in the plan now", "lesson done", {"lesson": id})
        said = f"You wanted to change the crisis plan by today: {lesson.text}"
        notify(context, lesson.who, f"lesson/{id}", said, controls=(button,))


def lesson_list(context: Context, page: int = 1) -> Reply:
    """What crises and drills have taught, who changes the plan, and until when.

    page: which page of a long list
    """
    seen = {one.id for one in seen_by(context, ended=True)}
    known = [one for one in context.records.find(Lesson) if one.crisis in seen or one.who == context.asker.volunteer]
    found = sorted(known, key=lambda one: (one.done is not None, one.due, one.id))
    if not found:
        raise Refusal("No lesson is noted yet. After a crisis or a drill, type `lesson add`.")
    shown, first, last = page_of(found, page)
    rows = tuple(_lesson_row(context, one) for one in shown)
    left = sum(one.done is None for one in found)
    return Card(
        "Lessons",
        f"{left} still to be done.",
        (Rows(rows, first, len(found)),),
        turns("lessons", "lesson list", {}, first, last),
    )


def _lesson_row(context: Context, lesson: Lesson) -> Row:
    state = "done" if lesson.done else f"by {understood_day(lesson.due)}"
    button = (Button("Done", "lesson done", {"lesson": lesson.id}),) if lesson.done is None else ()
    return Row(lesson.text, f"{name_of(context.records, lesson.who)}, {state}.", button)


def lesson_done(context: Context, lesson: ALesson) -> Reply:
    """A lesson is in the plan now.

    lesson: the lesson, as its button has it
    """
    if context.asker.volunteer != lesson.who and context.asker.role < Role.COORDINATOR:
        raise Refusal(f"Only {name_of(context.records, lesson.who)} or a coordinator can say that.")
    context.records.put(replace(lesson, done=context.now, done_by=context.asker.volunteer))
    context.records.wake(LESSON, lesson.id, None)
    return Card(
        "Lesson", "Noted: the plan is changed. Thank you!", controls=(Button("See all lessons", "lesson list"),)
    )
