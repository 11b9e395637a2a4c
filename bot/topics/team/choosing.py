"""Working for one of several teams, where no place tells which: in direct messages."""

from datetime import datetime

from msgspec import Struct

from bot.core.chat import Button, Card, Reply
from bot.core.codes import read_button
from bot.core.router import Context
from bot.topics.team.nudging import team_of


class Chosen(Struct, frozen=True):
    """A person works for this team where no place tells which; of several teams, the one chosen `at` last counts."""

    id: str
    at: datetime


def team_use(context: Context, team: str, then: str = "") -> Reply:
    """Choose the team that you work for in direct messages, if you belong to several.

    team: which one; I ask if you leave it out
    then: what you wanted to do before I asked
    """
    context.records.put(Chosen(context.asker.person.id, context.now))
    name = team_of(context.records).name or "the team"
    card = Card("Your team", f"Here you work for {name} from now on. To change that, type `team use`.")
    if not then:
        return card
    command, values = read_button(then)
    return Card(card.title, card.summary, controls=(Button(f"Go on: {command}", command, values),))
