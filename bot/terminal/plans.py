"""A crisis plan as a YAML file at the terminal: read, shown what it would change, and kept as a new version."""

from pathlib import Path

from bot.core.chat import Request
from bot.core.ports import Records
from bot.core.router import ENGINE, Context
from bot.core.words import FILE_LIMIT
from bot.errors import Refusal, Trouble
from bot.terminal.opening import TERMINAL, Opened
from bot.terminal.sheets import MOST_FAULTS
from bot.terminal.world import SystemChance
from bot.topics.crisis.bringing import Incoming, incoming, keep_plan
from bot.topics.crisis.parsing import BadPlan
from bot.topics.crisis.versions import playbook_id, text_of

ENDINGS = ("yaml", "yml")


def read_plan_file(file: Path, records: Records) -> Incoming:
    """The plan in the file, seen against the team's. Raises Trouble, naming lines and fields."""
    try:
        if file.stat().st_size > FILE_LIMIT:
            raise Trouble(f"{file} is too large for a crisis plan.")
        return incoming(records, file.read_bytes().decode("utf-8-sig"))
    except BadPlan as error:
        shown = [f"  {fault.words}" for fault in error.faults[:MOST_FAULTS]]
        more = len(error.faults) - len(shown)
        shown += [f"  And {more} more."] if more else []
        raise Trouble("\n".join([f"{file} needs a few changes first. Nothing was brought in.", *shown])) from None
    except Refusal as refusal:
        raise Trouble(f"{file}: {refusal.sentence}") from None
    except UnicodeDecodeError:
        raise Trouble(f"{file} is not plain text. Please save it in UTF-8.") from None
    except OSError as error:
        raise Trouble(f"I can't read {file}: {error.strerror}. Check its name.") from error


def preview(plan: Incoming) -> str:
    """What keeping it would change, a line each."""
    if not plan.is_new:
        return "  The plan says just that already."
    lines = plan.lines or ("Only comments, or how it is written.",)
    return "\n".join(f"  {line}" for line in (*lines, "A crisis that goes on keeps the plan that it started with."))


def keep(house: Opened, records: Records, plan: Incoming, seen: str) -> None:
    """Keep it within the open transaction; `seen` is the version that it was held against. Raises Trouble."""
    if playbook_id(records) != seen:
        raise Trouble("Somebody changed the plan meanwhile, so nothing was brought in. Please try again.")
    request = Request(ENGINE.person, TERMINAL)
    keep_plan(
        Context(records, house.clock.now(), ENGINE, request, SystemChance(), house.engine.topics.after), plan.text
    )


def plan_text(records: Records) -> str:
    """The team's plan as it holds now."""
    return text_of(records, playbook_id(records))
