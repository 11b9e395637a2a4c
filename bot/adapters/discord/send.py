"""Messages that Steward sends by itself: each once, found again after a crash, changed in place."""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import aiohttp
import discord

from bot.adapters.discord.addresses import number
from bot.adapters.discord.files import files_of
from bot.adapters.discord.parts import Part
from bot.adapters.discord.render import render
from bot.core.chat import Person
from bot.core.ports import Parcel
from bot.errors import Undelivered, Unreachable

log = logging.getLogger(__name__)

T = TypeVar("T")
HISTORY = 50  # messages of a conversation that are looked through for one that may have arrived
CLOSED = {50007, 50278, 10013}  # direct messages are closed, or there is no such person
GONE = 10008  # the message was deleted
NO_CHANNEL = 10003
REFUSED = {
    50001: "I can't see that channel: give Steward “View Channel” there",
    50013: "I may not write in that channel: give Steward “Send Messages” and “Attach Files” there",
}
SIGNING_IN = 3.0  # seconds that a message waits for the start to be done before it goes back into the outbox
FIRST_KEY = 1 << 30  # the numbers that Discord gives components by itself are small
NO_PINGS = discord.AllowedMentions.none()

Messageable = discord.DMChannel | discord.PartialMessageable


class Sending:
    """Delivers parcels through a client."""

    def __init__(self, client: discord.Client, now: Callable[[], datetime], signed_in: asyncio.Event) -> None:
        """`now` tells the time (aware UTC); nothing is sent before the client has `signed_in`."""
        self._client = client
        self._now = now
        self._signed_in = signed_in

    async def send(self, parcel: Parcel) -> str:
        """Deliver a new message; parts of it that had arrived before are not sent again."""
        channel = await self._channel(parcel)
        parts = render(parcel.message.card, parcel.team)
        arrived = await self._arrived(channel, parcel, len(parts)) if parcel.doubtful and len(parts) > 1 else {}
        receipts = [
            arrived[index] if index in arrived else await self._part(channel, parcel, part, index)
            for index, part in enumerate(parts)
        ]
        return _receipt(channel.id, receipts)

    async def edit(self, parcel: Parcel) -> str:
        """Change the messages delivered before; one that was deleted meanwhile stays so."""
        channel_id, messages = _messages(parcel.receipt)
        await self._until_signed_in()
        channel = self._client.get_partial_messageable(channel_id)
        parts = render(parcel.message.card, parcel.team)
        receipts = []
        for index, part in enumerate(parts):
            if index < len(messages):
                await self._change(channel, messages[index], parcel, part, index)
                receipts.append(messages[index])
            else:
                receipts.append(await self._part(channel, parcel, part, index))
        for left in messages[len(parts) :]:
            await self._let_go(channel, left)
        return _receipt(channel_id, receipts)

    async def find(self, parcel: Parcel) -> str | None:
        """The receipt of a message that may have arrived, where all of it did."""
        channel = await self._channel(parcel)
        count = len(render(parcel.message.card, parcel.team))
        arrived = await self._arrived(channel, parcel, count)
        return _receipt(channel.id, [arrived[index] for index in range(count)]) if len(arrived) == count else None

    async def _until_signed_in(self) -> None:
        try:
            async with asyncio.timeout(SIGNING_IN):
                await self._signed_in.wait()
        except TimeoutError:
            raise Undelivered("Discord is not connected yet") from None

    async def _channel(self, parcel: Parcel) -> Messageable:
        await self._until_signed_in()
        to = parcel.message.to
        id = number(to)
        if id is None:
            raise Unreachable(f"{to.id} is no address on Discord")
        if isinstance(to, Person):
            return await self._asked(self._client.create_dm(discord.Object(id)), parcel)
        return self._client.get_partial_messageable(id)

    async def _part(self, channel: Messageable, parcel: Parcel, part: Part, index: int) -> int:
        """Send one message. Discord gives back the first one where the same nonce comes again within minutes."""
        under = _messages(parcel.under)[1] if parcel.under else []
        reply: Any = channel.get_partial_message(under[0]).to_reference(fail_if_not_exists=False) if under else None
        sending = channel.send(
            view=part.view(_key(parcel, index)),
            files=files_of(part),
            nonce=f"{parcel.id}-{index}"[:25],
            allowed_mentions=_mentions(parcel),
            reference=reply,
        )
        message: discord.Message = await self._asked(sending, parcel)
        return message.id

    async def _change(self, channel: Messageable, message: int, parcel: Parcel, part: Part, index: int) -> None:
        changing = channel.get_partial_message(message).edit(
            view=part.view(_key(parcel, index)), attachments=files_of(part), allowed_mentions=NO_PINGS
        )
        try:
            await self._asked(changing, parcel)
        except discord.NotFound:
            log.info("a message that should change was deleted on Discord: it is left so")

    async def _let_go(self, channel: Messageable, message: int) -> None:
        """Delete our own message that a shorter card no longer needs."""
        try:
            await channel.get_partial_message(message).delete()
        except discord.HTTPException as error:
            log.info("a message that is no longer needed could not be deleted (code %d)", error.code)

    async def _arrived(self, channel: Messageable, parcel: Parcel, count: int) -> dict[int, int]:
        """Which parts stand in the conversation: their place in the card, and the message's number."""
        keys = {_key(parcel, index): index for index in range(count)}
        found: dict[int, int] = {}
        try:
            async for message in channel.history(limit=HISTORY):
                first = getattr(message.components[0], "id", None) if message.components else None
                if first in keys and message.author == self._client.user:
                    found.setdefault(keys[first], message.id)
        except discord.Forbidden:
            log.info("a conversation on Discord can't be read back: a message may come twice")
        except (OSError, aiohttp.ClientError, discord.HTTPException) as error:
            raise Undelivered("it could not be looked up", doubtful=True) from error
        return found

    async def _asked(self, asking: Awaitable[T], parcel: Parcel) -> T:
        """Do it, and say what is wrong in Steward's words. Raises NotFound only where a message was deleted."""
        to_person = isinstance(parcel.message.to, Person)
        try:
            return await asking
        except discord.RateLimited as error:
            raise Undelivered("Discord wants a pause", self._now() + timedelta(seconds=error.retry_after)) from error
        except discord.HTTPException as error:
            if error.code == GONE and parcel.receipt:
                raise
            if error.code in CLOSED and to_person:
                raise Unreachable(f"their direct messages are closed ({error.code})") from error
            if error.code == NO_CHANNEL and not to_person:
                raise Unreachable("that channel is gone") from error
            if error.code in REFUSED:
                log.warning("%s: %s.", parcel.message.to.id, REFUSED[error.code])
                raise Undelivered(REFUSED[error.code]) from error
            raise self._undelivered(error) from error
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            raise Undelivered(f"the connection to Discord broke ({type(error).__name__})", doubtful=True) from error

    def _undelivered(self, error: discord.HTTPException) -> Undelivered:
        if error.status == 429:  # noqa: PLR2004 - HTTP's number for too many requests
            after = error.response.headers.get("Retry-After") if getattr(error.response, "headers", None) else None
            return Undelivered("Discord wants a pause", self._now() + timedelta(seconds=_seconds(after)))
        server = error.status >= 500  # noqa: PLR2004 - it may have been taken all the same
        return Undelivered(f"Discord answered {error.status}, code {error.code}", doubtful=server)


def _seconds(after: Any) -> float:
    try:
        return min(max(float(after), 1.0), 3600.0)
    except (TypeError, ValueError):
        return 30.0


def _mentions(parcel: Parcel) -> discord.AllowedMentions:
    """Nobody is notified but those whom the message names as such."""
    numbers = [number(one) for one in parcel.message.mentions]
    users = [discord.Object(one) for one in numbers if one is not None]
    return discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=users or False)


def _key(parcel: Parcel, index: int) -> int:
    """The number of a message's first component: from its key, so that it is known again in the conversation."""
    digest = hashlib.sha256(f"{parcel.team}/{parcel.message.key}/{index}".encode()).digest()
    return FIRST_KEY + int.from_bytes(digest[:4], "big") % FIRST_KEY


def _receipt(channel: int, messages: list[int]) -> str:
    return f"{channel}/{','.join(map(str, messages))}"


def _messages(receipt: str) -> tuple[int, list[int]]:
    channel, _, messages = receipt.partition("/")
    return int(channel), [int(one) for one in messages.split(",")]
