"""What Slack knows of people: their names, time zones and conversations with us, kept for a while."""

import asyncio
import logging
from collections.abc import Callable

from msgspec import Struct
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

KEPT_FOR = 900.0  # seconds that a profile is taken to be true
KEPT_AT_MOST = 2000
QUICK = 0.8  # seconds that a profile is waited for before an answer; Slack waits three in all


class Profile(Struct, frozen=True):
    """Of somebody: their name as shown, their time zone, and whether they administrate the workspace."""

    name: str = ""
    zone: str = ""
    administrator: bool = False


class People:
    """Looks people up, and opens conversations with them."""

    def __init__(self, client: AsyncWebClient, seconds: Callable[[], float]) -> None:
        """`seconds` counts up from any fixed moment."""
        self._client = client
        self._seconds = seconds
        self._profiles: dict[str, tuple[float, Profile]] = {}
        self._under_way: dict[str, asyncio.Task[Profile]] = {}
        self._direct: dict[str, str] = {}

    async def profile(self, user: str, patience: float = QUICK) -> Profile:
        """Somebody's profile, or an empty one where Slack does not tell it in time."""
        since, kept = self._profiles.get(user, (0.0, Profile()))
        if user in self._profiles and self._seconds() - since <= KEPT_FOR:
            return kept
        task = self._under_way.get(user)
        if task is None:
            task = self._under_way[user] = asyncio.create_task(self._look_up(user))
            task.add_done_callback(lambda _done: self._under_way.pop(user, None))
        await asyncio.wait({task}, timeout=patience)
        return task.result() if task.done() and not task.cancelled() else kept

    async def direct(self, user: str) -> str:
        """The id of our conversation with somebody. Raises SlackApiError and what the connection raises."""
        if user not in self._direct:
            opened = await self._client.conversations_open(users=user)
            self.keep_direct(user, str(opened["channel"]["id"]))
        return self._direct[user]

    def keep_direct(self, user: str, channel: str) -> None:
        """Slack told of a conversation with us."""
        if len(self._direct) >= KEPT_AT_MOST:
            del self._direct[next(iter(self._direct))]
        self._direct[user] = channel

    def is_direct(self, user: str, channel: str) -> bool:
        """Is that channel known to be our conversation with them, which nobody else reads?"""
        return self._direct.get(user) == channel

    async def _look_up(self, user: str) -> Profile:
        try:
            found = (await self._client.users_info(user=user))["user"]
        except SlackApiError as error:
            log.info("Slack does not tell a profile: %s", error.response.get("error"))
            found = {}
        except (OSError, SlackClientError, TimeoutError) as error:
            log.info("a profile could not be looked up (%s)", type(error).__name__)
            return Profile()
        about = found.get("profile") or {}
        profile = Profile(
            str(about.get("display_name") or about.get("real_name") or found.get("real_name") or ""),
            str(found.get("tz") or ""),
            bool(found.get("is_admin") or found.get("is_owner")),
        )
        if len(self._profiles) >= KEPT_AT_MOST:
            del self._profiles[next(iter(self._profiles))]
        self._profiles[user] = (self._seconds(), profile)
        return profile
