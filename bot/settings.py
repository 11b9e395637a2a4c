"""Every setting, read once from the environment and `.env` into one frozen dataclass."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from bot.errors import Trouble

OURS = "STEWARD_"
DOTENV = Path(".env")


class Secret:
    """A token: it works, but nothing that prints, logs or formats it shows it."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value

    def reveal(self) -> str:
        """The token itself, for the one library that needs it."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Secret(set)" if self else "Secret(not set)"


def _setting(name: str, help: str, default: Any, choices: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"name": name, "help": help, "choices": choices})


def _token(name: str, help: str) -> Any:
    return field(default_factory=Secret, metadata={"name": name, "help": help, "choices": ()})


@dataclass(frozen=True)
class Settings:
    """What can be set from outside. Each field's metadata has its name there and a line of help."""

    database: str = _setting("STEWARD_DATABASE", "Where everything is kept, as a URL.", "sqlite:///steward.db")
    log: str = _setting("STEWARD_LOG", "How log lines look: plain or json.", "plain", ("plain", "json"))
    log_level: str = _setting(
        "STEWARD_LOG_LEVEL",
        "What is worth a log line: error, warning, info or debug.",
        "warning",
        ("error", "warning", "info", "debug"),
    )
    slack_bot_token: Secret = _token("SLACK_BOT_TOKEN", "The Slack app's bot token (xoxb-…).")  # noqa: RUF009 - it makes a field
    slack_app_token: Secret = _token("SLACK_APP_TOKEN", "The Slack app's app-level token (xapp-…).")  # noqa: RUF009 - it makes a field
    slack_signing_secret: Secret = _token("SLACK_SIGNING_SECRET", "The Slack app's signing secret.")  # noqa: RUF009 - it makes a field
    slack_api_url: str = _setting("SLACK_API_URL", "Another address for Slack's interface, for tests.", "")
    slack_prefix: str = _setting(
        "STEWARD_SLACK_PREFIX",
        "What the short commands in Slack begin with: st- makes /st-posted; none for no short ones.",
        "st-",
    )
    http_port: str = _setting(
        "STEWARD_HTTP_PORT", "Where Slack's requests are listened for, without Socket Mode.", "3000"
    )
    discord_token: Secret = _token("DISCORD_TOKEN", "The Discord bot's token.")  # noqa: RUF009 - it makes a field
    discord_api_url: str = _setting("DISCORD_API_URL", "Another address for Discord's interface, for tests.", "")
    discord_gateway_url: str = _setting("DISCORD_GATEWAY_URL", "Another address for Discord's gateway, for tests.", "")
    styled: bool = True
    notes: tuple[str, ...] = ()

    @property
    def networks(self) -> tuple[str, ...]:
        """The chat networks for which a token is set."""
        tokens = {
            "slack": self.slack_bot_token or self.slack_app_token or self.slack_signing_secret,
            "discord": self.discord_token,
        }
        return tuple(network for network, token in tokens.items() if token)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The tokens themselves, so that log lines can be cleaned of them."""
        return tuple(value.reveal() for value in vars(self).values() if isinstance(value, Secret) and value)


@dataclass(frozen=True)
class Declared:
    """One setting as the README, `.env.example` and `doctor` show it."""

    field: str
    name: str
    help: str
    default: str
    choices: tuple[str, ...]
    secret: bool


DECLARED: tuple[Declared, ...] = tuple(
    Declared(
        each.name,
        each.metadata["name"],
        each.metadata["help"],
        each.default if isinstance(each.default, str) else "",
        each.metadata["choices"],
        each.type is Secret,
    )
    for each in fields(Settings)
    if each.metadata
)


def read_settings(environ: Mapping[str, str] | None = None, dotenv: Path = DOTENV) -> Settings:
    """The settings of this process: the environment's, else `.env`'s, else the defaults.

    An empty value counts as not set. `notes` are sentences on `STEWARD_…` names that nothing reads. Raises Trouble
    for a value that is not among a setting's choices, and for a `.env` that can't be read.
    """
    environ = os.environ if environ is None else environ
    given = {**_read_dotenv(dotenv), **{name: value for name, value in environ.items() if value}}
    values: dict[str, Any] = {}
    for each in DECLARED:
        value = given.get(each.name, "").strip()
        if not value:
            continue
        if each.choices and value.casefold() not in each.choices:
            raise Trouble(f"{each.name} is “{value[:40]}”, but it can only be {' or '.join(each.choices)}.")
        values[each.field] = Secret(value) if each.secret else value.casefold() if each.choices else value
    unknown = sorted(name for name in given if name.startswith(OURS) and name not in {one.name for one in DECLARED})
    notes = tuple(_unknown(name) for name in unknown)
    return Settings(**values, styled="NO_COLOR" not in given, notes=notes)


def _read_dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    from dotenv import dotenv_values  # noqa: PLC0415 - most starts have no such file

    try:
        found = dotenv_values(path, interpolate=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"I can't read the settings in {path}. Please see to it that it is a plain text file.") from error
    return {name: value for name, value in found.items() if value}


def _unknown(name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a slip needs it

    near = get_close_matches(name, [one.name for one in DECLARED if one.name.startswith(OURS)], 1, 0.5)
    meant = f" Did you mean {near[0]}?" if near else " README.md lists the settings that there are."
    return f"I don't know the setting {name}, so it does nothing.{meant}"
