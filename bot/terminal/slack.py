"""Slack at the terminal: its adapter over the engine, the app's manifest, and whether all is well."""

import asyncio
from collections.abc import Iterator

from bot.adapters.slack.adapter import SLACK, Slack
from bot.adapters.slack.outside import Keys, Outside
from bot.core.engine import Engine
from bot.core.ports import Adapter, Flush
from bot.errors import Trouble
from bot.settings import Settings

PATIENCE = 10  # seconds that `doctor` waits for Slack
UNPROVEN = (
    "the signing secret looks as Slack's do; whether it is this app's, only Slack can show: while `steward run` is "
    "under way, open “Event Subscriptions” at api.slack.com/apps. “Verified” has to stand beside the Request URL; if "
    "not, choose “Retry”, and see what `steward run` says."
)
LAST_PORT = 65535


def slack_adapter(settings: Settings, engine: Engine, flush: Flush) -> Adapter:
    """Slack over this engine. Raises Trouble for a setting that can't be."""
    by_name = engine.topics.router.by_name
    outside = Outside(engine.handle, engine.watch, engine.suggest, by_name, engine.clock.now, flush=flush)
    return Slack(keys_of(settings), outside)


def keys_of(settings: Settings) -> Keys:
    """What the adapter needs of the settings. Raises Trouble."""
    return Keys(
        settings.slack_bot_token.reveal(),
        settings.slack_app_token.reveal(),
        settings.slack_signing_secret.reveal(),
        _port(settings.http_port),
        prefix_of(settings),
        settings.slack_api_url,
    )


def prefix_of(settings: Settings) -> str:
    """What Steward's short commands in Slack begin with; empty where there are to be none. Raises Trouble."""
    prefix = settings.slack_prefix.strip().lstrip("/").casefold()
    if prefix == "none":
        return ""
    if not (prefix.isascii() and prefix.replace("-", "").replace("_", "").isalnum()):
        raise Trouble(
            f"STEWARD_SLACK_PREFIX is “{settings.slack_prefix[:40]}”, but it can only have letters, digits, - and _; "
            "`none` means no short commands."
        )
    return prefix


def _port(said: str) -> int:
    if not (said.isascii() and said.isdigit() and 0 < int(said) <= LAST_PORT):
        raise Trouble(f"STEWARD_HTTP_PORT is “{said[:40]}”, but it has to be a number from 1 to {LAST_PORT}.")
    return int(said)


def print_manifest(settings: Settings, form: str, url: str) -> str:
    """The manifest of the Slack app, as `yaml` or `json`."""
    from bot.adapters.slack.manifest import as_json, as_yaml, manifest  # noqa: PLC0415 - for this one command
    from bot.house import topics  # noqa: PLC0415

    if url and not url.startswith("https://"):
        raise Trouble("Slack needs an address that begins with https://, such as https://example.org/slack/events.")
    made = manifest(topics().router.by_name, prefix_of(settings), url)
    return as_json(made) if form == "json" else as_yaml(made)


def look(settings: Settings) -> Iterator[tuple[bool, str]]:
    """(is it well, a sentence) for each thing that was looked at."""
    from bot.adapters.slack.checks import check_keys  # noqa: PLC0415

    try:
        keys = keys_of(settings)
        check_keys(keys.bot_token, keys.app_token, keys.signing_secret)
    except Trouble as trouble:
        yield False, str(trouble)
        return
    yield from asyncio.run(_ask(keys))


async def _ask(keys: Keys) -> list[tuple[bool, str]]:
    """Ask Slack itself."""
    import aiohttp  # noqa: PLC0415 - slow to load
    from slack_sdk.errors import SlackApiError, SlackClientError  # noqa: PLC0415
    from slack_sdk.web.async_client import AsyncWebClient  # noqa: PLC0415

    from bot.adapters.slack.checks import app_token_trouble, check_scopes, installed, lacking  # noqa: PLC0415

    client = AsyncWebClient(keys.bot_token, keys.api_url or SLACK, PATIENCE, retry_handlers=[])
    try:
        found = await installed(client)
        check_scopes(found.scopes)
        signs = [(True, f"the bot token works: Steward is installed in {found.name} ({found.workspace}).")]
        signs += [(True, sentence) for sentence in lacking(found.scopes)]
        if keys.app_token:
            await client.apps_connections_open(app_token=keys.app_token)
            signs.append((True, "the app token works: Slack reaches Steward by Socket Mode."))
        else:
            signs += [
                (True, f"Slack reaches Steward by HTTP, at port {keys.port}, path /slack/events."),
                (True, UNPROVEN),
            ]
    except Trouble as trouble:
        return [(False, str(trouble))]
    except SlackApiError as error:
        known = app_token_trouble(error)
        return [(False, str(known) if known else f"Slack refused the question: {error.response.get('error')}.")]
    except (OSError, aiohttp.ClientError, SlackClientError, TimeoutError):
        return [(False, "Slack can't be reached. Check this computer's connection, and try again.")]
    return signs
