"""Somebody who uses Slack: types commands, presses buttons, fills in forms, opens the home tab, reads."""

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tests.adapters.slack.standin import payloads, reading
from tests.adapters.slack.standin.elements import check_options
from tests.adapters.slack.standin.fields import chosen, entered, option_of, state_of
from tests.adapters.slack.standin.lines import COMMAND, INTERACTIVE
from tests.adapters.slack.standin.screens import Screen, Turn
from tests.adapters.slack.standin.shape import Json
from tests.adapters.slack.standin.workspace import Channel, Member, Message, View

if TYPE_CHECKING:
    from tests.adapters.slack.standin.slack import Slack

Answer = str | tuple[str, bytes]  # what is typed or chosen in a field, or the name and the content of a file


class SlackUser:
    """A person with a keyboard, who types in #general unless told otherwise.

    Methods that do something wait until its answer is there to be read.
    """

    def __init__(self, slack: "Slack", member: Member) -> None:
        self.slack = slack
        self.member = member
        self.screen: Screen | None = None  # what was shown last

    @property
    def id(self) -> str:
        """Their user id."""
        return self.member.id

    @property
    def name(self) -> str:
        """What they are called."""
        return self.member.name

    @property
    def address(self) -> str:
        """Their id in Steward's words."""
        return f"slack:T1/{self.id}"

    @property
    def direct(self) -> Channel:
        """Their conversation with the app."""
        return self.slack.workspace.direct(self.id)

    # -- typing

    async def begin(self, text: str, command: str = "/steward", channel: Channel | None = None) -> Turn:
        """Type a slash command: gives the turn as soon as the app has acknowledged it."""
        turn, payload = self.typed(text, command, channel)
        await self.hand_in(turn, COMMAND, payload)
        return turn

    def typed(self, text: str, command: str = "/steward", channel: Channel | None = None) -> tuple[Turn, Json]:
        """The same, not yet sent: the turn and the payload."""
        where = channel or self.slack.channel("general")
        turn = self.slack.turn(self, where.id)
        return turn, payloads.command(
            self.member, where, command, payloads.typed(text), url=turn.url, trigger=turn.trigger
        )

    async def hand_in(self, turn: Turn, kind: str, payload: Json, **more: Any) -> None:
        """Send a payload on its way and show what its acknowledgement says."""
        turn.ack = await self.slack.line.deliver(kind, payload, **more)
        url = self.slack.workspace.urls.get(turn.key)
        if kind == COMMAND and url is not None and turn.ack.body.get("text") is not None:
            message = self.slack.web.respond(url, turn.ack.body)
            turn.shown.append(Screen(self.slack, message=message))
        turn.done = True
        self.slack.changed()

    async def say(self, text: str, command: str = "/steward", channel: Channel | None = None) -> Screen:
        """Type a slash command and read the answer."""
        turn = await self.begin(text, command, channel)
        return self._see(await turn.answer())

    def post(self, text: str) -> Message:
        """Write to everybody in the general channel: the app hears nothing of it."""
        where, ts = self.slack.channel("general"), self.slack.workspace.ts()
        return self.slack.workspace.post(Message(where.id, ts, self.id, payloads.typed(text), []))

    async def write(self, text: str) -> Screen:
        """Write to the app in the direct conversation, and read its answer there."""
        before = len(self.dms)
        workspace = self.slack.workspace
        message = workspace.post(Message(self.direct.id, workspace.ts(), self.id, payloads.typed(text), []))
        await self.slack.tell(payloads.direct_message(message))
        await self.slack.until(lambda: len(self.dms) > before, f"an answer to {text!r}")
        return self._see(self.dms[-1])

    # -- pressing

    async def press(self, label: str, on: Screen | None = None) -> Turn:
        """Press the button whose label begins so, on what was shown last unless told otherwise."""
        screen = self._on(on, label)
        control = screen.control(label)
        assert control.kind == "button", control
        more = {"value": control.element.get("value", ""), "text": control.element["text"]}
        return await self.use(screen, control, more)

    async def choose(self, label: str, option: str, on: Screen | None = None) -> Turn:
        """Choose the option whose text begins so, in the select of that label."""
        screen = self._on(on, label)
        control = screen.control(label)
        return await self.use(screen, control, chosen(control, option))

    async def use(self, screen: Screen, control: reading.Control, more: Json) -> Turn:
        """Use a control; `more` is what the action says beside its ids."""
        turn, payload = self.used(screen, control, more)
        await self.hand_in(turn, INTERACTIVE, payload)
        return turn

    def used(self, screen: Screen, control: reading.Control, more: Json) -> tuple[Turn, Json]:
        """The same, not yet sent: the turn and the payload."""
        slack, element = self.slack, control.element
        action = {
            "type": control.kind,
            "action_id": element["action_id"],
            "block_id": control.block_id,
            "action_ts": slack.workspace.ts(),
            **{name: value for name, value in more.items() if value not in ("", None)},
        }
        state = state_of(screen.blocks, {})
        if screen.message is not None:
            message, channel = screen.message, slack.workspace.channels[screen.message.channel]
            turn = slack.turn(self, channel.id, message.ts)
            payload = payloads.on_message(
                self.member, channel, message, action, url=turn.url, trigger=turn.trigger, state=state
            )
        else:
            assert screen.view is not None
            turn = slack.turn(self)
            payload = payloads.on_view(self.member, screen.view, action, turn.trigger, state)
        if "confirm" in element:
            turn.asked = reading.said(element["confirm"]["text"])
        return turn, payload

    async def shortcut(self, callback: str, message: Message | None = None) -> Turn:
        """Use a shortcut of the app's, on a message where there is one."""
        turn, payload = self.pointed(callback, message)
        await self.hand_in(turn, INTERACTIVE, payload)
        return turn

    def pointed(self, callback: str, message: Message | None = None) -> tuple[Turn, Json]:
        """The same, not yet sent: the turn and the payload."""
        slack = self.slack
        if message is None:
            turn = slack.turn(self)
            return turn, payloads.shortcut(self.member, callback, turn.trigger, slack.workspace.ts())
        turn, channel = slack.turn(self, message.channel), slack.workspace.channels[message.channel]
        return turn, payloads.message_shortcut(
            self.member, channel, message, callback, url=turn.url, trigger=turn.trigger
        )

    async def pressed(self, label: str, on: Screen | None = None) -> Screen:
        """Press a button and read the answer."""
        turn = await self.press(label, on)
        return self._see(await turn.answer())

    async def chosen(self, label: str, option: str, on: Screen | None = None) -> Screen:
        """Choose something and read the answer."""
        turn = await self.choose(label, option, on)
        return self._see(await turn.answer())

    # -- forms

    async def submit(self, screen: Screen | None = None, **answers: Answer) -> Turn:
        """Fill in a form by its labels (`_` for a blank) and send it in. What is wrong then stands in `screen`."""
        turn, payload = await self.filled(screen, **answers)
        view = self._on(screen, "").view
        assert view is not None
        await self.hand_in(turn, INTERACTIVE, payload)
        self._answered(view, turn)
        return turn

    async def filled(self, screen: Screen | None = None, **answers: Answer) -> tuple[Turn, Json]:
        """The same, not yet sent: the turn and the payload."""
        screen = self._on(screen, "")
        assert screen.view is not None, "no form is open"
        assert screen.view.open, "the form is closed"
        by_label = {name.replace("_", " ").casefold(): value for name, value in answers.items()}
        given: dict[str, Any] = {}
        for control in screen.controls:
            label = next((one for one in by_label if control.label.casefold().startswith(one)), None)
            if label is not None:
                given[control.block_id] = await self._enter(screen.view, control, by_label.pop(label))
        assert not by_label, f"no field is called {sorted(by_label)} in:\n{screen.text}"
        turn = self.slack.turn(self)
        state = state_of(screen.blocks, given)
        return turn, payloads.submission(self.member, screen.view, turn.trigger, state)

    async def _enter(self, view: View, control: reading.Control, text: Answer) -> Any:
        """Type, choose or attach something; a select that asks the app while one types is asked for its options."""
        assert isinstance(text, tuple) == (control.kind == "file_input"), f"a {control.kind} does not take {text!r}"
        if isinstance(text, tuple):
            return [self.slack.attached.keep(self.id, *text)]
        if control.kind != "external_select" or not text:
            return entered(control, text)
        action = control.element["action_id"]
        payload = payloads.suggestion(self.member, view, control.block_id, action, text)
        ack = await self.slack.line.deliver(INTERACTIVE, payload)
        offered = {**control.element, **ack.body}
        check_options(offered, f"options for {text!r}")
        return option_of(replace(control, element=offered), text)

    def _answered(self, view: View, turn: Turn) -> None:
        """What Slack does with the app's answer to a form."""
        action, slack = turn.ack.body.get("response_action", ""), self.slack
        view.errors = {}
        if turn.ack.error:
            view.errors = {"": "We had some trouble connecting. Try again?"}
        elif action == "errors":
            known = {block["block_id"] for block in view.view["blocks"] if block["type"] == "input"}
            errors = turn.ack.body["errors"]
            if not errors or not errors.keys() <= known:
                slack.complaints.append(f"view_submission: errors at {sorted(errors)}, the fields are {sorted(known)}")
            view.errors = errors
        elif action == "update":
            slack.methods.replace_view(view, turn.ack.body["view"])
            turn.shown.append(Screen(slack, view=view))
        elif action == "push":
            turn.shown.append(Screen(slack, view=slack.methods.push_view(view, turn.ack.body["view"])))
        else:
            views = slack.workspace.views.values()
            for one in [one for one in views if one.user == self.id] if action == "clear" else [view]:
                one.open = False
        slack.changed()

    # -- reading

    async def open_home(self, tab: str = "home") -> Screen:
        """Open the home tab, and read it once the app has filled it anew."""
        before = self.slack.workspace.homes.get(self.id)
        at = self.slack.workspace.ts()
        await self.slack.tell(payloads.home_opened(self.member, self.direct, before, at, tab))
        homes = self.slack.workspace.homes
        await self.slack.until(lambda: homes.get(self.id) is not before, f"{self.name}'s home tab")
        return self._see(self.home)

    @property
    def home(self) -> Screen:
        """The home tab as it stands."""
        return Screen(self.slack, view=self.slack.workspace.homes[self.id])

    @property
    def dms(self) -> list[Screen]:
        """What the app wrote to them, oldest first, as it stands now."""
        return [Screen(self.slack, message=one) for one in self.slack.bot_messages(self.direct.id)]

    @property
    def letters(self) -> list[str]:
        """The same as text."""
        return [one.text for one in self.dms]

    def leave(self) -> None:
        """Their account is closed: nothing can be sent to them."""
        self.member.deleted = True

    def _see(self, screen: Screen) -> Screen:
        self.screen = screen
        return screen

    def _on(self, screen: Screen | None, label: str) -> Screen:
        found = screen or self.screen
        assert found is not None, f"{self.name} sees nothing to use “{label}” on"
        return found
