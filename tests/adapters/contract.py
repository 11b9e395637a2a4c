"""What every chat network's adapter must do: every word and button of every card reaches the person.

A network's tests bring a `Harness` and subclass `AdapterContract`:

    class TestSlack(AdapterContract):
        harness = SlackHarness()
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Protocol

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.chat import (
    Button,
    Card,
    Facts,
    Form,
    Inline,
    Kind,
    Message,
    Moment,
    Note,
    Person,
    Place,
    Reply,
    Request,
    Row,
    Rows,
    Style,
    Tick,
    Ticks,
    Words,
)
from bot.core.codes import read_button
from bot.core.plain import controls_of
from bot.core.ports import Adapter, Parcel
from tests.adapters.cards import NASTY, cards, forms, ids, labels
from tests.adapters.wording import said_by

QUICK = settings(
    max_examples=40,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],  # explaining a failure takes minutes with cards
    suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow, HealthCheck.data_too_large],
)
FEWER = settings(QUICK, max_examples=15)
UNSEEN = re.compile(
    r"[\s\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]+"
)


@dataclass(frozen=True)
class Shown:
    """What a reply becomes on a network.

    `text` is all that a person can read, top to bottom, labels of buttons included. `pressable` are the buttons in
    reading order: the label, and the encoded button or the web address.
    """

    text: str
    pressable: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Pressed:
    """What pressing a button did: what was asked first, and the Request that reached the engine."""

    asked: str
    request: Request


class Harness(Protocol):
    """How the contract drives one network's adapter."""

    network: str
    too_big: tuple[type[Exception], ...]  # what rendering may raise for a card that the network can't hold

    def show(self, reply: Reply) -> Shown:
        """The reply as the network shows it. A form: all of its questions."""

    def says(self, part: Inline) -> str:
        """How the network writes a Person, Place, Link or Moment, as a person reads it."""

    def active(self, shown: Shown) -> list[str]:
        """All of the text that is more than literal: mentions, links, formats, control sequences."""

    def press(self, card: Card, index: int) -> Pressed:
        """Show the card and press its button of that index (agreeing where it asks)."""

    def submit(self, form: Form, answers: Mapping[str, str]) -> Request:
        """Show the form, answer its fields, and submit it."""

    def adapter(self) -> Adapter:
        """An adapter that is ready to send."""


def seen(text: str) -> str:
    """A text without blanks and signs that nobody sees, so that wrapping and neutralising make no difference."""
    return UNSEEN.sub("", text)


def words(text: str) -> list[str]:
    """The visible stretches of a text."""
    return [part for part in UNSEEN.split(text) if part]


class AdapterContract:
    """Subclass it in a network's tests."""

    harness: ClassVar[Harness]
    somebody: ClassVar[st.SearchStrategy[str]] = ids  # what answers a question for a person

    async def ready(self) -> Adapter:
        """An adapter that is ready to send."""
        return self.harness.adapter()

    def addresses(self) -> tuple[Person | Place, ...]:
        """A person and a place that can be written to."""
        house = "" if self.harness.network == "console" else "T1/"
        return Person(f"{self.harness.network}:{house}a"), Place(f"{self.harness.network}:{house}b")

    def _show(self, reply: Reply) -> Shown:
        try:
            return self.harness.show(reply)
        except self.harness.too_big:
            assume(False)
            raise

    @QUICK
    @given(st.data())
    def test_every_word_of_every_card_is_shown_in_reading_order(self, data: st.DataObject) -> None:
        card = data.draw(cards(self.harness.network))
        assert_in_order(said_by(card, self.harness.says), self._show(card).text)

    @QUICK
    @given(st.data())
    def test_every_button_of_every_card_is_shown_once_and_does_what_it_says(self, data: st.DataObject) -> None:
        card = data.draw(cards(self.harness.network))
        pressable = self._show(card).pressable
        expected = controls_of(card)
        assert [seen(label) for label, _does in pressable] == [seen(button.label) for button in expected]
        for button, (_label, does) in zip(expected, pressable, strict=True):
            if isinstance(button, Button):
                assert read_button(does) == (button.command, dict(button.values))
            else:
                assert does == button.url

    @FEWER
    @given(st.data())
    def test_rendering_is_pure(self, data: st.DataObject) -> None:
        card = data.draw(cards(self.harness.network))
        assert self._show(card) == self._show(card)

    @FEWER
    @given(st.data())
    def test_pressing_a_button_is_typing_its_command(self, data: st.DataObject) -> None:
        card = data.draw(cards(self.harness.network))
        offered = [(index, one) for index, one in enumerate(controls_of(card)) if isinstance(one, Button)]
        assume(offered)
        index, button = data.draw(st.sampled_from(offered))
        self._show(card)
        pressed = self.harness.press(card, index)
        assert (pressed.request.command, dict(pressed.request.values)) == (button.command, dict(button.values))
        assert seen(button.confirm) in seen(pressed.asked)

    @QUICK
    @given(forms)
    def test_every_word_of_every_form_is_shown(self, form: Form) -> None:
        said = [form.title, form.intro]
        for field in form.fields:
            said += [part for part in (field.error, field.label) if part]
        assert_in_order(said, self._show(form).text)
        for field in form.fields:
            text = seen(self._show(form).text)
            missing = [word for word in words(field.hint) if word not in text]
            missing += [label for _value, label in field.choices if seen(label) not in text]
            assert not missing

    @QUICK
    @given(st.data())
    def test_submitting_a_form_is_typing_its_command(self, data: st.DataObject) -> None:
        form = data.draw(forms)
        form = replace(form, fields=tuple(replace(field, error="", value="") for field in form.fields))
        answers = {}
        for field in form.fields:
            open_answer = self.somebody if field.kind is Kind.PERSON else ids
            answer = st.sampled_from([value for value, _label in field.choices]) if field.choices else open_answer
            answers[field.name] = data.draw(answer)
        request = self.harness.submit(form, answers)
        assert (request.command, dict(request.values)) == (form.command, {**form.values, **answers})

    @QUICK
    @given(st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=60)), min_size=8, max_size=8), labels)
    def test_nothing_that_a_person_typed_becomes_more_than_text(self, typed: list[str], label: str) -> None:
        title, summary, paragraph, name, fact, row, detail, step = typed
        card = Card(
            title,
            summary,
            (
                Words(paragraph),
                Facts(((name, fact),)),
                Rows((Row(row, detail),)),
                Ticks((Tick(step, done=False),)),
                Note(paragraph),
            ),
            (Button(label, "home"),),
        )
        assert self.harness.active(self._show(card)) == []

    def test_a_done_step_reads_differently_from_an_open_one(self) -> None:
        done, to_do = (self._show(Card("Steps", "", (Ticks((Tick("Sign in", done=each),)),))) for each in (True, False))
        assert done.text != to_do.text

    def test_a_dangerous_button_asks_first(self) -> None:
        button = Button("Remove nmig-x", "remove", {"id": "a1"}, Style.DANGER, "Remove nmig-x for everybody?")
        assert "Remove nmig-x for everybody?" in self.harness.press(Card("Sure?", controls=(button,)), 0).asked

    async def test_a_delivered_message_gives_a_receipt_and_can_be_changed(self) -> None:
        adapter = await self.ready()
        for to in self.addresses():
            parcel = Parcel("p1", "team", Message(to, "key", Card("One")), 1, "", doubtful=False, tries=0)
            receipt = await adapter.send(parcel)
            assert receipt
            changed = replace(parcel, message=Message(to, "key", Card("Two")), revision=2, receipt=receipt)
            assert await adapter.edit(changed)

    async def test_a_message_that_was_never_sent_is_not_found(self) -> None:
        adapter = await self.ready()
        to = self.addresses()[0]
        parcel = Parcel("p9", "team", Message(to, "never", Card("One")), 1, "", doubtful=True, tries=1)
        assert await adapter.find(parcel) is None

    def test_the_adapter_names_its_network(self) -> None:
        assert self.harness.adapter().network == self.harness.network

    def test_moments_are_shown(self) -> None:
        at = Moment(datetime(2026, 12, 1, 9, tzinfo=UTC))
        assert seen(self.harness.says(at)) in seen(self._show(Card("When", (at,))).text)


def assert_in_order(said: Iterator[str] | list[str], text: str) -> None:
    """Every visible word is in the text, one after the other."""
    text, at = seen(text), 0
    for sentence in said:
        for word in words(sentence):
            found = text.find(word, at)
            assert found >= 0, f"{word!r} of {sentence!r} is missing after {text[max(0, at - 80) : at]!r}"
            at = found + len(word)
