"""The first thing that somebody at the terminal sees."""

from datetime import timedelta

from bot.core.chat import Button, Card, Note, Style, Words
from bot.core.ports import Records
from bot.terminal.opening import Opened
from bot.topics.accounts.model import Account
from bot.topics.team.model import Identity, Standing, Volunteer
from bot.topics.team.nudging import NUDGE, team_of

HOUR = timedelta(hours=1)
A_DAY = 24


def greeting(house: Opened) -> Card:
    """A welcome: what this is, what it can do in three lines, and the next step."""
    return house.read(lambda records: _sample(records, house) if house.sample else _real(records))


def _sample(records: Records, house: Opened) -> Card:
    volunteers = records.count(Volunteer, standing=Standing.ACTIVE)
    identity = records.get(Identity, house.sitting_here().id)
    me = records.get(Volunteer, identity.volunteer) if identity else None
    if me is None:
        return Card("Welcome to Steward", "The sample team's people have changed. Type `:who` to see who you can be.")
    due = records.agenda(alarm=NUDGE, subject=me.id, limit=1)
    wait = f"`:later {_span(due[0].at - house.clock.now())}`" if due else "`:later 1 day`"
    mine = ", ".join(one.short for one in records.find(Account, owner=me.id)) or "no account"
    return Card(
        "Welcome to Steward",
        f"Here is a sample team to try it with: {volunteers} volunteers of a library association and their "
        f"{records.count(Account)} accounts.",
        (
            Words("I know who looks after which account: try `find preservation facebook`."),
            Words("I notice when an account could use a post, and remind its owner, kindly: try `gaps`."),
            Words("I ask the backup when an owner has no time, and help to hand accounts over: try `help`."),
            Words(
                f"Next: you are {me.name}, who looks after {mine}. Type {wait} to let time pass, "
                "and see what reaches you."
            ),
            Note(
                "Type `:help` for what this console adds, such as being the coordinator (`:as office`). Nothing here "
                "leaves this computer. Your own team: `steward init`."
            ),
        ),
    )


def _real(records: Records) -> Card:
    team = team_of(records)
    return Card(
        f"Steward for {team.name}",
        "This is the local console: it talks to nobody else. Your team's chat needs its tokens, see README.md.",
        (Note("Type `help` for what I can do, `:help` for what this console adds, `:quit` to leave."),),
        (Button("Home", "home", style=Style.PRIMARY), Button("Help", "help")),
    )


def _span(left: timedelta) -> str:
    """A span of time that is long enough, as it is typed: `18 hours`, `3 days`."""
    hours = max(1, -(-left // HOUR))
    count, unit = (hours, "hour") if hours <= A_DAY else (-(-hours // A_DAY), "day")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
