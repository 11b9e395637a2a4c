"""What a step asks, and whether an answer is one to that: a choice, a count, a link, or some words."""

from bot.core.chat import Field, Kind
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.crisis.model import Crisis, Words
from bot.topics.crisis.outline import Ask, Step
from bot.topics.crisis.wording import approved

LABELS = {Ask.LINK: "The link", Ask.COUNT: "How many?"}


def answer_field(step: Step, *, value: str = "", more: tuple[str, ...] = ()) -> Field:
    """The field of a form that asks it; `more` are further choices."""
    choices = tuple((one, one) for one in (*step.choices, *more)) if step.choices else ()
    kind = Kind.CHOICE if choices else Kind.TEXT if step.ask in LABELS else Kind.LONG
    label = LABELS.get(step.ask, "What was done?")
    return Field("answer", label, kind, hint=step.done[:100], choices=choices, value=value)


def checked(context: Context, crisis: Crisis, step: Step, answer: str) -> str:
    """The answer, if it is one to what the step asks. Raises Refusal that says what to type instead."""
    if step.approved and not any(
        approved(context.records, one) for one in context.records.find(Words, crisis=crisis.id)
    ):
        raise Refusal(
            "No public word before two people have approved it. Type `statement list` to write or approve it.",
            option="answer",
        )
    if step.ask in (Ask.HOLDING, Ask.PAUSED, Ask.CLEAN) and context.asker.volunteer != crisis.lead:
        raise Refusal(f"That is said for each account: `hold say {step.ask.value}`.", option="answer")
    match step.ask:
        case Ask.CHOICE:
            return choice_of(step, answer)
        case Ask.LINK:
            return _linked(answer)
        case Ask.COUNT if _counted(answer) is None:
            raise Refusal(
                f"How many? Please say a number for {step.id}, such as 4; “about 40” and “three” are fine, too.",
                option="answer",
            )
    if not answer.strip():
        raise Refusal("Please say in a few words what was done.", option="answer")
    return answer


def choice_of(step: Step, answer: str) -> str:
    """The choice that is meant: its own words first, or its beginning. Raises Refusal."""
    said = answer.strip().casefold()
    for one in sorted(step.choices, key=len, reverse=True):
        if said == one.casefold() or said.startswith((f"{one.casefold()} ", f"{one.casefold()},")):
            return one
    starts = [one for one in step.choices if said and one.casefold().startswith(said)]
    if len(starts) == 1:
        return starts[0]
    raise Refusal(
        f"Please choose: {', '.join(step.choices)}.", option="answer", choices=[(one, one) for one in step.choices[:5]]
    )


def _linked(answer: str) -> str:
    from bot.topics.drafting.links import find_urls  # noqa: PLC0415 - its patterns take long to compile

    near = find_urls(answer)
    if any(one.full for one in near):
        return answer
    example = f"https://{near[0].words}" if near else "https://example.org/post"
    raise Refusal(f"I need the whole link here, such as {example}. Copy it from the browser.", option="answer")


def _counted(answer: str) -> int | None:
    from bot.topics.crisis.numbers import counted  # noqa: PLC0415 - as above

    return counted(answer)


def understood(step: Step, answer: str) -> str:
    """How a count was understood, where it was not typed in digits alone; empty for all else."""
    number = _counted(answer) if step.ask is Ask.COUNT else None
    return "" if number is None or answer.strip() == str(number) else f" I count {number}."
