import re
from pathlib import Path

import click
import pytest

from bot.settings import Settings
from bot.terminal.opening import opened
from bot.topics.accounts.model import Account, Offer
from bot.topics.team.model import Standing, Team, Volunteer
from tests.terminal.at import Terminal, own_process

SHEET = """name,network,handle,owner,backup
Friends,Twitter,@friends,Ana,Ben
Friends,facebook,,Ana,
Our page,website,,,
"""


@pytest.fixture
def sheet(folder: Path) -> Path:
    file = folder / "sheet.csv"
    file.write_text(SHEET, encoding="utf-8")
    return file


def made(terminal: Terminal, *more: str) -> None:
    printed = terminal("init", "--name", "Friends of the library", "--zone", "chicago", "--yes", *more)
    assert printed.code == 0, printed.err


def team(folder: Path) -> Team:
    with opened(Settings(database=f"sqlite:///{folder / 'steward.db'}"), sample=False) as house:
        (found,) = house.read(lambda records: records.find(Team))
        assert not house.sample
        return found


def test_options_make_a_team_without_a_question(terminal: Terminal, folder: Path, sheet: Path) -> None:
    made(
        terminal,
        "--country",
        "us",
        "--channel",
        "slack:T1/C1",
        "--crisis-channel",
        "discord:G1/C2",
        "--accounts",
        "sheet.csv",
    )
    found = team(folder)
    assert found.name == "Friends of the library"
    assert (found.zone, found.country) == ("America/Chicago", "US")
    assert (found.channel, found.crisis_channel) == ("slack:T1/C1", "discord:G1/C2")
    with opened(Settings(database=f"sqlite:///{folder / 'steward.db'}")) as house:
        accounts = house.read(lambda records: records.find(Account))
        people = house.read(lambda records: records.find(Volunteer))
        offers = house.read(lambda records: records.find(Offer))
    assert {one.network for one in accounts} == {"x", "facebook", "website"}
    assert {one.owner for one in accounts} == {""}, "ownership is offered, never imposed"
    assert {(one.name, one.standing) for one in people} == {("Ana", Standing.INVITED), ("Ben", Standing.INVITED)}
    assert len(offers) == 3


def test_questions_are_asked_again_until_they_can_be_read(folder: Path, sheet: Path) -> None:
    typed = ["", "  Friends of the library  ", "nowhere at all", "America/Denver", "Atlantis", "US", "our channel", ""]
    typed += ["", "no-such-file.csv", "sheet.csv", "y"]
    printed = own_process(folder, "init", typed="".join(f"{line}\n" for line in typed))
    assert printed.code == 0, printed.out + printed.err
    assert team(folder).name == "Friends of the library"
    assert team(folder).zone == "America/Denver"
    for said in ("I don't know that time zone", "I don't know the country", "A channel is written", "no-such-file.csv"):
        assert said in printed.out
    assert "3 accounts: 3 new" in printed.out
    assert "steward run" in printed.out


def test_no_to_the_last_question_makes_nothing(folder: Path) -> None:
    typed = ["Friends", "chicago", "", "", "", "", "n"]
    printed = own_process(folder, "init", typed="".join(f"{line}\n" for line in typed))
    assert printed.code == 1
    assert not (folder / "steward.db").exists()


def test_the_end_of_input_makes_nothing(folder: Path) -> None:
    printed = own_process(folder, "init", typed="Friends\n")
    assert printed.code != 0
    assert "Traceback" not in printed.err
    assert not (folder / "steward.db").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--zone", "chicago"), "called"),
        (("--name", "Friends"), "time zone"),
        (("--name", "Friends", "--zone", "nowhere at all"), "time zone"),
        (("--name", "Friends", "--zone", "chicago", "--country", "Atlantis"), "country"),
        (("--name", "Friends", "--zone", "chicago", "--channel", "general"), "channel"),
        (("--name", "x" * 300, "--zone", "chicago"), "shorten"),
    ],
)
def test_what_is_wrong_among_the_options_is_told_and_nothing_made(
    terminal: Terminal, folder: Path, options: tuple[str, ...], said: str
) -> None:
    printed = terminal("init", "--yes", *options)
    assert printed.code == 1
    assert said in printed.err
    assert not (folder / "steward.db").exists()


def test_mistakes_in_the_sheet_are_named_by_row_and_column_and_nothing_is_made(
    terminal: Terminal, folder: Path
) -> None:
    (folder / "bad.csv").write_text("name,network,followers\nFriends,myspace,many\n,x,3\n", encoding="utf-8")
    printed = terminal("init", "--name", "Friends", "--zone", "chicago", "--yes", "--accounts", "bad.csv")
    assert printed.code == 1
    for said in ("Row 2, network", "Row 2, followers", "Row 3, name", "Nothing was brought in"):
        assert said in printed.err
    assert not (folder / "steward.db").exists()


def test_a_column_of_passwords_is_refused_with_the_advice_to_delete_the_file(terminal: Terminal, folder: Path) -> None:
    (folder / "bad.csv").write_text("name,network,password\nFriends,x,hunter2-hunter2\n", encoding="utf-8")
    printed = terminal("init", "--name", "Friends", "--zone", "chicago", "--yes", "--accounts", "bad.csv")
    assert printed.code == 1
    assert "delete this file" in printed.err
    assert "hunter2" not in printed.err + printed.out


def test_a_real_team_is_never_overwritten(terminal: Terminal, folder: Path) -> None:
    made(terminal)
    before = (folder / "steward.db").read_bytes()
    printed = terminal("init", "--name", "Others", "--zone", "chicago", "--yes")
    assert printed.code == 1
    assert "Friends of the library" in printed.err
    assert (folder / "steward.db").read_bytes() == before


def test_the_sample_team_is_set_aside_whole(terminal: Terminal, folder: Path) -> None:
    assert terminal("say", "gaps", "--as", "office").code == 0
    made(terminal)
    (aside,) = folder.glob("*.set-aside.db")
    assert team(folder).name == "Friends of the library"
    with opened(Settings(database=f"sqlite:///{aside}")) as house:
        assert house.sample
        assert len(house.people()) == 8


def test_the_template_is_an_empty_sheet_that_explains_itself(terminal: Terminal, folder: Path) -> None:
    printed = terminal("init", "--template", "mine.csv")
    assert printed.code == 0
    assert "short_name" in printed.out
    again = terminal("init", "--template", "mine.csv")
    assert again.code == 1
    assert "already" in again.err
    file = folder / "mine.csv"
    file.write_text(
        file.read_text(encoding="utf-8") + "Friends,friends-x,,x,@friends" + "," * 9 + "\n", encoding="utf-8"
    )
    made(terminal, "--accounts", "mine.csv")


def test_the_first_teams_own_sheet_is_taken_as_it_is(terminal: Terminal) -> None:
    sheet = Path(__file__).parent.parent.parent / "bot" / "content" / "alcts-accounts.csv"
    printed = terminal("init", "--name", "ALCTS", "--zone", "chicago", "--yes", "--accounts", str(sheet))
    assert printed.code == 0
    assert "15 accounts: 15 new" in printed.out
    assert click.unstyle(printed.out) == printed.out
    assert re.search(r"steward run", printed.out)
