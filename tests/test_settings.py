import os
import re
from pathlib import Path

import pytest

from bot.errors import Trouble
from bot.settings import DECLARED, Secret, Settings, read_settings

ROOT = Path(__file__).parent.parent
NOWHERE = Path("there-is-no-such-file")


def test_without_any_setting_the_defaults_hold() -> None:
    settings = read_settings({}, NOWHERE)
    assert settings == Settings()
    assert settings.database == "sqlite:///steward.db"
    assert settings.networks == ()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("STEWARD_DATABASE=sqlite:///file.db\nSTEWARD_LOG=json\n")
    settings = read_settings({"STEWARD_DATABASE": "sqlite:///environment.db"}, file)
    assert settings.database == "sqlite:///environment.db"
    assert settings.log == "json"


def test_an_empty_value_counts_as_not_set(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("SLACK_BOT_TOKEN=\nSTEWARD_LOG\n")
    assert read_settings({"DISCORD_TOKEN": ""}, file).networks == ()


def test_a_dollar_sign_in_the_file_is_only_a_dollar_sign(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("DISCORD_TOKEN=a${HOME}b\n")
    assert read_settings({}, file).discord_token.reveal() == "a${HOME}b"


def test_a_file_that_is_no_text_is_told_plainly(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(Trouble, match="plain text"):
        read_settings({}, file)


def test_an_unknown_name_is_pointed_out_with_the_nearest_known_one() -> None:
    settings = read_settings({"STEWARD_DATABSE": "x", "STEWARD_ZZZZ": "y"}, NOWHERE)
    assert any("STEWARD_DATABSE" in note and "STEWARD_DATABASE" in note for note in settings.notes)
    assert any("STEWARD_ZZZZ" in note for note in settings.notes)


def test_a_value_that_can_not_be_is_refused_with_those_that_can() -> None:
    with pytest.raises(Trouble, match="plain or json"):
        read_settings({"STEWARD_LOG": "xml"}, NOWHERE)


def test_tokens_say_which_networks_to_start() -> None:
    assert read_settings({"SLACK_BOT_TOKEN": "t"}, NOWHERE).networks == ("slack",)
    both = read_settings({"SLACK_APP_TOKEN": "t", "DISCORD_TOKEN": "u"}, NOWHERE)
    assert both.networks == ("slack", "discord")
    assert set(both.secrets) == {"t", "u"}


def test_no_token_can_be_printed() -> None:
    settings = read_settings({each.name: "hunter2" for each in DECLARED if each.secret}, NOWHERE)
    secret = settings.discord_token
    for shown in (repr(settings), str(settings), f"{secret}", f"{secret!r}", str(vars(settings))):
        assert "hunter2" not in shown
    assert secret == Secret("hunter2")
    assert secret != Secret()


def test_the_example_file_agrees_with_the_code(tmp_path: Path) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    shown = re.findall(r"^# (.+)\n#(\w+)=(.*)$", text, re.MULTILINE)
    assert shown == [(each.help, each.name, each.default) for each in DECLARED]
    file = tmp_path / ".env"
    file.write_text(re.sub(r"^#(\w+=)", r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    assert read_settings({}, file) == Settings()


def test_every_other_setting_of_ours_begins_with_our_name() -> None:
    networks = ("SLACK_", "DISCORD_")
    assert all(each.name.startswith(("STEWARD_", *networks)) for each in DECLARED)


def test_nothing_else_in_the_program_reads_the_environment() -> None:
    reading = re.compile(r"\bos\.environ\b|\bgetenv\b")
    found = [
        str(path.relative_to(ROOT))
        for folder in ("bot", "storage")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if reading.search(path.read_text(encoding="utf-8"))
    ]
    assert found == [os.path.join("bot", "settings.py")]  # noqa: PTH118 - as the paths above are written here
