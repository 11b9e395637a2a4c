"""What somebody has in front of them, and what one thing that they did led to."""

from typing import TYPE_CHECKING

from msgspec import Struct, field

from tests.adapters.slack.standin import reading
from tests.adapters.slack.standin.lines import Ack
from tests.adapters.slack.standin.shape import Json
from tests.adapters.slack.standin.workspace import Message, View

if TYPE_CHECKING:
    from tests.adapters.slack.standin.slack import Slack
    from tests.adapters.slack.standin.user import SlackUser


class Screen(Struct):
    """A message, a form or a home tab in front of somebody, as it stands now."""

    slack: "Slack"
    message: Message | None = None
    view: View | None = None

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        if self.view is not None:
            return list(self.view.view["blocks"])
        assert self.message is not None
        return self.message.blocks

    @property
    def text(self) -> str:
        """Everything that can be read on it; what is wrong stands below its field."""
        workspace = self.slack.workspace
        if self.message is not None:
            return workspace.read(self.message)
        assert self.view is not None
        title = reading.said(self.view.view.get("title"))
        lines = [title, reading.seen(self.blocks, workspace.called), *map(str, self.view.errors.values())]
        return "\n".join(line for line in lines if line)

    @property
    def controls(self) -> list[reading.Control]:
        """What can be used on it."""
        return reading.controls(self.blocks, self.slack.workspace.called)

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        return [one.label for one in self.controls if one.kind == "button"]

    def control(self, label: str) -> reading.Control:
        """What has that label, or one that begins so."""
        found = [one for one in self.controls if one.label == label]
        found = found or [one for one in self.controls if one.label.startswith(label)]
        assert found, f"nothing is labelled “{label}” in:\n{self.text}"
        return found[0]


class Turn(Struct):
    """One thing that somebody did, and what they saw because of it."""

    slack: "Slack"
    user: "SlackUser"
    trigger: str
    url: str = ""
    key: str = ""
    ack: Ack = field(default_factory=Ack)
    shown: list[Screen] = field(default_factory=list)
    asked: str = ""  # what had to be confirmed first
    done: bool = False

    @property
    def answered(self) -> bool:
        """Was anything shown, or did Slack say that the app failed?"""
        return bool(self.shown or self.ack.error)

    async def answer(self) -> Screen:
        """What was shown first. Raises AssertionError where the app failed."""
        await self.slack.until(lambda: self.answered, f"an answer for {self.user.name}")
        assert not self.ack.error, f"Slack told {self.user.name}: {self.ack.error} ({self.ack.status})"
        return self.shown[0]

    @property
    def last(self) -> Screen:
        """What was shown last."""
        return self.shown[-1]
