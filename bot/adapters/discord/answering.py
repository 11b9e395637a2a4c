"""Answers to interactions: at once where that is quick, else later; always privately."""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping
from typing import Any

import discord
from msgspec.structs import replace

from bot.adapters.discord import codes, forms, read
from bot.adapters.discord.addresses import person
from bot.adapters.discord.files import files_of
from bot.adapters.discord.parts import Part
from bot.adapters.discord.render import render
from bot.core.chat import Card, Field, Form, Reply, Request
from bot.core.command import Command
from bot.core.ports import Handle, Suggest
from bot.errors import Refusal

log = logging.getLogger(__name__)

QUICK = 1.5  # seconds within which an answer is given directly; Discord waits for three. 0 defers every answer
SUGGESTING = 2.5  # seconds within which suggestions are given or left out
LATE = {10062: "too late", 40060: "answered already"}  # Discord's codes: nobody is waiting any more

OUT_OF_DATE = Card("This button is out of date", "Type `/home` to see what you can do now.")
NO_WORDS = Card("Not yet", "There are no words in that message that I could keep.")
WRONG = Card(
    "That did not work",
    "Something went wrong on my side when I wanted to answer. Please look with `/home` whether it was done before you "
    "try again; if it happens again, tell the person who runs Steward.",
)
RESTARTING = Card("One moment", "I am being restarted. Please try again in a minute; nothing was changed.")

Interaction = discord.Interaction[Any]


class Answering:
    """Takes interactions to the engine and its replies back."""

    def __init__(self, handle: Handle, suggest: Suggest, commands: Mapping[str, Command], kept: forms.Kept) -> None:
        """`commands` by name; `kept` remembers what was typed into forms."""
        self._handle = handle
        self._suggest = suggest
        self._commands = commands
        self._kept = kept
        self.counts: Counter[str] = Counter()  # what went wrong and was let pass, by its name

    async def command(self, interaction: Interaction, command: Command, given: Mapping[str, Any]) -> None:
        """A typed command."""
        names = {each.keyword: each.name for each in command.parameters}
        try:
            values = {
                names[keyword]: await read.value_of(value, interaction.guild_id)
                for keyword, value in given.items()
                if value is not None
            }
        except Refusal as refusal:
            await self._show(interaction, Card("Not yet", refusal.sentence))
            return
        await self._ask(interaction, read.asked_by(interaction, command.name, values), help=command.help)

    async def message(self, interaction: Interaction, command: Command, message: discord.Message) -> None:
        """A command that was chosen in the menu of a message."""
        author, shortcut = message.author, command.shortcut
        who = f"{person(author.id).id} {author.display_name}"
        values: Mapping[str, str] | None = None
        if shortcut is not None:
            words, when = read.words_of(message), message.created_at
            values = shortcut.values(words, who=who, when=when, link=message.jump_url)
        if values is None:
            await self._show(interaction, NO_WORDS)
        else:
            await self._ask(interaction, read.asked_by(interaction, command.name, values))

    async def offer(self, interaction: Interaction, command: str, option: str, typed: str) -> list[tuple[str, str]]:
        """Suggestions for an option while somebody types; none where they would come too late."""
        request = read.asked_by(interaction, command, {})
        try:
            async with asyncio.timeout(SUGGESTING):
                return list(await asyncio.to_thread(self._suggest, request, option, typed))
        except TimeoutError:
            self.counts["suggestions too slow"] += 1
            return []

    async def press(self, interaction: Interaction, custom_id: str, chosen: str) -> None:
        """A pressed button, or what was chosen from a menu."""
        if chosen == codes.NEVER_MIND:
            await self._show(interaction, Card("All right", "Nothing was done."))
            return
        pressed = codes.read_custom_id(custom_id, chosen)
        if pressed is None or pressed.command not in self._commands:
            await self._show(interaction, OUT_OF_DATE)
            return
        if pressed.opens_form:
            await self._open(interaction, await self._again(interaction, pressed), pressed.team, whole=False)
            return
        request = read.asked_by(interaction, pressed.command, pressed.values, team=pressed.team)
        await self._ask(interaction, request, in_place="page" in pressed.values and _is_private(interaction))

    async def submit(self, interaction: Interaction, custom_id: str) -> None:
        """A form that was sent in."""
        pressed = codes.read_custom_id(custom_id)
        if pressed is None or pressed.command not in self._commands:
            await self._show(interaction, OUT_OF_DATE)
            return
        kept = self._kept.get(pressed.kept)
        try:
            values = {**(kept.values if kept else pressed.values), **await read.answers(interaction)}
        except Refusal as refusal:
            await self._show(interaction, Card("Not yet", refusal.sentence))
            return
        request = read.asked_by(interaction, pressed.command, values, team=pressed.team, form=True)
        await self._ask(interaction, request, in_place=_is_private(interaction))

    async def home(self, message: discord.Message) -> None:
        """Words in a direct message are answered with the buttons."""
        reply = await asyncio.wrap_future(self._handle(read.written_to(message)))
        if isinstance(reply, Card):
            for part in render(reply):
                await self._try(message.channel.send(view=part.view(), files=files_of(part)))

    async def card(self, interaction: Interaction, card: Card) -> None:
        """A card of the adapter's own."""
        await self._show(interaction, card)

    async def sorry(self, interaction: Interaction) -> None:
        """Something went wrong in showing an answer: the operator's log has it, and the asker is told."""
        self.counts["answers that went wrong"] += 1
        await self._show(interaction, WRONG)

    async def refuse(self, interaction: Interaction) -> None:
        """Nothing is taken on any more: Steward is about to stop."""
        await self._show(interaction, RESTARTING)

    async def _ask(self, interaction: Interaction, request: Request, *, help: str = "", in_place: bool = False) -> None:
        """Put the request to the engine, and show what it replies."""
        reply = await self._reply(interaction, request, in_place=in_place)
        if isinstance(reply, Form):
            await self._form(interaction, reply, request, help)
        elif reply is not None:
            await self._show(interaction, reply, request.team, in_place=in_place)

    async def _reply(self, interaction: Interaction, request: Request, *, in_place: bool) -> Reply | None:
        """What the engine replies; where that takes long, Discord is told so meanwhile."""
        loop = asyncio.get_running_loop()
        deferring: list[asyncio.Task[None]] = []

        def late() -> None:
            deferring.append(loop.create_task(self._defer(interaction, in_place=in_place)))

        timer = loop.call_later(QUICK, late) if QUICK else loop.call_soon(late)
        try:
            return await asyncio.wrap_future(self._handle(request))
        finally:
            timer.cancel()
            for task in deferring:
                await task

    async def _form(self, interaction: Interaction, form: Form, request: Request, help: str) -> None:
        """Open a form, where a modal can be opened now and holds it all; else a card with a button that does."""
        if request.form:
            await self._card(interaction, forms.wrong(form), form, forms.FIX_IT, request.team)
        elif interaction.response.is_done():
            await self._card(interaction, forms.explained(form), form, forms.FILL_IN, request.team)
        else:
            known = bool(help) and form.intro == help  # the list of commands has just shown it
            shown = replace(form, intro="") if known and not forms.layout(form).complete else form
            await self._open(interaction, shown, request.team, whole=not known)

    async def _open(self, interaction: Interaction, form: Form, team: str, *, whole: bool) -> None:
        """Open a form's modal; with `whole`, only where it has all its words."""
        if whole and not forms.layout(form).complete:
            await self._card(interaction, forms.explained(form), form, forms.FILL_IN, team)
            return
        code = forms.modal_code(form, self._kept.keep(form), team)
        await self._try(interaction.response.send_modal(forms.modal(form, code, team)))

    async def _card(self, interaction: Interaction, card: Card, form: Form, label: str, team: str) -> None:
        code = forms.modal_code(form, self._kept.keep(form), team)
        await self._parts(interaction, forms.with_button(card, label, code, team), in_place=_is_private(interaction))

    async def _again(self, interaction: Interaction, pressed: codes.Pressed) -> Form:
        """The form that was kept, or an empty one where it has been forgotten."""
        kept = self._kept.get(pressed.kept)
        if kept is not None:
            return kept
        command = self._commands[pressed.command]
        needed = [each for each in command.parameters if each.required and each.name not in pressed.values]
        others = [each for each in command.parameters if each not in needed and each.name not in pressed.values]
        fields = [
            Field(
                each.name,
                each.label,
                each.option.kind,
                each.required,
                each.help,
                choices=tuple(await self.offer(interaction, command.name, each.name, "")),
            )
            for each in [*needed, *others][: forms.ITEMS_LIMIT]
        ]
        return Form(command.name.capitalize(), command.name, tuple(fields), pressed.values, command.help)

    async def _show(self, interaction: Interaction, card: Card, team: str = "", *, in_place: bool = False) -> None:
        await self._parts(interaction, render(card, team), in_place=in_place)

    async def _parts(self, interaction: Interaction, parts: tuple[Part, ...], *, in_place: bool = False) -> None:
        """Show messages that only the asker sees; in a direct message there is nobody else."""
        private = interaction.guild_id is not None
        first, *others = parts
        response = interaction.response
        if response.is_done():
            sent = await self._try(interaction.edit_original_response(view=first.view(), attachments=files_of(first)))
        elif in_place and not others and interaction.message is not None:
            sent = await self._try(response.edit_message(view=first.view(), attachments=files_of(first)))
        else:
            sent = await self._try(response.send_message(view=first.view(), files=files_of(first), ephemeral=private))
        for part in others if sent else ():
            await self._try(interaction.followup.send(view=part.view(), files=files_of(part), ephemeral=private))

    async def _defer(self, interaction: Interaction, *, in_place: bool) -> None:
        """Say that the answer takes a little longer: as a new private message, or in the place of this one."""
        private = interaction.guild_id is not None
        await self._try(interaction.response.defer(ephemeral=private, thinking=not in_place))

    async def _try(self, answer: Any) -> bool:
        """Give an answer; one that comes too late is counted and let pass. Gives whether it was taken."""
        try:
            await answer
        except discord.InteractionResponded:
            self.counts[LATE[40060]] += 1
        except discord.HTTPException as error:
            if error.code in LATE:
                self.counts[LATE[error.code]] += 1
                log.info("an answer on Discord was %s", LATE[error.code])
            else:
                self.counts["answers not taken"] += 1
                log.warning("Discord did not take an answer (%d, code %d): %s", error.status, error.code, error.text)
        else:
            return True
        return False


def _is_private(interaction: Interaction) -> bool:
    """Does the control stand on an answer that only this person sees, and that nothing else will change?"""
    message = interaction.message
    if message is None:
        return False
    return message.flags.ephemeral or (interaction.guild_id is None and message.interaction_metadata is not None)
