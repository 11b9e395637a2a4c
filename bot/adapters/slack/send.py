"""Messages that Steward sends by itself: each once, found again after a crash, changed in place."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.addresses import channel_of, user_of
from bot.adapters.slack.controls import Json
from bot.adapters.slack.people import People
from bot.adapters.slack.pictures import mark_of, show
from bot.adapters.slack.render import Part, render
from bot.core.chat import Block, Card, Facts, Note, Person, Picture, Rows, Text, Ticks, Words
from bot.core.ports import Parcel
from bot.errors import Undelivered, Unreachable

log = logging.getLogger(__name__)

T = TypeVar("T")
APART = timedelta(seconds=1)  # Slack takes about one message a second and channel
HISTORY = 100  # messages of a conversation that are looked through for one that may have arrived
NAME_PATIENCE = 5.0  # seconds that somebody's name is waited for
EVENT = "steward_message"  # the metadata under which a message carries its key
GONE_PEOPLE = {
    "user_not_found",
    "user_disabled",
    "account_inactive",
    "users_not_found",
    "cannot_dm_bot",
    "user_not_visible",
}
GONE_PLACES = {"channel_not_found", "is_archived"}
GONE_MESSAGES = {"message_not_found", "cant_update_message", "edit_window_closed"}
REFUSED = {
    "not_in_channel": "I am not in that channel: type `/invite @Steward` there",
    "restricted_action": "the workspace does not let me write there: ask its administrator",
    "missing_scope": "the app lacks a permission: install it again with the manifest of `steward slack manifest`",
    "invalid_auth": "Slack does not know the bot token any more: see SLACK_BOT_TOKEN",
    "token_revoked": "Slack does not know the bot token any more: see SLACK_BOT_TOKEN",
    "account_inactive": "Slack does not know the bot token any more: see SLACK_BOT_TOKEN",
    "not_allowed_token_type": "SLACK_BOT_TOKEN is not a bot token",
}
REFUSED_FOR = timedelta(minutes=15)  # until a place that refused is tried again
LIMIT = 429  # HTTP's number for too many requests
PAUSE = 30  # seconds where Slack asks for a pause and does not say how long
LONGEST_PAUSE = 3600
BROKEN = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}
BROKEN_LINE = (OSError, aiohttp.ClientError, SlackClientError, TimeoutError)


class Sending:
    """Delivers parcels through a client that repeats nothing by itself."""

    def __init__(self, client: AsyncWebClient, people: People, now: Callable[[], datetime]) -> None:
        """`now` tells the time (aware UTC)."""
        self._client = client
        self._people = people
        self._now = now
        self._free_at: dict[str, datetime] = {}  # by channel: when it takes the next message

    async def send(self, parcel: Parcel) -> str:
        """Deliver a new message; parts of it that had arrived before are not sent again."""
        channel = await self._channel(parcel)
        parts = render(parcel.message.card, await self._names(parcel))
        arrived = await self._arrived(channel, parcel) if parcel.doubtful and len(parts) > 1 else {}
        self._take_turn(channel)
        receipts = []
        for index, part in enumerate(parts):
            if index in arrived:
                receipts.append(arrived[index])
                continue
            if receipts:
                await asyncio.sleep(APART.total_seconds())
            receipts.append(await self._post(channel, parcel, part, index))
        return _receipt(channel, receipts)

    async def edit(self, parcel: Parcel) -> str:
        """Change the messages delivered before; one that was deleted meanwhile stays so."""
        channel, messages = _messages(parcel.receipt)
        parts = render(parcel.message.card, await self._names(parcel))
        receipts = []
        for index, part in enumerate(parts):
            if index >= len(messages):
                receipts.append(await self._post(channel, parcel, part, index))
                continue
            ts, mark = _ts_and_mark(messages[index])
            same = mark and mark == mark_of(part.picture)
            receipts.append(messages[index] if same else await self._change(channel, ts, parcel, part, index))
        for left in messages[len(parts) :]:
            await self._let_go(channel, _ts_and_mark(left)[0])
        return _receipt(channel, receipts)

    async def find(self, parcel: Parcel) -> str | None:
        """The receipt of a message that may have arrived, where all of it did. Channels can't be read back."""
        channel = await self._channel(parcel)
        count = len(render(parcel.message.card))
        arrived = await self._arrived(channel, parcel)
        return _receipt(channel, [arrived[index] for index in range(count)]) if len(arrived) >= count else None

    # -- where it goes

    async def _channel(self, parcel: Parcel) -> str:
        to = parcel.message.to
        if isinstance(to, Person):
            user = user_of(to)
            if user is None:
                raise Unreachable(f"{to.id} is nobody on Slack")
            return await self._asked(self._people.direct(user), parcel, harmless=True)
        channel = channel_of(to)
        if channel is None:
            raise Unreachable(f"{to.id} is no channel on Slack")
        return channel

    def _take_turn(self, channel: str) -> None:
        """Raises Undelivered where the channel took a message less than a second ago."""
        now = self._now()
        free_at = self._free_at.get(channel, now)
        if free_at > now:
            raise Undelivered("Slack takes one message a second there", free_at)
        self._free_at = {one: at for one, at in self._free_at.items() if at > now}
        self._free_at[channel] = now + APART

    async def _names(self, parcel: Parcel) -> Mapping[str, str]:
        """How the people are called whom the card speaks of in a channel, but who must not be notified there."""
        message = parcel.message
        if isinstance(message.to, Person):
            return {}
        allowed = {one.id for one in message.mentions}
        quiet = {one.id: user_of(one) for one in _people_in(message.card) if one.id not in allowed}
        return {
            id: (await self._people.profile(user, NAME_PATIENCE)).name or "somebody"
            for id, user in quiet.items()
            if user
        }

    # -- what goes there

    async def _post(self, channel: str, parcel: Parcel, part: Part, index: int) -> str:
        under = _ts_and_mark(_messages(parcel.under)[1][0])[0] if parcel.under else None

        async def post(blocks: list[Json], mark: str) -> str:
            answer = await self._client.chat_postMessage(
                channel=channel,
                text=part.text,
                blocks=blocks,
                metadata=_metadata(parcel, index, mark),
                thread_ts=under or None,
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
            )
            return _message(str(answer["ts"]), mark)

        return await self._asked(show(self._client, part, post), parcel)

    async def _change(self, channel: str, ts: str, parcel: Parcel, part: Part, index: int) -> str:
        async def change(blocks: list[Json], mark: str) -> str:
            await self._client.chat_update(
                channel=channel,
                ts=ts,
                text=part.text,
                blocks=blocks,
                metadata=_metadata(parcel, index, mark),
                link_names=False,
            )
            return _message(ts, mark)

        try:
            return await self._asked(show(self._client, part, change), parcel, harmless=True)
        except _Gone:
            log.info("a message that should change was deleted on Slack: it is left so")
            return ts

    async def _let_go(self, channel: str, ts: str) -> None:
        """Delete our own message that a shorter card no longer needs."""
        try:
            await self._client.chat_delete(channel=channel, ts=ts)
        except (SlackApiError, *BROKEN_LINE) as error:
            log.info("a message that is no longer needed could not be deleted (%s)", type(error).__name__)

    async def _arrived(self, channel: str, parcel: Parcel) -> dict[int, str]:
        """Which parts stand in the direct conversation: their place in the card, and the message's id."""
        if not isinstance(parcel.message.to, Person):
            return {}
        reading = self._client.conversations_history(channel=channel, limit=HISTORY, include_all_metadata=True)
        answer = await self._asked(reading, parcel, harmless=True, doubtful=True)
        found: dict[int, str] = {}
        for message in answer.get("messages") or ():
            metadata = message.get("metadata") or {}
            about = metadata.get("event_payload") or {}
            if metadata.get("event_type") == EVENT and (about.get("team"), about.get("key")) == _key(parcel):
                sent = _message(str(message["ts"]), str(about.get("picture") or ""))
                found.setdefault(int(about.get("part", 0)), sent)
        return found

    async def _asked(
        self, asking: Awaitable[T], parcel: Parcel, *, harmless: bool = False, doubtful: bool = False
    ) -> T:
        """Do it, and say what is wrong in Steward's words.

        `harmless` says that doing it twice changes nothing, `doubtful` that the message itself may have arrived.
        """
        try:
            return await asking
        except SlackApiError as error:
            raise self._refused(error, parcel, doubtful=doubtful, harmless=harmless) from error
        except BROKEN_LINE as error:
            why = f"the connection to Slack broke ({type(error).__name__})"
            raise Undelivered(why, doubtful=doubtful or not harmless or parcel.doubtful) from error

    def _refused(self, error: SlackApiError, parcel: Parcel, *, doubtful: bool, harmless: bool) -> Exception:
        answer: Any = error.response
        status = int(getattr(answer, "status_code", 200))
        code = str(answer.get("error") or status) if hasattr(answer, "get") else str(status)
        doubtful = doubtful or parcel.doubtful
        pause = pause_of(error)
        if pause:
            return Undelivered("Slack wants a pause", self._now() + timedelta(seconds=pause), doubtful=doubtful)
        if status >= 500 or code in BROKEN:  # noqa: PLR2004 - it may have been taken all the same
            return Undelivered(f"Slack answered {code}", doubtful=doubtful or not harmless)
        if code in GONE_MESSAGES:
            return _Gone(code)
        to_person = isinstance(parcel.message.to, Person)
        if code in (GONE_PEOPLE | GONE_PLACES if to_person else GONE_PLACES):
            return Unreachable(f"Slack can't deliver it: {code}")
        why = REFUSED.get(code, f"Slack refused it: {code}")
        log.warning("%s: %s", parcel.message.to.id, why)
        return Undelivered(why, self._now() + REFUSED_FOR, doubtful=doubtful)


class _Gone(Undelivered):
    """The message was deleted."""


def _people_in(card: Card) -> Iterator[Person]:
    """Everybody whom a card speaks of."""
    for text in (card.summary, *(text for block in card.blocks for text in _texts(block))):
        if not isinstance(text, str):
            yield from (part for part in text if isinstance(part, Person))


def _texts(block: Block) -> Iterator[Text]:
    match block:
        case Words(text) | Note(text):
            yield text
        case Facts(pairs):
            yield from (value for _name, value in pairs)
        case Rows(rows):
            yield from (text for row in rows for text in (row.text, row.detail))
        case Ticks(ticks):
            yield from (tick.text for tick in ticks)
        case Picture():
            pass


def pause_of(error: SlackApiError) -> int:
    """The seconds that Slack asks to wait, within reason; 0 where it does not."""
    answer: Any = error.response
    if int(getattr(answer, "status_code", 200)) != LIMIT and answer.get("error") not in LIMITED:
        return 0
    headers = dict(getattr(answer, "headers", None) or {})
    found = next((value for name, value in headers.items() if str(name).casefold() == "retry-after"), "")
    found = str(found[0] if isinstance(found, list) and found else found)
    return min(max(int(found), 1), LONGEST_PAUSE) if found.isascii() and found.isdecimal() else PAUSE


def _key(parcel: Parcel) -> tuple[str, str]:
    return parcel.team, parcel.message.key


def _metadata(parcel: Parcel, index: int, mark: str) -> Json:
    team, key = _key(parcel)
    about = {"team": team, "key": key, "part": index, **({"picture": mark} if mark else {})}
    return {"event_type": EVENT, "event_payload": about}


def _receipt(channel: str, messages: list[str]) -> str:
    return f"{channel}/{','.join(messages)}"


def _messages(receipt: str) -> tuple[str, list[str]]:
    channel, _, messages = receipt.partition("/")
    return channel, messages.split(",")


def _message(ts: str, mark: str) -> str:
    """A message within a receipt: its id, and the mark of the picture that it shows."""
    return f"{ts}~{mark}" if mark else ts


def _ts_and_mark(message: str) -> tuple[str, str]:
    ts, _, mark = message.partition("~")
    return ts, mark
