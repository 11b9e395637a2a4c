"""`steward import` and `steward export`: accounts as a CSV sheet, the crisis plan as YAML, everything as JSON."""

from pathlib import Path

import click

import storage as storages
from bot.core.ports import Records
from bot.core.words import shown
from bot.errors import Trouble
from bot.settings import Settings
from bot.terminal.opening import Opened, needs_team, opened
from bot.terminal.plans import ENDINGS, keep, plan_text, preview, read_plan_file
from bot.terminal.sheets import new_folder, read_sheet, refuse_overwriting, write_new
from bot.terminal.whole import Everything, write_team
from bot.topics.accounts.importing import export_sheet, names_of_people
from bot.topics.accounts.options import all_accounts
from bot.topics.crisis.versions import playbook_id

CSV, YAML, JSON = "accounts.csv", "crisis-plan.yaml", "team.json"
TOLD = {
    "csv": "the accounts, for a spreadsheet",
    "yaml": "the crisis plan, for a text editor",
    "json": "everything, to be read back by `steward import`",
}


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
            write_new(file, _text(house, kind))
    return [f"Wrote {file}: {TOLD[kind]}." for file, kind in wanted.items()]


def _text(house: Opened, kind: str) -> str:
    if kind == "json":
        return write_team(house)
    return house.read(export_sheet if kind == "csv" else plan_text)


def _wanted(target: Path, form: str | None) -> dict[Path, str]:
    """The files to write and what each holds. A name without an ending is a folder, unless the format is told."""
    kind = _ending(target)
    if target.is_dir() or not (form or kind or target.exists()):
        inside = {target / name: name.rpartition(".")[2] for name in (CSV, YAML, JSON)}
        return {file: kind for file, kind in inside.items() if form in (None, kind)}
    if (form or kind) not in TOLD:
        raise Trouble(
            f"As what? Name a file that ends in .csv, .yaml or .json, a folder, or say --format; not "
            f"“{shown(str(target))}”."
        )
    return {target: form or kind}


def _ending(file: Path) -> str:
    """What kind of file its name says it is."""
    said = file.suffix.casefold().removeprefix(".")
    return "yaml" if said in ENDINGS else said


def bring_in(settings: Settings, file: Path, *, yes: bool) -> None:
    """Bring in a sheet of accounts, a crisis plan or a team, after showing what would change. Raises Trouble."""
    bring = {"json": _bring_in_team, "yaml": _bring_in_plan}.get(_ending(file), _bring_in_sheet)
    bring(settings, file, yes=yes)


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


def _bring_in_plan(settings: Settings, file: Path, *, yes: bool) -> None:
    with opened(settings, sample=False) as house:
        needs_team(house)
        plan, seen = house.read(lambda records: (read_plan_file(file, records), playbook_id(records)))
        click.echo(preview(plan))
        if not plan.is_new:
            return
        _agree("Bring this in?", yes=yes)
        house.storage.write(house.team, lambda records: keep(house, records, plan, seen)).result()
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
