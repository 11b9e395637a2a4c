"""Files that come with a form: fetched from Slack, and from nowhere else, with the bot's token."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
from msgspec import Struct, field
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.adapters.slack.checks import ANEW, READ_FILES
from bot.adapters.slack.forms import SEND
from bot.core.words import FILE_LIMIT, TOO_LARGE, text_in
from bot.errors import Refusal

log = logging.getLogger(__name__)

FETCHED = 1.5  # seconds within which all the files of a form are fetched
PIECE = 16 * 1024  # bytes that are read at once
OK = 200
NOT_ALLOWED = (401, 403)
WEB_PAGE = "text/html"
AGAIN = f"attach it again, and choose “{SEND}”"
ELSEWHERE = f"That file is not kept in this Slack, so I can't fetch it. Please save it on your computer, {AGAIN}."
NO_TEXT = f"That file is a web page. I need plain text: please save it as text in UTF-8, {AGAIN}."
BROKEN = f"I could not fetch that file from Slack. Please {AGAIN}."
SLOW = f"Slack was too slow in handing me that file. Please choose “{SEND}” once more."
LACKING = (
    f"I may not read files in this workspace: the permission {READ_FILES} is missing. Somebody has to reinstall the "
    f"app. {ANEW} Until then, paste what is in the file behind the command."
)


class Fetched(Struct, frozen=True):
    """What is in the files of a form, by field, and for each that can't be taken what to do."""

    texts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


class Files:
    """Fetches what people attach. The token goes to Slack's own host for files, and to no other."""

    def __init__(self, client: AsyncWebClient, api_url: str) -> None:
        """`api_url` is another address for Slack's Web API, whose host then keeps the files, too."""
        self._client = client
        self._own = URL(api_url).origin() if api_url else None

    async def fetch(self, files: Mapping[str, Mapping[str, Any]]) -> Fetched:
        """The words in each file, by field."""
        given = await asyncio.gather(*(self._taken(file) for file in files.values()))
        found = Fetched()
        for name, taken in zip(files, given, strict=True):
            if isinstance(taken, Refusal):
                found.errors[name] = taken.sentence
            else:
                found.texts[name] = taken
        return found

    async def _taken(self, file: Mapping[str, Any]) -> str | Refusal:
        try:
            async with asyncio.timeout(FETCHED):
                return text_in(await self._data(file), AGAIN)
        except Refusal as refusal:
            return refusal
        except TimeoutError:
            log.info("a file was not fetched within %.1f s", FETCHED)
            return Refusal(SLOW)
        except (OSError, aiohttp.ClientError) as error:
            log.info("a file could not be fetched (%s)", type(error).__name__)
            return Refusal(BROKEN)

    async def _data(self, file: Mapping[str, Any]) -> bytes:
        """What is in the file, hardly more than can be taken. Raises Refusal, and what the connection raises."""
        url = self._address(file)
        if _size(file) > FILE_LIMIT:
            raise Refusal(TOO_LARGE)
        if file.get("mimetype") == WEB_PAGE:
            raise Refusal(NO_TEXT)
        headers = {"Authorization": f"Bearer {self._client.token}"}
        async with (
            aiohttp.ClientSession() as session,
            session.get(url, headers=headers, allow_redirects=False, proxy=self._client.proxy) as answer,
        ):
            self._check(answer)
            data = bytearray()
            async for piece in answer.content.iter_chunked(PIECE):
                data += piece
                if len(data) > FILE_LIMIT:
                    break
            return bytes(data)

    def _address(self, file: Mapping[str, Any]) -> URL:
        """Where the file is fetched. Raises Refusal where that is not Slack's."""
        try:
            url = URL(str(file.get("url_private_download") or ""))
            slack = url.origin() == URL("https://files.slack.com")
            if (slack or url.origin() == self._own) and url.user is None and url.password is None:
                return url
        except ValueError:  # no address at all
            pass
        log.warning("a file was announced that is not kept at Slack: it is not fetched")
        raise Refusal(ELSEWHERE)

    @staticmethod
    def _check(answer: aiohttp.ClientResponse) -> None:
        """Raises Refusal unless this is a file. Without the permission Slack leads to its page for signing in."""
        led_away = answer.status // 100 == 3  # noqa: PLR2004 - HTTP's word for elsewhere
        page = answer.status == OK and answer.content_type == WEB_PAGE
        if led_away or page or answer.status in NOT_ALLOWED:
            log.warning("a file may not be read: the permission %s is missing. %s", READ_FILES, ANEW)
            raise Refusal(LACKING)
        if answer.status != OK:
            log.info("Slack did not hand over a file (%d)", answer.status)
            raise Refusal(BROKEN)


def _size(file: Mapping[str, Any]) -> int:
    size = file.get("size")
    return size if isinstance(size, int) else 0
