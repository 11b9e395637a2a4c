"""Are the tokens right? What is wrong is named in plain words, with what to do."""

import asyncio
import logging
import re

import aiohttp
from msgspec import Struct
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Trouble

log = logging.getLogger(__name__)

NEEDED = ("commands", "chat:write", "im:write", "im:history", "users:read")
ANEW = (
    "Put the text that `steward slack manifest` prints into “App Manifest” at api.slack.com/apps, save, and choose "
    "“Reinstall App”."
)
READ_FILES = "files:read"
WIDER = {  # what works less well without it
    "chat:write.public": "Without it, somebody has to type `/invite @Steward` in each channel that I write in.",
    READ_FILES: f"Without it, I can't take a file that somebody attaches; all else works. {ANEW}",
}
AGAIN_SOONEST, AGAIN_LATEST = 1.0, 60.0
WRONG_TOKEN = {
    "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type",
}  # fmt: skip
WHERE = "Open api.slack.com/apps, choose your app, then"
NO_BOT_TOKEN = f"SLACK_BOT_TOKEN is not set. {WHERE} “OAuth & Permissions”; the token begins with xoxb-."
NO_WAY_IN = (
    "SLACK_APP_TOKEN is not set, so Slack can't reach Steward. "
    f"{WHERE} “Basic Information”, “App-Level Tokens”, and make one with the scope connections:write. "
    "(With an address of your own on the internet, set SLACK_SIGNING_SECRET instead.)"
)
COPY_BOT_TOKEN = f"{WHERE} “OAuth & Permissions”, and copy the “Bot User OAuth Token” (it begins with xoxb-) into .env."
BOT_TOKEN_REFUSED = f"Slack does not know the token in SLACK_BOT_TOKEN. {COPY_BOT_TOKEN}"
COPY_APP_TOKEN = (
    f"{WHERE} “Basic Information”, “App-Level Tokens”, and copy the token (it begins with xapp-) into .env."
)
APP_TOKEN_REFUSED = f"Slack does not know the token in SLACK_APP_TOKEN. {COPY_APP_TOKEN}"
SWAPPED = (
    "SLACK_BOT_TOKEN and SLACK_APP_TOKEN hold each other's token: the first begins with xoxb-, the second with xapp-. "
    "Exchange them in .env. Both come from api.slack.com/apps."
)
APP_SCOPE = (
    "The token in SLACK_APP_TOKEN lacks the scope connections:write. "
    f"{WHERE} “Basic Information”, “App-Level Tokens”, make a new token with that scope, and copy it into .env."
)
NO_SOCKET = f"Socket Mode is off for this app. {WHERE} “Socket Mode”, and turn it on."
COPY_SECRET = f"{WHERE} “Basic Information”, and copy the “Signing Secret” into .env."
BAD_SECRET = f"SLACK_SIGNING_SECRET looks like a token, but it is something else. {COPY_SECRET}"
ODD_SECRET = (
    "SLACK_SIGNING_SECRET can't be right: Slack's have 32 signs, each a digit or a letter from a to f. "
    f"{COPY_SECRET} Choose “Show” first, and copy all of it."
)
_SECRET = re.compile("[0-9a-f]{32}")


class Installed(Struct, frozen=True):
    """Where the app is installed: the workspace, the bot's own user, and what it may do there."""

    workspace: str
    name: str
    bot: str
    scopes: tuple[str, ...]


def check_keys(bot_token: str, app_token: str, signing_secret: str) -> None:
    """Raises Trouble where a token is missing, or stands in the wrong place."""
    if not bot_token:
        raise Trouble(NO_BOT_TOKEN)
    if bot_token.startswith("xapp-") and app_token.startswith("xoxb-"):
        raise Trouble(SWAPPED)
    if not bot_token.startswith("xoxb-"):
        raise Trouble(f"What stands in SLACK_BOT_TOKEN is no bot token. {COPY_BOT_TOKEN}")
    if not (app_token or signing_secret):
        raise Trouble(NO_WAY_IN)
    if app_token and not app_token.startswith("xapp-"):
        raise Trouble(f"What stands in SLACK_APP_TOKEN is no app-level token. {COPY_APP_TOKEN}")
    if signing_secret.startswith(("xox", "xapp-")):
        raise Trouble(BAD_SECRET)
    if not app_token and not _SECRET.fullmatch(signing_secret):
        raise Trouble(ODD_SECRET)


async def sign_in(client: AsyncWebClient) -> Installed:
    """Ask Slack who we are, as often as it takes while it can't be reached. Raises Trouble."""
    pause = AGAIN_SOONEST
    while True:
        try:
            found = await installed(client)
        except (OSError, aiohttp.ClientError, SlackClientError, TimeoutError) as error:
            why = error.response.get("error") if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("Slack can't be reached (%s); trying again in %d s", why, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, AGAIN_LATEST)
            continue
        check_scopes(found.scopes)
        for sentence in lacking(found.scopes):
            log.warning("%s", sentence)
        return found


async def installed(client: AsyncWebClient) -> Installed:
    """Ask once. Raises Trouble for a token that Slack does not know, and what the connection raises."""
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        if error.response.get("error") in WRONG_TOKEN:
            raise Trouble(BOT_TOKEN_REFUSED) from error
        raise
    headers = {str(name).casefold(): value for name, value in (answer.headers or {}).items()}
    scopes = tuple(scope.strip() for scope in str(headers.get("x-oauth-scopes") or "").split(",") if scope.strip())
    return Installed(str(answer["team_id"]), str(answer.get("team") or ""), str(answer["user_id"]), scopes)


def check_scopes(scopes: tuple[str, ...]) -> None:
    """Raises Trouble where a permission is missing. Slack may not tell any: then nothing is known to be missing."""
    missing = [scope for scope in NEEDED if scopes and scope not in scopes]
    if missing:
        raise Trouble(f"The Slack app lacks the permission{'s' * (len(missing) > 1)} {', '.join(missing)}. {ANEW}")


def lacking(scopes: tuple[str, ...]) -> list[str]:
    """A sentence for each permission that Steward can do without, and does not have."""
    missing = [scope for scope in WIDER if scopes and scope not in scopes]
    return [f"the permission {scope} is not given. {WIDER[scope]}" for scope in missing]


def app_token_trouble(error: SlackApiError) -> Trouble | None:
    """What is wrong with the app token, in plain words; None where something else is."""
    code = str(error.response.get("error"))
    if code in WRONG_TOKEN:
        return Trouble(APP_TOKEN_REFUSED)
    if code in ("missing_scope", "no_permission"):
        return Trouble(APP_SCOPE)
    return Trouble(NO_SOCKET) if code in ("not_allowed", "socket_mode_not_enabled", "invalid_app") else None
