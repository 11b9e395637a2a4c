"""`steward init`: a coordinator sets up their team, asked one thing after the other or told by options."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from msgspec import Struct

import storage as storages
from bot.core.ports import Records
from bot.core.words import line
from bot.errors import Refusal, Trouble
from bot.settings import Settings
from bot.terminal.opening import TERMINAL, opened
from bot.terminal.sheets import Sheet, read_sheet, write_template
from bot.terminal.world import SystemChance
from bot.topics.team.hours import country_choices, read_zone
from bot.topics.team.model import House, Team
from bot.topics.team.nudging import begin_sweeping, team_of

T = TypeVar("T")
NAME_LIMIT = 80
PLACE = re.compile(r"(?:slack|discord|console):[\w-]+(?:/[\w-]+)?")
LATER = ""
NONE = {"", "-", "none", "no"}


class Given(Struct, frozen=True):
    """What the options say; None is asked for, or left at its default where nothing may be asked."""

    name: str | None = None
    zone: str | None = None
    country: str | None = None
    channel: str | None = None
    crisis_channel: str | None = None
    accounts: Path | None = None
    template: Path | None = None
    yes: bool = False


def set_up(settings: Settings, given: Given) -> None:
    """Ask, show, and only then make the team. Raises Trouble; nothing is kept where something is wrong."""
    if given.template is not None:
        click.echo(write_template(given.template))
        return
    old_sample = _old_sample(settings)
    team = _team(given)
    sheet = _sheet(given)
    click.echo(_summary(team, sheet))
    if old_sample:
        click.echo("The sample team's database is set aside: it gets another name and is not deleted.")
    if not given.yes and not click.confirm("Make this team?", default=True):
        raise Trouble("Nothing was made.")
    if old_sample:
        click.echo(f"The sample team is now in {storages.set_aside(settings.database).name}.")
    _make(settings, team, sheet)
    click.echo(_what_next(sheet))


def _old_sample(settings: Settings) -> bool:
    """Is there a sample team to be set aside? Raises Trouble where there is a real one."""
    file = storages.file_of(settings.database)
    if file is None:
        raise Trouble("A database in memory forgets everything. Name a file in STEWARD_DATABASE.")
    if not file.exists():
        return False
    with opened(settings, sample=False) as house:
        if house.team and not house.sample:
            raise Trouble(
                f"There is a team in {file} already: {house.read(team_of).name}. To add accounts, use "
                "`steward import`; to start another team, name another file in STEWARD_DATABASE."
            )
        return house.sample


def _team(given: Given) -> Team:
    def asked(question: str, said: str | None, read: Callable[[str], str], default: str | None = None) -> str:
        return _asked(question, said, read, yes=given.yes, default=default)

    later = "(Enter to tell later)"
    return Team(
        SystemChance().id(),
        asked("What is your team called?", given.name, _read_name),
        asked("In which time zone does it work? A big city in it is enough.", given.zone, _read_zone),
        asked(
            "Which country's public holidays count, such as US? (Enter for none)", given.country, _read_country, LATER
        ),
        asked(f"Which channel is the team's, such as slack:T1/C1? {later}", given.channel, _read_place, LATER),
        asked(f"Which channel is for trouble? {later}", given.crisis_channel, _read_place, LATER),
    )


def _asked(question: str, given: str | None, read: Callable[[str], T], *, yes: bool, default: str | None = None) -> T:
    """The value of an option, or the answer to a question, which is asked again while it can't be read."""
    if given is not None or (yes and default is not None):
        try:
            return read(given if given is not None else default or "")
        except Refusal as refusal:
            raise Trouble(refusal.sentence) from None
    if yes:
        raise Trouble(f"With --yes, I need this as an option: {question} See `steward init --help`.")
    while True:
        try:
            return read(click.prompt(question, default=default, show_default=False, prompt_suffix="\n> "))
        except Refusal as refusal:
            click.echo(refusal.sentence)


def _read_name(text: str) -> str:
    name = line(text, NAME_LIMIT)
    if not name:
        raise Refusal("A team needs a name, such as: Friends of the city library")
    return name


def _read_zone(text: str) -> str:
    try:
        return read_zone(text).key
    except ValueError as error:
        raise Refusal(str(error)) from None


def _read_country(text: str) -> str:
    wanted = text.strip().casefold()
    if wanted in NONE:
        return ""
    for code, name in country_choices():
        if wanted in (code.casefold(), name.casefold()):
            return code
    raise Refusal(f"I don't know the country “{text.strip()[:40]}”. Its code works, such as US, GB or DE.")


def _read_place(text: str) -> str:
    place = text.strip()
    if place.casefold() in NONE or place == LATER:
        return ""
    if not PLACE.fullmatch(place):
        raise Refusal("A channel is written like this: slack:T1/C1 or discord:G1/C9. It may be told later in the chat.")
    return place


def _sheet(given: Given) -> Sheet | None:
    """The sheet of accounts, if there is one. Raises Trouble, naming rows and columns, where it can't be read."""
    if given.accounts is not None:
        return read_sheet(given.accounts)
    if given.yes:
        return None
    while True:
        click.echo(
            "Your accounts come in a CSV sheet. Type its name, `template` for an empty one, or just Enter to skip."
        )
        said = click.prompt("", default="", show_default=False, prompt_suffix="> ").strip()
        if not said:
            return None
        try:
            if said.casefold() == "template":
                click.echo(write_template(Path("accounts.csv")))
                continue
            return read_sheet(Path(said))
        except Trouble as trouble:
            click.echo(str(trouble))


def _summary(team: Team, sheet: Sheet | None) -> str:
    facts = [
        ("Team", team.name),
        ("Time zone", team.zone),
        ("Public holidays", team.country or "none"),
        ("Channel", team.channel or "to be told later"),
        ("For trouble", team.crisis_channel or "to be told later"),
    ]
    lines = [f"  {label}: {value}" for label, value in facts]
    return "\n".join(["", *lines, sheet.preview if sheet else "  Accounts: none yet", ""])


def _make(settings: Settings, team: Team, sheet: Sheet | None) -> None:
    with opened(settings, sample=False, make=True) as house:
        now = house.clock.now()

        def keep(records: Records) -> None:
            records.put(team, House(TERMINAL.house, now))
            if sheet is not None:
                sheet.keep(house, records)
            begin_sweeping(records, now)

        house.storage.write(team.id, keep).result()


def _what_next(sheet: Sheet | None) -> str:
    sheet_next = "" if sheet else "\n- `steward import accounts.csv` brings in your accounts."
    return (
        "Done. What comes next:\n"
        "- `steward run` starts Steward and prints a one-time code: type it to become the first coordinator."
        f"{sheet_next}\n"
        "- Ask the people named in the sheet to type `join` and to choose their name.\n"
        "- `steward backup` now and then; `steward doctor` whenever something seems odd."
    )
