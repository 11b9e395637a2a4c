"""The app's manifest: what an administrator pastes into Slack to make the app, from the command table."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.adapters.slack.checks import NEEDED, READ_FILES, WIDER
from bot.adapters.slack.codes import shortcut_id
from bot.adapters.slack.read import COMMAND
from bot.core.command import Command

SLASH_LIMIT = 50  # slash commands of an app
DESCRIPTION_LIMIT = 2000  # characters of a command's description, and of its usage hint
NAME_LIMIT = 32  # characters of a slash command, the stroke included
EVENTS = ("app_home_opened", "message.im")

Json = dict[str, Any]


def manifest(commands: Mapping[str, Command], prefix: str, url: str = "") -> Json:
    """The manifest. `prefix` begins the short commands (none without it); `url` is the address that HTTP goes to."""
    features: Json = {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Steward", "always_online": True},
        "slash_commands": [_slash(*one, url) for one in slash_commands(commands, prefix)],
    }
    shortcuts = _shortcuts(commands)
    if shortcuts:
        features["shortcuts"] = shortcuts
    events: Json = {"bot_events": list(EVENTS)}
    interactivity: Json = {"is_enabled": True}
    if url:
        events["request_url"] = url
        interactivity |= {"request_url": url, "message_menu_options_url": url}
    return {
        "display_information": {
            "name": "Steward",
            "description": "Looks after who looks after which social media account.",
            "background_color": "#2c3e50",
        },
        "features": features,
        "oauth_config": {"scopes": {"bot": scopes(commands)}},
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def scopes(commands: Mapping[str, Command]) -> list[str]:
    """The permissions that the app asks for: files are read only where a command takes one."""
    files = any(command.files for command in commands.values())
    return sorted(scope for scope in (*NEEDED, *WIDER) if files or scope != READ_FILES)


def _shortcuts(commands: Mapping[str, Command]) -> list[Json]:
    """What the menu of every message offers."""
    found = [(name, command.shortcut) for name, command in commands.items() if name == command.name]
    return [
        {"name": one.label, "type": "message", "callback_id": shortcut_id(name), "description": one.help}
        for name, one in found
        if one is not None
    ]


def slash_commands(commands: Mapping[str, Command], prefix: str) -> Sequence[tuple[str, str, str]]:
    """(name, description, usage hint) of each slash command: the umbrella, and short ones where there is a prefix.

    Only what volunteers type as one word has a short one; everything else goes by the umbrella.
    """
    found = [(f"/{COMMAND}", "Everything that Steward does. Without a word: your home.", "[help or a command]")]
    for command in dict.fromkeys(commands.values()) if prefix else ():
        name = f"/{prefix}{command.name}"
        if not command.hidden and " " not in command.name and len(name) <= NAME_LIMIT:
            hint = command.usage.removeprefix(command.name).strip()
            found.append((name, command.help, hint))
    return found[:SLASH_LIMIT]


def _slash(name: str, description: str, hint: str, url: str) -> Json:
    about: Json = {"command": name, "description": description[:DESCRIPTION_LIMIT], "should_escape": True}
    about |= {"usage_hint": hint[:DESCRIPTION_LIMIT]} if hint else {}
    return about | ({"url": url} if url else {})


def as_json(made: Json) -> str:
    """The manifest as JSON."""
    return json.dumps(made, indent=2, ensure_ascii=False)


def as_yaml(made: Json) -> str:
    """The manifest as YAML, as Slack's own page shows it first."""
    import yaml  # noqa: PLC0415 - for this one command

    return str(yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=120)).rstrip("\n")
