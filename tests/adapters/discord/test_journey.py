"""The conversation of a volunteer on Discord, from claiming an account to a button pressed a month later."""

from datetime import UTC, datetime, timedelta

import discord
from simcord.actors import MemberActor
from simcord.builders import UserHandle
from simcord.results import InteractionResult

from bot.topics.accounts.model import Account
from bot.topics.crisis.model import Crisis, LogEntry
from bot.topics.crisis.versions import shipped
from bot.topics.posting.model import Post
from bot.topics.team.model import TeamRole
from tests.adapters.discord.room import Room, room
from tests.adapters.discord.seen import pressable, read, said
from tests.house import House


def control(message: discord.Message, label: str) -> tuple[str, str]:
    """What the control of that label does, and its id."""
    found = [each for each in pressable([dict(one.to_dict()) for one in message.components]) if each[0] == label]
    assert found, read(message)
    return found[0][1], found[0][2]


async def click(who: UserHandle | MemberActor, message: discord.Message, label: str) -> InteractionResult:
    result: InteractionResult = await who.click(message, custom_id=control(message, label)[1])
    return result


async def an_account(one: Room) -> tuple[MemberActor, MemberActor]:
    """A coordinator, and Ann, who claims arg-x and posts on it."""
    office, ann = one.volunteer("Office", TeamRole.COORDINATOR), one.volunteer("Ann")
    await office.slash(one.channel, "account add", network="x", name="Affiliate groups", handle="@arg", short="arg-x")
    (offered,) = await ann.autocomplete(one.channel, "claim", "account", "affil")
    assert "Affiliate groups" in offered["name"]
    assert "You look after arg-x now" in said(await ann.slash(one.channel, "claim", account=offered["value"]))
    await ann.slash(one.channel, "rhythm", account="arg-x", how_often="every week")
    return office, ann


async def test_claim_post_reminder_snooze_hand_over_restart_and_an_old_button() -> None:
    async with room() as one:
        _office, ann = await an_account(one)
        ben = one.volunteer("Ben")
        (when,) = await ann.autocomplete(one.channel, "posted", "when", "2 hours ago", account="arg-x")
        assert "07:00" in when["name"], "what would this date be"
        posted = await ann.slash(one.channel, "posted", account="arg-x", when=when["value"])
        assert posted.ephemeral
        assert "Noted: arg-x" in said(posted)

        await one.later(days=12)
        letter = one.letters(ann)[-1]
        assert "No post recorded on arg-x" in read(letter)
        does, menu = control(letter, "Next week")
        snoozed = await ann.user.select(letter, [does], custom_id=menu)
        assert "arg-x" in said(snoozed)
        assert not snoozed.ephemeral, "in a direct message there is nobody else"
        quiet = len(one.letters(ann))
        await one.later(days=5)
        assert len(one.letters(ann)) == quiet

        asked = await click(ann.user, letter, "Hand over arg-x")
        assert asked.response
        form = await click(ann.user, asked.response.message, "Offer arg-x to somebody")
        assert form.modal
        names = [part["component"]["custom_id"] for part in form.modal["components"] if "component" in part]
        assert "volunteer" in names
        offered = await ann.user.submit_modal(form, {"volunteer": "Ben"})
        assert "Ben" in said(offered)
        await one.deliver()
        assert "arg-x" in read(one.letters(ben)[-1])

        await one.restart()
        one.house.clock.time += timedelta(days=31)
        again = await click(ann.user, letter, "Posted on arg-x")
        assert "Noted: arg-x" in said(again)
        assert len(one.house.find(Post)) == 2


async def test_an_offer_is_accepted_with_the_button_that_came_by_direct_message() -> None:
    async with room() as one:
        _office, ann = await an_account(one)
        ben = one.volunteer("Ben")
        await ann.slash(one.channel, "offer", account="arg-x", volunteer="Ben")
        await one.deliver()
        letter = one.letters(ben)[-1]
        accept = next(
            label
            for label, does, _id in pressable([dict(c.to_dict()) for c in letter.components])
            if does.startswith("accept")
        )
        assert "arg-x is yours" in said(await click(ben.user, letter, accept))


async def test_typed_words_in_a_direct_message_are_answered_with_the_buttons() -> None:
    async with room() as one:
        ann = one.volunteer("Ann")
        await ann.user.send_dm("thanks!")
        await one.env.settle()
        home = one.letters(ann)[-1]
        assert "Hello Ann" in read(home)
        assert "team" in said(await click(ann.user, home, "Help")).casefold()


async def test_a_stranger_is_told_kindly_what_they_may_do() -> None:
    async with room() as one:
        answer = await one.somebody("Eve").slash(one.channel, "snooze", account="arg-x")
        assert answer.ephemeral
        assert "join" in said(answer)


async def test_a_message_is_saved_as_a_tip_from_its_menu() -> None:
    async with room() as one:
        ann, eve = one.volunteer("Ann"), one.somebody("Eve")
        message = await eve.send(one.channel, "The library's webinar on preservation is on 3 December.")
        saved = await ann.context_menu(one.channel, "Save as tip", message)
        assert "preservation" in said(saved) or "tip" in said(saved).casefold()
        picture = await eve.send(one.channel, attachments=[("cat.png", b"cat")])
        assert "no words in that message" in said(await ann.context_menu(one.channel, "Save as tip", picture))


async def test_what_somebody_wrote_goes_into_the_log_of_a_crisis_from_its_menu() -> None:
    async with room(House(datetime.now(UTC))) as one:
        ann, eve = one.volunteer("Ann", alarms=True), one.somebody("Eve")
        message = await eve.send(one.channel, "A member just sent them money")
        one.house.clock.time = message.created_at + timedelta(minutes=5)
        nothing = await ann.context_menu(one.channel, "Add to crisis log", message)
        assert "Nothing is going on that I know of" in said(nothing)
        assert not one.house.find(LogEntry)

        await ann.slash(one.channel, "sos", what="scam posts on our page")
        assert "In the log" in said(await ann.context_menu(one.channel, "Add to crisis log", message))
        (note,) = one.house.find(LogEntry, what="note")
        assert note.text == "eve wrote: A member just sent them money"
        assert (note.at, note.link) == (message.created_at.replace(microsecond=0), message.jump_url)
        picture = await eve.send(one.channel, attachments=[("shot.png", b"png")])
        assert "In the log" in said(await ann.context_menu(one.channel, "Add to crisis log", picture))
        assert "a message without words, such as a picture" in one.house.find(LogEntry, what="note")[1].text


async def test_where_several_crises_go_on_the_menu_asks_which_one() -> None:
    async with room(House(datetime.now(UTC))) as one:
        ann = one.volunteer("Ann", alarms=True)
        now = one.house.clock.time
        one.house.put(*(Crisis(f"c{n}", n, f"trouble {n}", now, "", "ann", "", "", "S2") for n in (1, 2)))
        message = await ann.send(one.channel, "The mayor called")
        asked = await ann.context_menu(one.channel, "Add to crisis log", message)
        assert asked.modal, said(asked)
        assert "In the log" in said(await ann.submit_modal(asked, {"crisis": ["2"]}))
        assert [(each.crisis, each.text) for each in one.house.find(LogEntry)] == [("c2", "The mayor called")]


async def test_a_whole_crisis_plan_is_attached_and_its_faults_are_named() -> None:
    async with room() as one:
        office = one.volunteer("Office", TeamRole.COORDINATOR)
        bad = shipped().replace("role: spotter", "role: pope").encode()
        refused = await office.slash(one.channel, "playbook import", file=("plan.yaml", bad))
        assert "nothing was changed" in said(refused)
        assert "role: “pope” is not one of" in said(refused)
        good = shipped().replace("ack: 60", "ack: 50").encode()
        assert "Version 1 holds" in said(await office.slash(one.channel, "playbook import", file=("plan.yaml", good)))


async def test_pages_turn_in_place() -> None:
    async with room() as one:
        office = one.volunteer("Office", TeamRole.COORDINATOR)
        accounts = [Account(f"a{number}", f"s{number}-x", f"Number {number}", "x") for number in range(13)]
        one.house.put(*accounts)
        first = await office.slash(one.channel, "accounts")
        assert first.response
        assert "1–10 of 13" in said(first)
        label = next(each[0] for each in pressable(first.response.components) if each[0].startswith("Next"))
        second = await click(office, first.response.message, label)
        assert second.response is not None
        assert second.response.id == first.response.id
        assert "11–13 of 13" in said(second)


async def test_a_sheet_of_accounts_is_attached_looked_at_and_imported() -> None:
    rows = "".join(f"Site number {number},website,site-{number}\n" for number in range(400))
    sheet = ("accounts.csv", b"name,network,short_name\n" + rows.encode())
    async with room() as one:
        office = one.volunteer("Office", TeamRole.COORDINATOR)
        shown = await office.slash(one.channel, "account import", file=sheet)
        assert shown.ephemeral
        assert "400 accounts: 400 new" in said(shown)
        assert shown.response is not None
        more = await click(office, shown.response.message, "Next lines")
        assert "site-10: Site number 10" in said(more)
        assert "400 accounts imported" in said(await click(office, shown.response.message, "Import 400 accounts"))
        assert len(one.house.find(Account)) == 400
        refused = await office.slash(
            one.channel, "account import", file=("a.csv", b"name,network,password\na,x,hunter2\n")
        )
        assert "delete this file" in said(refused)
        assert "hunter2" not in said(refused)
