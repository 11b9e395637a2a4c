"""`steward import` and `steward export`: the accounts as a CSV sheet, or everything as one JSON document."""

from pathlib import Path

import click

import storage as storages
from bot.core.ports import Records
from bot.core.words import shown
from bot.errors import Trouble
from bot.settings import Settings
from bot.terminal.opening import needs_team, opened
from bot.terminal.sheets import new_folder, read_sheet, refuse_overwriting, write_new
from bot.terminal.whole import Everything, write_team
from bot.topics.accounts.importing import export_sheet, names_of_people
from bot.topics.accounts.options import all_accounts

CSV, JSON = "accounts.csv", "team.json"


def export(settings: Settings, target: Path, form: str | None) -> list[str]:
    """Write what is asked for, to a new file or into a folder; gives a line about each. Raises Trouble."""
    wanted = _wanted(target, form)
    for file in wanted:
        refuse_overwriting(file)
    with opened(settings, sample=False) as house:
        needs_team(house)
        if target not in wanted:
            new_folder(target)
        for file, kind in wanted.items():
            write_new(file, house.read(export_sheet) if kind == "csv" else write_team(house))
    told = {"csv": "the accounts, for a spreadsheet", "json": "everything, to be read back by `steward import`"}
    return [f"Wrote {file}: {told[kind]}." for file, kind in wanted.items()]


def _wanted(target: Path, form: str | None) -> dict[Path, str]:
    """The files to write and what each holds. A name without an ending is a folder, unless the format is told."""
    kind = target.suffix.casefold().removeprefix(".")
    if target.is_dir() or not (form or kind or target.exists()):
        inside = {target / name: name.rpartition(".")[2] for name in (CSV, JSON)}
        return {file: kind for file, kind in inside.items() if form in (None, kind)}
    if (form or kind) not in ("csv", "json"):
        raise Trouble(
            f"As what? Name a file that ends in .csv or .json, a folder, or say --format; not “{shown(str(target))}”."
        )
    return {target: form or kind}


def bring_in(settings: Settings, file: Path, *, yes: bool) -> None:
    """Bring in a sheet of accounts or a whole team, after showing what would change. Raises Trouble."""
    if file.suffix.casefold() == ".json":
        _bring_in_team(settings, file, yes=yes)
    else:
        _bring_in_sheet(settings, file, yes=yes)


def _bring_in_sheet(settings: Settings, file: Path, *, yes: bool) -> None:
    with opened(settings, sample=False) as house:
        needs_team(house)
        known, people = house.read(all_accounts), house.read(names_of_people)
        sheet = read_sheet(file, known, people)
        click.echo(sheet.preview)
        _agree("Bring this in?", yes=yes)

        def keep(records: Records) -> None:
            if all_accounts(records) != known or names_of_people(records) != people:
                raise Trouble("Something changed meanwhile, so nothing was brought in. Please try again.")
            sheet.keep(house, records)

        house.storage.write(house.team, keep).result()
    click.echo("Done.")


def _bring_in_team(settings: Settings, file: Path, *, yes: bool) -> None:
    try:
        everything = Everything(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"I can't read {file}. Check its name, and that it is an export of Steward.") from error
    old_sample = _old_sample(settings)
    click.echo(f"  {everything.team.name}: {len(everything.things)} records.")
    if old_sample:
        click.echo("  The sample team's database is set aside: it gets another name and is not deleted.")
    _agree("Bring this in?", yes=yes)
    if old_sample:
        storages.set_aside(settings.database)
    with opened(settings, sample=False, make=True) as house:
        for name, value in everything.marks.items():  # an exported sample stays one
            house.storage.set_mark(name, value)
        house.storage.write(everything.team.id, everything.keep).result()
    click.echo("Done.")


def _old_sample(settings: Settings) -> bool:
    """Is there a sample team to be set aside? Raises Trouble where there is a real one."""
    file = storages.file_of(settings.database)
    if file is not None and not file.exists():
        return False
    with opened(settings, sample=False) as house:
        if house.team and not house.sample:
            raise Trouble(
                "There is a team in this database already, and a whole team needs an empty one. Name another file in "
                "STEWARD_DATABASE."
            )
        return house.sample


def _agree(question: str, *, yes: bool) -> None:
    if not yes and not click.confirm(question, default=True):
        raise Trouble("Nothing was brought in.")
