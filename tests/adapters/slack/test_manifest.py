import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot
from bot.adapters.slack.checks import check_keys, check_scopes, lacking
from bot.adapters.slack.manifest import as_json, as_yaml, manifest, scopes, slash_commands
from bot.errors import Trouble
from bot.house import topics
from bot.settings import DECLARED, Secret, Settings
from bot.terminal.slack import keys_of, prefix_of, print_manifest
from tests.adapters.slack.standin.methods import NEEDS
from tests.adapters.slack.standin.workspace import APP_TOKEN, BOT_TOKEN, SECRET

TABLE = topics().router.by_name
README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
MADE: dict[str, Any] = manifest(TABLE, "st-")
SCOPES = tuple(scopes(TABLE))


def test_the_commands_are_those_of_the_table() -> None:
    for name, help, _hint in slash_commands(TABLE, "st-")[1:]:
        assert TABLE[name.removeprefix("/st-")].help == help
    names = [one["command"] for one in MADE["features"]["slash_commands"]]
    assert names[0] == "/steward"
    assert len(set(names)) == len(names) <= 50
    assert {"/st-posted", "/st-claim", "/st-gaps", "/st-sos"} <= set(names)
    assert all(re.fullmatch(r"/[a-z0-9_-]{1,31}", name) for name in names)
    assert all(one["should_escape"] for one in MADE["features"]["slash_commands"])


def test_without_a_prefix_there_is_only_the_long_command() -> None:
    assert [name for name, _help, _hint in slash_commands(TABLE, "")] == ["/steward"]


def test_the_menu_of_a_message_has_what_the_table_says() -> None:
    assert [one["name"] for one in MADE["features"]["shortcuts"]] == ["Save as tip", "Add to crisis log"]
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in MADE["features"]["shortcuts"])
    assert "shortcuts" not in manifest({"home": TABLE["home"]}, "st-")["features"]


def test_permissions_and_events_are_no_wider_than_used() -> None:
    used = {scope for scope in NEEDS.values() if scope} | {"commands", "im:history", "chat:write.public", "files:read"}
    assert set(SCOPES) <= used
    assert MADE["settings"]["event_subscriptions"]["bot_events"] == ["app_home_opened", "message.im"]
    assert MADE["oauth_config"]["scopes"] == {"bot": sorted(SCOPES)}


def test_reading_files_is_asked_for_because_a_command_takes_one() -> None:
    assert "files:read" in SCOPES
    without = {name: command for name, command in TABLE.items() if not command.files}
    assert set(SCOPES) - set(scopes(without)) == {"files:read"}


def test_uploading_is_asked_for_only_if_something_makes_pictures() -> None:
    topics = Path(bot.__file__).parent / "topics"
    makes = any("Picture(" in file.read_text(encoding="utf-8") for file in topics.rglob("*.py"))
    assert ("files:write" in SCOPES) == makes, "see WIDER in bot/adapters/slack/checks.py, and the README"


def test_both_ways_to_write_it_say_the_same() -> None:
    assert json.loads(as_json(MADE)) == yaml.safe_load(as_yaml(MADE)) == MADE


def test_with_an_address_everything_goes_there() -> None:
    made = manifest(TABLE, "st-", "https://example.org/slack/events")
    assert not made["settings"]["socket_mode_enabled"]
    assert all(one["url"] == "https://example.org/slack/events" for one in made["features"]["slash_commands"])
    with pytest.raises(Trouble, match="https://"):
        print_manifest(Settings(), "yaml", "http://example.org")


def test_the_readme_speaks_of_what_the_manifest_has() -> None:
    section = README.split("## Steward on Slack", 1)[1].split("\n## ", 1)[0]
    assert {one["name"] for one in MADE["features"]["shortcuts"]} <= set(re.findall(r"\*([^*]+)\*", section))
    for said in ("slack manifest", "connections:write", "/steward start", "/slack/events", "/st-posted"):
        assert said in section
    named = set(re.findall(r"`((?:SLACK|STEWARD)_\w+)", section))
    assert named <= {one.name for one in DECLARED}
    assert {"SLACK_APP_TOKEN", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "STEWARD_HTTP_PORT"} <= named


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        (("", APP_TOKEN, ""), "SLACK_BOT_TOKEN is not set"),
        (("xoxp-1", APP_TOKEN, ""), "no bot token"),
        ((BOT_TOKEN, "", ""), "SLACK_APP_TOKEN is not set"),
        ((BOT_TOKEN, BOT_TOKEN, ""), "no app-level token"),
        ((APP_TOKEN, BOT_TOKEN, ""), "Exchange them"),
        ((BOT_TOKEN, "", APP_TOKEN), "SLACK_SIGNING_SECRET"),
        ((BOT_TOKEN, "", "two words"), "SLACK_SIGNING_SECRET can't be right"),
        ((BOT_TOKEN, "", SECRET[:-1]), "SLACK_SIGNING_SECRET can't be right"),
        ((BOT_TOKEN, "", f"{SECRET}0"), "SLACK_SIGNING_SECRET can't be right"),
        ((BOT_TOKEN, "", f"{SECRET[:-1]}g"), "SLACK_SIGNING_SECRET can't be right"),
    ],
)
def test_what_is_wrong_with_a_token_is_named(keys: tuple[str, str, str], named: str) -> None:
    with pytest.raises(Trouble, match=named) as caught:
        check_keys(*keys)
    assert "api.slack.com" in str(caught.value)


def test_good_keys_and_scopes_pass() -> None:
    check_keys(BOT_TOKEN, APP_TOKEN, "")
    check_keys(BOT_TOKEN, APP_TOKEN, "not used where there is an app token")
    check_keys(BOT_TOKEN, "", SECRET)
    check_scopes(())
    check_scopes(SCOPES)
    with pytest.raises(Trouble, match=r"permissions commands, chat:write.*slack manifest"):
        check_scopes(("im:write", "im:history", "users:read"))


def test_what_an_app_can_do_without_is_named_and_no_trouble() -> None:
    assert lacking(()) == lacking(SCOPES) == []
    installed_before = tuple(scope for scope in SCOPES if scope != "files:read")
    check_scopes(installed_before)
    (sentence,) = lacking(installed_before)
    assert "files:read" in sentence
    assert "slack manifest" in sentence
    assert "Reinstall App" in sentence


@pytest.mark.parametrize("prefix", ["a b", "ü-", "/", "x!"])
def test_a_prefix_that_can_not_be_is_refused(prefix: str) -> None:
    with pytest.raises(Trouble, match="STEWARD_SLACK_PREFIX"):
        prefix_of(Settings(slack_prefix=prefix))


def test_the_settings_become_the_keys() -> None:
    keys = keys_of(Settings(slack_bot_token=Secret(BOT_TOKEN), slack_prefix="None", http_port="8080"))
    assert (keys.bot_token, keys.prefix, keys.port) == (BOT_TOKEN, "", 8080)
    for port in ("0", "70000", "web", "-1"):
        with pytest.raises(Trouble, match="STEWARD_HTTP_PORT"):
            keys_of(Settings(http_port=port))
