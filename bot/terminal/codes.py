"""One-time codes that only somebody at the terminal can ask for: the first coordinator, and the role recovered."""

from bot.errors import Trouble
from bot.settings import Settings
from bot.terminal.opening import Opened, needs_team, opened
from bot.terminal.world import SystemChance
from bot.topics.team.codes import GOOD_FOR, give_code
from bot.topics.team.model import Purpose


def coordinator_code(house: Opened) -> str:
    """Make a new code for the coordinator's role and say how to use it; the first one used ends the others."""
    now, chance = house.clock.now(), SystemChance()
    code = house.storage.write(house.team, lambda records: give_code(records, chance, now, Purpose.START)).result()
    return (
        "Whoever types this line to Steward becomes coordinator:\n\n"
        f"    start {code}\n\n"
        f"It works once, until {now + GOOD_FOR[Purpose.START]:%Y-%m-%d %H:%M} UTC. It is shown only here."
    )


def recover(settings: Settings) -> str:
    """`steward coordinator`: a new code for the role, for somebody who can use this terminal. Raises Trouble."""
    with opened(settings, sample=False) as house:
        needs_team(house)
        if house.sample:
            raise Trouble("The sample team has a coordinator: type `:as office` in the console to be that person.")
        return coordinator_code(house)
