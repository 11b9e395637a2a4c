"""From a message that somebody saved to a post, on Discord: by menu, direct message, button and form."""

import discord
from simcord.actors import MemberActor

from bot.topics.accounts.model import Account, Status
from bot.topics.drafting.model import Draft, DraftState, Need, Policy, Tip, TipState
from bot.topics.posting.model import Post, PostKind
from tests.adapters.discord.room import Room, room
from tests.adapters.discord.seen import read, said
from tests.adapters.discord.test_journey import click

TIP = "Our free webinar on book repair is on 5 May 2027. Register: https://ala.org/repair"
LINK = "https://x.com/ce/status/1"


def letter(one: Room, to: MemberActor, words: str) -> discord.Message:
    return next(each for each in one.letters(to) if words in read(each))


async def test_from_a_saved_message_over_a_second_pair_of_eyes_to_a_post_that_its_giver_hears_of() -> None:
    async with room() as one:
        ann, ben, eve = one.volunteer("Ann"), one.volunteer("Ben"), one.somebody("Eve")
        one.house.put(
            Policy("policy", Need.ALWAYS),
            Account("a", "ce-x", "Education", "x", status=Status.ACTIVE, owner="ann", themes=("webinars",)),
        )
        message = await ann.send(one.channel, TIP)
        thanks = await eve.context_menu(one.channel, "Save as tip", message)
        assert thanks.ephemeral
        assert "I tell you once, privately, what became of it." in said(thanks)

        await one.later(days=2)
        draft = await click(ann.user, letter(one, ann, "A tip that might suit"), "Draft for ce-x")
        assert "It needs somebody else's approval" in said(draft)
        assert draft.response is not None
        asked = await click(ann.user, draft.response.message, "Ask for a second pair of eyes")
        assert "waits for a second pair of eyes now: Ben" in said(asked)

        await one.later(days=4)
        card = await click(ben.user, letter(one, ben, "asks for a second pair of eyes"), "Read the draft for ce-x")
        assert card.response is not None
        for answered in ("word for word", "approved already"):  # the second time, it is an old button
            assert answered in said(await click(ben.user, card.response.message, "Approve for ce-x"))

        ready = await ann.slash(one.channel, "read", draft="ce-x")
        assert ready.response is not None
        form = await click(ann, ready.response.message, "It is out on ce-x")
        sent = await ann.submit_modal(form, {"link": LINK, "kind": ["campaign"], "campaign": "Preservation Week"})
        assert "Noted: ce-x" in said(sent)
        (post,) = one.house.find(Post)
        assert (post.link, post.kind, post.campaign) == (LINK, PostKind.CAMPAIGN, "Preservation Week")
        assert one.house.find(Draft)[0].state is DraftState.POSTED
        assert one.house.find(Tip)[0].state is TipState.POSTED

        await one.later(days=1)
        (told,) = one.letters(eve)
        assert "It went out." in read(told)
        assert LINK in read(told)
        assert "book repair" in said(await ben.slash(one.channel, "archive", words="preservation repair"))


async def test_a_tip_is_set_aside_in_one_s_own_words_and_its_giver_reads_them() -> None:
    async with room() as one:
        ann, eve = one.volunteer("Ann"), one.somebody("Eve")
        await eve.context_menu(one.channel, "Save as tip", await ann.send(one.channel, TIP))
        card = await ann.slash(one.channel, "tip show", tip="webinar")
        assert card.response is not None
        form = await click(ann, card.response.message, "Set it aside")
        assert "there was no room this time" in str(form.modal).casefold()  # an example, not the only choice
        sent = await ann.submit_modal(form, {"reason": "the hall is closed then"})
        assert "is told so, with thanks" in said(sent)
        await one.later(days=1)
        (told,) = one.letters(eve)
        assert "It is not posted this time: the hall is closed then." in read(told)
