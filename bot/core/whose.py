"""Which team a request is for: its place's, its one-time code's, or the one that the person works for."""

from collections.abc import Callable

from bot.core.chat import CODE_LIMIT, Button, Card, Field, Form, Reply, Request
from bot.core.codes import coded
from bot.core.command import Command, Parameter
from bot.core.ports import Tenancy
from bot.errors import Refusal

WRONG_CODES = 10  # wrong one-time codes after which a person is sent to the coordinator
ASKED = 8  # teams that a person is asked to choose from


class Question(Exception):  # noqa: N818 - an answer that asks back, not an error
    """What has to be answered before anything can be done: `reply` asks it."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply


class Whose:
    """Finds the team of each request."""

    def __init__(self, tenancy: Tenancy, digest: Callable[[str], str], called: Callable[[str], str]) -> None:
        """`digest` turns a one-time code into its record's id, `called` a team's id into its name."""
        self._tenancy = tenancy
        self._digest = digest
        self._called = called

    def place(self, request: Request) -> str | None:
        """The team of the place, of the message that was answered, or of a person who has one or chose one."""
        team = self._tenancy.team_at(request.where.house) or request.team
        if team:
            return team
        teams = self._tenancy.teams_of(request.who)
        if len(teams) > 1:
            chosen = self._tenancy.chosen(request.who)
            return chosen if chosen in teams else None
        return teams[0] if teams else None

    def team(self, command: Command, request: Request, words: list[str]) -> str:
        """The team that the request is for.

        Raises Refusal where there is none or its one-time code is wrong, Question where the person has to say.
        """
        if command.founding or command.chooses:
            first = command.parameters[0]
            value = _first_value(command, request, words)
            if command.chooses:
                return self._mine(value, command, request, words)
            if value:
                return self._of_code(value, request)
            if self.place(request) is None:
                raise Question(_form(command, first))
        team = self.place(request)
        if team is not None:
            return team
        if self._tenancy.teams_of(request.who):
            raise Question(self._which(command, request, words))
        raise Refusal(
            "No team is set up here yet. If you run Steward, type `start` and the one-time code that it printed "
            "in its terminal; otherwise ask the person who invited me."
        )

    def _mine(self, value: str, command: Command, request: Request, words: list[str]) -> str:
        teams = self._tenancy.teams_of(request.who)
        if value in teams:
            return value
        if not teams:
            raise Refusal("You belong to no team yet. Type `join` in your team's channel.")
        raise Question(self._which(command, request, words))

    def _which(self, command: Command, request: Request, words: list[str]) -> Card:
        teams = self._tenancy.teams_of(request.who)[:ASKED]
        then = "" if words or command.chooses else coded(command.name, request.values)
        buttons = tuple(_work_for(team, self._called(team) or team, then) for team in teams)
        return Card(
            "For which team?",
            "You belong to several teams, and this place is not one of them.",
            controls=buttons,
        )

    def _of_code(self, code: str, request: Request) -> str:
        tenancy, who = self._tenancy, request.who
        if tenancy.wrong_codes(who) < WRONG_CODES:
            team = tenancy.team_with_code(self._digest(code))
            if team is not None and tenancy.team_at(request.where.house) not in (None, team):
                raise Refusal("This place belongs to another team, so that code can't be used here.")
            if team is not None:
                return team
            tenancy.wrong_code(who)
        if tenancy.wrong_codes(who) >= WRONG_CODES:
            raise Refusal(
                "You have typed too many wrong codes. Please ask your coordinator, or the person who runs Steward, "
                "to help."
            )
        raise Refusal("I don't know that code. It may be used up or too old; please ask for a new one.", option="code")


def _first_value(command: Command, request: Request, words: list[str]) -> str:
    """The value of the command's first option, given by name or as the words that name no other option."""
    first, *others = (each.name for each in command.parameters)
    named = tuple(f"{name}=" for name in others)
    value = request.values.get(first) or " ".join(word for word in words if not word.startswith(named))
    return value.removeprefix(f"{first}=")


def _form(command: Command, first: Parameter) -> Form:
    field = Field(first.name, first.label, hint=first.help)
    return Form(command.name.capitalize(), command.name, (field,), intro=command.help)


def _work_for(team: str, name: str, then: str) -> Button:
    """A button that chooses this team, and goes on with what was asked where that has room in it."""
    values = {"team": team, "then": then}
    if not then or len(coded("team use", values).encode()) > CODE_LIMIT:
        del values["then"]
    return Button(name[:60], "team use", values)
