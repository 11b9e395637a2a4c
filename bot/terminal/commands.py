"""The command line's declarations: thin commands over the other files here, each loaded by what needs it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bot.errors import Trouble
from bot.terminal.logs import starting_settings

INTERRUPTED = 130
A_NEW_FILE = click.Path(path_type=Path)
A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def steward() -> None:
    """Steward keeps an organisation's social media accounts owned, active and ready for trouble."""


@steward.command()
def run() -> None:
    """Start: every chat network whose tokens are set, or the local console where there are none."""
    from bot.terminal.running import run as start  # noqa: PLC0415

    start(starting_settings())


@steward.command()
@click.argument("words")
@click.option("--as", "as_", metavar="VOLUNTEER", default="", help="Who says it, by name.")
@click.option("--yes", is_flag=True, help="Answer yes where Steward would ask first.")
def say(words: str, as_: str, yes: bool) -> None:
    """Do one command, such as `steward say "gaps" --as office`, and print the answer."""
    from bot.terminal.saying import print_answer  # noqa: PLC0415

    raise SystemExit(print_answer(starting_settings(), words, as_, yes=yes))


@steward.command()
@click.option("--name", help="The team's name.")
@click.option("--zone", help="The team's time zone, such as America/Chicago.")
@click.option("--country", help="The country whose public holidays count, such as US; `none` for none.")
@click.option("--channel", help="The team's channel, such as slack:T1/C1; may be told later.")
@click.option("--crisis-channel", help="The channel for trouble; may be told later.")
@click.option("--accounts", type=A_FILE, help="A CSV file of the team's accounts.")
@click.option("--template", type=A_NEW_FILE, help="Only write an empty CSV file with the columns explained.")
@click.option("--yes", is_flag=True, help="Ask nothing: take what the options say.")
def init(**given: Any) -> None:
    """Set up a real team: its name, time zone, country, channels and accounts."""
    from bot.terminal.setup import Given, set_up  # noqa: PLC0415

    set_up(starting_settings(), Given(**given))


@steward.command("import")
@click.argument("file", type=A_FILE)
@click.option("--yes", is_flag=True, help="Ask nothing: bring it in if all is well.")
def import_(file: Path, yes: bool) -> None:
    """Bring in a CSV sheet of accounts, a crisis plan (YAML) or a JSON export; shows what would change first."""
    from bot.terminal.transfer import bring_in  # noqa: PLC0415

    bring_in(starting_settings(), file, yes=yes)


@steward.command()
@click.argument("target", type=A_NEW_FILE)
@click.option("--format", "form", type=click.Choice(["csv", "yaml", "json"]), help="csv: accounts; yaml: crisis plan.")
def export(target: Path, form: str | None) -> None:
    """Write the accounts (CSV), the crisis plan (YAML) or everything (JSON) to a file; all three into a folder."""
    from bot.terminal.transfer import export as write  # noqa: PLC0415

    for line in write(starting_settings(), target, form):
        click.echo(line)


@steward.command()
@click.argument("folder", type=A_NEW_FILE)
def papers(folder: Path) -> None:
    """Write the printable crisis card, the crisis plan and every review into a folder, for when chat is down."""
    from bot.terminal.papers import write_papers  # noqa: PLC0415

    for line in write_papers(starting_settings(), folder):
        click.echo(line)


@steward.command()
@click.argument("file", type=A_NEW_FILE)
def backup(file: Path) -> None:
    """Copy the whole database to a new file, also while Steward runs."""
    import storage  # noqa: PLC0415

    storage.backup(starting_settings().database, file)
    click.echo(f"Copied everything to {file}. Keep it somewhere else than on this computer.")


@steward.command()
@click.argument("file", type=A_FILE)
@click.option("--yes", is_flag=True, help="Do not ask first.")
def restore(file: Path, yes: bool) -> None:
    """Bring back a backup in place of the present database, which is kept beside it."""
    import storage  # noqa: PLC0415

    if not yes and not click.confirm(f"Put {file} in the place of the present database?"):
        raise Trouble("Nothing was changed.")
    kept = storage.restore(file, starting_settings().database)
    click.echo(f"Restored from {file}." + (f" What was there before is now {kept}." if kept else ""))


@steward.command()
def doctor() -> None:
    """Look whether all is well: settings, database, clock, tokens, disk; says what to do where it is not."""
    from bot.terminal.doctor import examine  # noqa: PLC0415

    text, healthy = examine(starting_settings(quiet=True))
    click.echo(text)
    if not healthy:
        raise SystemExit(1)


@steward.command()
def coordinator() -> None:
    """Print a one-time code that makes whoever types it coordinator: for a role that got lost."""
    from bot.terminal.codes import recover  # noqa: PLC0415

    click.echo(recover(starting_settings()))


@steward.group()
def discord() -> None:
    """What has to be done for Discord now and then."""


@discord.command()
@click.option("--guild", type=int, metavar="NUMBER", help="Only in the server with this number, at once.")
def sync(guild: int | None) -> None:
    """Register the commands with Discord; `run` does so itself whenever they have changed."""
    from bot.terminal.discord import sync as register  # noqa: PLC0415

    click.echo(register(starting_settings(), guild))


@steward.group()
def slack() -> None:
    """What has to be done for Slack once."""


@slack.command()
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", help="How it is written.")
@click.option("--url", default="", metavar="ADDRESS", help="Without Socket Mode: the https address that Slack calls.")
def manifest(form: str, url: str) -> None:
    """Print the text from which Slack makes the app."""
    from bot.terminal.slack import print_manifest  # noqa: PLC0415

    click.echo(print_manifest(starting_settings(), form, url))


@steward.command()
@click.argument("what", type=click.Choice(["speed", "drafts"]), default="speed")
@click.option("--quick", is_flag=True, help="A smaller database: a minute instead of several.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False, exists=True), help="The disk to measure on.")
@click.option("--verbose", is_flag=True, help="With drafts: show what each figure stumbled over.")
def bench(what: str, quick: bool, folder: Path | None, verbose: bool) -> None:
    """Measure how fast Steward is here, beside baselines in the same run; or how good its drafts are."""
    if what == "drafts":
        from bot.terminal.bench.drafts import measure_drafts  # noqa: PLC0415

        if not measure_drafts(show=click.echo, verbose=verbose):
            raise SystemExit(1)
        return
    from bot.terminal.bench.rows import measure  # noqa: PLC0415

    if not measure(folder or Path.cwd(), quick=quick, show=click.echo):
        raise SystemExit(1)


def do(words: Sequence[str]) -> int:
    """Run the command that the words name; gives its exit code. What people mistype is told by click."""
    try:
        return int(steward.main(list(words), prog_name="steward", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    except SystemExit as ended:
        return int(ended.code or 0)
