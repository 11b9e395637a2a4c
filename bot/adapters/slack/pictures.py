"""Pictures: uploaded first, then shown by a message that refers to them. Where that fails, their words go alone."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.controls import Json
from bot.adapters.slack.render import EMPTY, Part, alt_of
from bot.core.chat import Picture

log = logging.getLogger(__name__)

T = TypeVar("T")
PATIENCE = 20.0  # seconds that a message waits for its picture to be uploaded
PAUSES = (0.0, 0.5, 1.0, 2.0, 4.0)  # seconds before each try: Slack still works on what was uploaded a moment ago
LACKING = (
    "the app lacks the permission files:write: add it under “OAuth & Permissions” at api.slack.com/apps, and choose "
    "“Reinstall App”"
)
MARK = 12  # hexadecimal digits that tell pictures apart


async def show(client: AsyncWebClient, part: Part, post: Callable[[list[Json], str], Awaitable[T]]) -> T:
    """Post a part by `post(blocks, mark)`: the mark is its picture's, and empty where it goes as words.

    Raises what `post` raises.
    """
    picture = part.picture
    file = await _uploaded(client, picture) if picture is not None else ""
    if picture is None or not file:
        return await post(list(part.blocks), "")
    image = {"type": "image", "slack_file": {"id": file}, "alt_text": alt_of(picture) or EMPTY}
    for pause in PAUSES:
        await asyncio.sleep(pause)
        try:
            return await post([image], mark_of(picture))
        except SlackApiError as error:
            if error.response.get("error") != "invalid_blocks":
                raise
    log.warning("Slack does not show a picture that it took: its words go alone")
    return await post(list(part.blocks), "")


def mark_of(picture: Picture | None) -> str:
    """What tells a picture, and its words, apart from another one; empty for none."""
    return sha256(picture.data + b"\0" + picture.alt.encode()).hexdigest()[:MARK] if picture is not None else ""


async def _uploaded(client: AsyncWebClient, picture: Picture) -> str:
    """Slack's id of the picture, which nobody but Steward sees until a message shows it; empty where it has none."""
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await client.files_upload_v2(
                filename=picture.name,
                title=picture.name,
                content=picture.data,
                alt_txt=alt_of(picture) or EMPTY,
            )
        return str(answer["files"][0]["id"])
    except SlackApiError as error:
        why = str(error.response.get("error"))
        why = LACKING if why == "missing_scope" else why
    except (OSError, aiohttp.ClientError, SlackClientError, TimeoutError, LookupError) as error:
        why = type(error).__name__
    log.warning("a picture could not be uploaded (%s): its words go alone", why)
    return ""
