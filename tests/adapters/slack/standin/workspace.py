"""What a Slack workspace holds: people, channels, messages, forms that are open, homes, files."""

import itertools
from collections.abc import Callable, Iterator

from msgspec import Struct, field

from tests.adapters.slack.standin import reading
from tests.adapters.slack.standin.markup import read
from tests.adapters.slack.standin.shape import Json, Refused

TEAM, APP, BOT, BOT_USER = "T1", "A1", "B1", "UBOT"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-1-stand-in", "xapp-1-stand-in", "8f742231b10e8888abcd99aaabbb85a5"
SCOPES = (
    "commands", "chat:write", "im:write", "im:history", "users:read", "files:read", "files:write", "chat:write.public"
)  # fmt: skip
RESPONSE_USES, RESPONSE_SECONDS = 5, 30 * 60


class Member(Struct):
    """Somebody in the workspace."""

    id: str
    name: str
    zone: str = "America/Chicago"
    admin: bool = False
    deleted: bool = False

    def profile(self) -> Json:
        """As `users.info` gives it."""
        return {
            "id": self.id,
            "team_id": TEAM,
            "name": self.name.casefold().replace(" ", "."),
            "deleted": self.deleted,
            "real_name": self.name,
            "tz": self.zone,
            "tz_label": "",
            "tz_offset": 0,
            "profile": {"real_name": self.name, "display_name": self.name, "team": TEAM},
            "is_admin": self.admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_bot": self.id == BOT_USER,
            "is_app_user": False,
            "updated": 1,
        }


class Message(Struct):
    """One message in a channel or a direct conversation, or (`only`) shown to one person."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json]
    metadata: Json | None = None
    thread: str = ""
    only: str = ""
    edited: int = 0
    deleted: bool = False
    extras: Json = field(default_factory=dict)

    def payload(self, *, metadata: bool = False) -> Json:
        """As the Web API and payloads give it."""
        found: Json = {"type": "message", "ts": self.ts, "text": self.text, "user": self.user, "team": TEAM}
        if self.user == BOT_USER:
            found |= {"bot_id": BOT, "app_id": APP}
        if self.blocks:
            found["blocks"] = self.blocks
        if self.metadata and metadata:
            found["metadata"] = self.metadata
        if "attachments" in self.extras:
            found["attachments"] = self.extras["attachments"]
        if self.thread:
            found["thread_ts"] = self.thread
        if self.edited:
            found["edited"] = {"user": self.user, "ts": self.ts}
        return found


class View(Struct):
    """A form that is open for somebody, or their home tab."""

    id: str
    user: str
    view: Json
    hash: str
    root: str = ""
    previous: str = ""
    open: bool = True
    errors: Json = field(default_factory=dict)

    def payload(self, state: Json | None = None) -> Json:
        """As the Web API and payloads give it."""
        return {
            "id": self.id,
            "team_id": TEAM,
            "app_id": APP,
            "app_installed_team_id": TEAM,
            "bot_id": BOT,
            "title": None,
            "close": None,
            "submit": None,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            **self.view,
            "state": {"values": state or {}},
            "hash": self.hash,
            "root_view_id": self.root or self.id,
            "previous_view_id": self.previous or None,
        }


class ResponseUrl(Struct):
    """A response_url: five uses within half an hour."""

    user: str
    channel: str
    made: float
    about: str = ""  # the ts of the message whose button was pressed
    uses: int = 0


class Channel(Struct):
    """A channel, or a direct conversation of the bot with `user`."""

    id: str
    name: str = ""
    user: str = ""
    has_bot: bool = True
    private: bool = False


class Workspace:
    """The state of the stand-in; `now` tells its time in seconds since 1970."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.members: dict[str, Member] = {BOT_USER: Member(BOT_USER, "Steward")}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[tuple[str, str], Message] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, Json] = {}
        self.attached: dict[str, tuple[Json, bytes]] = {}
        self.urls: dict[str, ResponseUrl] = {}
        self._numbers = itertools.count(1)

    def number(self) -> int:
        """The next number, for ids."""
        return next(self._numbers)

    def ts(self) -> str:
        """A new message's timestamp, which is its id in its channel."""
        return f"{int(self.now())}.{self.number():06d}"

    def member(self, id: str) -> Member:
        """Somebody. Raises Refused."""
        if id not in self.members:
            raise Refused("user_not_found")
        return self.members[id]

    def channel(self, id: str) -> Channel:
        """A channel. Raises Refused."""
        if id not in self.channels:
            raise Refused("channel_not_found")
        return self.channels[id]

    def direct(self, user: str) -> Channel:
        """The direct conversation of the bot with somebody."""
        found = next((one for one in self.channels.values() if one.user == user), None)
        if found is None:
            found = self.channels[f"D{user}"] = Channel(f"D{user}", user=user)
        return found

    def post(self, message: Message) -> Message:
        """Keep a message."""
        message.blocks = reading.with_ids(message.blocks)
        self.messages[message.channel, message.ts] = message
        return message

    def message(self, channel: str, ts: str) -> Message:
        """A message that is there. Raises Refused."""
        found = self.messages.get((channel, ts))
        if found is None or found.deleted:
            raise Refused("message_not_found")
        return found

    def in_channel(self, channel: str, *, for_user: str = "") -> Iterator[Message]:
        """The messages there, oldest first; private ones only for whom they are."""
        for one in self.messages.values():
            if one.channel == channel and not one.deleted and one.only in ("", for_user):
                yield one

    def called(self, id: str) -> str:
        """How a person or channel is called."""
        if id in self.members:
            return self.members[id].name
        return self.channels[id].name if id in self.channels else id

    def read(self, message: Message) -> str:
        """A message as a person sees it."""
        shown = reading.seen(message.blocks, self.called) if message.blocks else read(message.text, self.called)
        pictures = [f"[picture: {self.files[one].get('alt_txt', '')}]" for one in message.extras.get("files", ())]
        return "\n".join([shown, *pictures])
