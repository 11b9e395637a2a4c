"""People on the stand-in: what they type, press and choose there, and what they see of it."""

from collections.abc import Awaitable, Callable
from typing import Any

from simcord.backend import Backend, serializers
from simcord.backend.models import Channel, Interaction, Message, User
from simcord.interactions import base_payload, nest_options, walk_to_subcommand

from tests.adapters.discord.seen import pressable, words

Payload = dict[str, Any]
Until = Callable[[Callable[[], object], str], Awaitable[None]]
COMMAND, COMPONENT = 2, 3
BUTTON, MENU = 2, 3
TEXT = 3


class Asked:
    """Something that a person did, and what Steward answers."""

    def __init__(self, backend: Backend, record: Interaction, until: Until) -> None:
        self._backend = backend
        self._until = until
        self.record = record

    @property
    def answered(self) -> bool:
        """Does the person see an answer?"""
        return self.record.responded and not self.record.loading

    @property
    def answers(self) -> int:
        """How often Steward answered first."""
        path = f"/interactions/{self.record.id}/"
        return sum(one.path.startswith(path) for one in self._backend.http_requests)

    @property
    def message(self) -> Message:
        """The message that answers."""
        assert self.record.message_id is not None
        return self._backend.get_message(self.record.channel_id, self.record.message_id)

    async def text(self) -> str:
        """What the answer says, when it is there."""
        await self._until(lambda: self.answered, "an answer")
        return text_of(self.message)


class Somebody:
    """A person of the guild, who is in its channel and in their direct messages with Steward."""

    def __init__(self, backend: Backend, channel: Channel, user: User, until: Until) -> None:
        self.id = user.id
        self.address = f"discord:{user.id}"
        self._backend = backend
        self._channel = channel
        self._until = until

    @property
    def letters(self) -> list[Message]:
        """What Steward wrote to them, oldest first."""
        direct = self._backend.get_dm_channel(self.id)
        return list(self._backend.messages[direct.id].values())

    def types(self, command: str, **options: str) -> Asked:
        """They type a command in the channel; whoever wants to wait for the answer asks for its text."""
        name, *path = command.split()
        root = self._backend.find_command(name, self._channel.guild_id, type=1)
        assert root is not None, f"/{name} is not registered"
        _leaf, nesting = walk_to_subcommand(root, path)
        given = [{"name": option, "type": TEXT, "value": value} for option, value in options.items()]
        nested = nest_options(root, nesting, given)
        return self._does(COMMAND, self._channel, {"id": root["id"], "name": name, "type": 1, "options": nested})

    def presses(self, message: Message, label: str) -> Asked:
        """They press the button of that label, or choose what is called so."""
        for found, code, custom_id in pressable(message.components):
            if found == label:
                menu = code not in custom_id
                data = {"custom_id": custom_id, "component_type": MENU if menu else BUTTON}
                chosen = {"values": [code]} if menu else {}
                about = dict(serializers.message_payload(self._backend, message))
                channel = self._backend.get_channel(message.channel_id)
                return self._does(COMPONENT, channel, {**data, **chosen}, message=about)
        raise AssertionError(f"no “{label}” on: {text_of(message)}")

    def _does(self, kind: int, channel: Channel, data: Payload, **more: Any) -> Asked:
        record, payload = base_payload(
            self._backend, type=kind, channel_id=channel.id, guild_id=channel.guild_id, user_id=self.id, data=data
        )
        if "message" in more:
            record.source_message_id = int(more["message"]["id"])
        self._backend.emit("INTERACTION_CREATE", {**payload, **more})
        return Asked(self._backend, record, self._until)


def text_of(message: Message) -> str:
    """All that a message says."""
    return "\n".join(words(message.components))
