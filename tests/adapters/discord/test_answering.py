from typing import Any

import discord
import pytest
import simcord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.adapters.discord.answering import SUGGESTING
from bot.core.chat import Button, Card, Field, Form, Kind, Person, Picture
from bot.topics.accounts.model import Account, Status
from bot.topics.posting.model import Post
from bot.topics.team.model import House as HouseRecord
from bot.topics.team.model import Identity, Standing, Team, TeamRole, Volunteer
from tests.adapters.discord.room import Room, room
from tests.adapters.discord.seen import pressable, read, said
from tests.adapters.discord.test_contract import Stage
from tests.adapters.discord.test_journey import click
from tests.adapters.discord.test_send import LONG, parcel, to


async def offering(one: Room, office: MemberActor) -> InteractionResult:
    """A form that asks for a volunteer, opened by a button."""
    given = {"network": "x", "name": "Affiliate groups", "handle": "@arg", "short": "arg-x"}
    added = await office.slash(one.channel, "account add", **given)
    assert added.response
    form = await click(office, added.response.message, "Offer arg-x")
    assert form.modal
    return form


def fields(form: InteractionResult) -> dict[str, dict[str, Any]]:
    assert form.modal
    inner = [part["component"] for part in form.modal["components"] if "component" in part]
    return {each["custom_id"]: each for each in inner}


def callbacks(one: Room) -> list[Any]:
    """How interactions were answered first."""
    bodies = [entry.json or {} for entry in one.env.http_requests if entry.path.endswith("/callback")]
    return [body["type"] for body in bodies]


async def test_a_quick_answer_is_given_directly_and_privately() -> None:
    async with room() as one:
        answer = await one.volunteer("Ann").slash(one.channel, "home")
        assert answer.ephemeral
        assert callbacks(one) == [discord.InteractionResponseType.channel_message.value]


async def test_a_slow_answer_is_deferred_and_given_later_in_private(monkeypatch: pytest.MonkeyPatch) -> None:
    async with room() as one:
        ann = one.volunteer("Ann")
        monkeypatch.setattr("bot.adapters.discord.answering.QUICK", 0)
        answer = await ann.slash(one.channel, "home")
        assert callbacks(one) == [discord.InteractionResponseType.deferred_channel_message.value]
        assert answer.ephemeral
        assert "Hello Ann" in said(answer)


async def test_a_long_answer_is_private_in_all_of_its_parts() -> None:
    stage = Stage(LONG)
    async with simcord.run(stage.adapter.client) as env:
        ann, channel = stage.people(env)
        shown = await ann.slash(channel, "home")
        assert shown.response
        assert [each.ephemeral for each in (shown.response, *shown.followups)] == [True] * 4


@pytest.mark.parametrize("quick", [0, 1.5])
async def test_an_answer_shows_pictures_with_their_words(quick: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.discord.answering.QUICK", quick)
    stage = Stage(Card("Chart", "", (Picture("chart.png", b"\x89PNG", "Up, then down"),)))
    async with simcord.run(stage.adapter.client) as env:
        ann, channel = stage.people(env)
        await ann.slash(channel, "home")
        (message,) = channel.history(viewer=ann)
        assert [each.filename for each in message.attachments] == ["1-chart.png"]
        assert message.attachments[0].description == "Up, then down"
        assert read(message) == "### Chart\nUp, then down"


async def test_a_page_that_is_turned_in_place_shows_its_picture() -> None:
    turning = Card("First", controls=(Button("Next page", "home", {"page": "2"}),))
    stage = Stage(turning, Card("Second", "", (Picture("chart.png", b"\x89PNG", "Up, then down"),)))
    async with simcord.run(stage.adapter.client) as env:
        ann, channel = stage.people(env)
        shown = await ann.slash(channel, "home")
        assert shown.response
        await click(ann, shown.response.message, "Next page")
        (message,) = channel.history(viewer=ann)
        assert [each.description for each in message.attachments] == ["Up, then down"]


async def test_a_form_that_comes_late_is_opened_by_a_button(monkeypatch: pytest.MonkeyPatch) -> None:
    async with room() as one:
        office = one.volunteer("Office", TeamRole.COORDINATOR)
        one.house.put(Account("a1", "ce-x", "CE", "x", status=Status.ACTIVE, owner="office"))
        monkeypatch.setattr("bot.adapters.discord.answering.QUICK", 0)
        late = await office.slash(one.channel, "access set", account="ce-x")
        assert callbacks(one) == [discord.InteractionResponseType.deferred_channel_message.value]
        assert "Who can sign in" in said(late)
        assert late.response
        monkeypatch.undo()
        assert fields(await click(office, late.response.message, "Fill in")).keys() >= {"people"}


@pytest.mark.parametrize(("code", "counted"), [(10062, "too late"), (40060, "answered already")])
async def test_an_answer_that_comes_too_late_is_counted_and_let_pass(
    code: int, counted: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with room() as one:
        ann = one.volunteer("Ann")
        one.env.inject_error("POST", "/interactions/*/*/callback", status=404 if code == 10062 else 400, code=code)
        await ann.slash(one.channel, "home")
        assert one.adapter.answering.counts == {counted: 1}
        assert not [each for each in caplog.records if each.levelname == "WARNING" and each.name.startswith("bot.")]
        assert (await ann.slash(one.channel, "home")).response is not None


async def test_the_same_interaction_arriving_twice_is_done_once() -> None:
    async with room() as one:
        ann = one.volunteer("Ann")
        one.house.put(Account("a1", "ce-x", "CE", "x", status=Status.ACTIVE, owner="ann"))
        record = one.typed(ann, "posted", account="ce-x")
        await one.env.settle()
        last = next(
            payload for kind, name, payload in reversed(one.env.backend.transcript) if name == "INTERACTION_CREATE"
        )
        one.env.backend.emit("INTERACTION_CREATE", last)
        await one.env.settle()
        assert record.responded
        assert len(one.house.find(Post)) == 1


async def test_a_button_of_another_release_says_kindly_that_it_is_out_of_date() -> None:
    async with room() as one:
        ann = one.volunteer("Ann")
        home = await ann.slash(one.channel, "home")
        assert home.response
        for custom_id in ("v0:old", "tAgone by?x=1", "tA!k!gone"):
            one.env.backend.get_message(one.channel.id, home.response.id).components[-1]["components"][0][
                "custom_id"
            ] = custom_id
            answer = await ann.click(home.response, custom_id=custom_id)
            assert "out of date" in said(answer)
            assert answer.ephemeral


async def test_a_wrong_value_in_a_form_comes_back_to_be_fixed_with_what_was_typed() -> None:
    async with room() as one:
        office = one.volunteer("Office", TeamRole.COORDINATOR)
        one.volunteer("Ben")
        wrong = await office.submit_modal(await offering(one, office), {"volunteer": "Zzyzx"})
        assert wrong.response
        assert "Volunteer: I don't know a volunteer called “Zzyzx”" in said(wrong)
        again = await click(office, wrong.response.message, "Fix it")
        assert fields(again)["volunteer"]["value"] == "Zzyzx"
        done = await office.submit_modal(again, {"volunteer": "Ben"})
        assert "Not yet" not in said(done)
        assert done.response is not None
        assert done.response.id == wrong.response.id, "it takes the place of the error"


async def test_what_was_typed_into_a_form_is_kept_for_a_quarter_of_an_hour() -> None:
    async with room() as one:
        office = one.volunteer("Office", TeamRole.COORDINATOR)
        wrong = await office.submit_modal(await offering(one, office), {"volunteer": "Zzyzx"})
        assert wrong.response
        await one.later(minutes=14, seconds=59)
        kept = fields(await click(office, wrong.response.message, "Fix it"))
        assert kept["volunteer"]["value"] == "Zzyzx"


@pytest.mark.parametrize("forget", ["restart", "time"])
async def test_a_form_that_was_forgotten_opens_empty(forget: str) -> None:
    async with room() as one:
        office = one.volunteer("Office", TeamRole.COORDINATOR)
        one.volunteer("Ben")
        wrong = await office.submit_modal(await offering(one, office), {"volunteer": "Zzyzx"})
        if forget == "restart":
            await one.restart()
        else:
            await one.later(minutes=15, seconds=1)
        assert wrong.response
        again = await click(office, wrong.response.message, "Fix it")
        assert not any(each.get("value") for each in fields(again).values())
        done = await office.submit_modal(again, {"volunteer": "Ben"})
        assert "Ben" in said(done)
        assert "Not yet" not in said(done)


async def test_agreeing_and_thinking_better_of_it() -> None:
    ask = Card("Sure?", controls=(Button("Remove nmig-x", "remove", confirm="For everybody?"),))
    stage = Stage(ask)
    async with simcord.run(stage.adapter.client) as env:
        ann, channel = stage.people(env)
        shown = await ann.slash(channel, "home")
        assert shown.response
        ((_label, _does, menu),) = pressable(shown.response.components)
        kept = await ann.select(shown.response, ["?no"], custom_id=menu)
        assert "Nothing was done" in said(kept)
        assert len(stage.requests) == 1


async def test_a_modal_too_small_for_all_words_is_explained_first() -> None:
    asked = tuple(Field(f"f{n}", f"Field {n}", Kind.TEXT, hint="h" * 40) for n in range(5))
    stage = Stage(Form("Much to say", "posted", asked, intro="This is why."))
    async with simcord.run(stage.adapter.client) as env:
        ann, channel = stage.people(env)
        shown = await ann.slash(channel, "home")
        assert "This is why." in said(shown)
        assert shown.response
        form = await click(ann, shown.response.message, "Fill in")
        assert form.modal
        assert len(form.modal["components"]) == 5


async def test_who_administrates_and_who_holds_which_role_is_told() -> None:
    stage = Stage()
    async with simcord.run(stage.adapter.client) as env:
        owner = env.create_user("owner")
        guild = env.create_guild(owner=owner)
        channel = guild.create_text_channel("general")
        helpers = guild.create_role("Helpers")
        admins = guild.create_role("Admins", permissions=discord.Permissions(administrator=True))
        plain = guild.add_member(env.create_user("ann", global_name="Ann B."), roles=[helpers])
        admin = guild.add_member(env.create_user("ben"), roles=[admins])
        for member in (plain, admin):
            await member.slash(channel, "home")
        await plain.user.slash("home")
        await guild.add_member(owner).slash(channel, "home")
        first, second, third, fourth = stage.requests
        assert (first.administrator, first.groups) == (False, (f"discord:{guild.id}/{helpers.id}",))
        assert (second.administrator, second.groups) == (True, (f"discord:{guild.id}/{admins.id}",))
        assert (third.administrator, third.groups) == (False, ())
        assert (fourth.administrator, fourth.owner) == (True, True)
        assert not any(one.owner for one in (first, second, third))
        assert first.shown_name == "Ann B."
        assert first.who == third.who == Person(f"discord:{plain.id}"), "the same person everywhere"
        assert first.where.house == f"discord:{guild.id}"
        assert third.where.house == f"discord:dm-{plain.id}"
        assert len({one.delivery for one in stage.requests}) == 4


async def test_a_button_in_a_direct_message_is_for_the_team_that_sent_it() -> None:
    async with room() as one:
        ann = one.volunteer("Ann")
        clock = one.house.clock.time
        one.house.store.write(
            "u",
            lambda records: records.put(
                Team("u", "Other team", "UTC", ""),
                HouseRecord("discord:77", clock),
                Volunteer("ann", "Ann", TeamRole.VOLUNTEER, Standing.ACTIVE, joined=clock),
                Identity(f"discord:{ann.id}", "ann"),
            ),
        ).result()
        asked = await ann.user.slash("home")
        assert "For which team?" in said(asked)
        for team, called in (("u", "Other team"), ("t", "Library association")):
            await one.adapter.send(parcel(to(ann), key=team, team=team))
            home = await click(ann.user, one.letters(ann)[-1], "Home")
            assert called in said(home)
            assert "For which team?" not in said(home)


async def test_suggestions_that_come_too_late_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    async with room() as one:
        ann = one.volunteer("Ann")
        assert SUGGESTING < 3, "that is how long Discord waits"
        monkeypatch.setattr("bot.adapters.discord.answering.SUGGESTING", 0.0)
        assert await ann.autocomplete(one.channel, "posted", "account", "x") == []
        assert one.adapter.answering.counts["suggestions too slow"] == 1


async def test_a_suggestion_is_not_trusted_when_it_is_used() -> None:
    async with room() as one:
        answer = await one.volunteer("Ann").slash(one.channel, "posted", account="made up; DROP TABLE")
        assert "Not yet" in said(answer)
        assert one.house.find(Post) == []
