"""From a message that somebody saved to a post, on Slack: by shortcut, direct message, button and form."""

from collections.abc import AsyncIterator

import pytest

from bot.adapters.slack.codes import shortcut_id
from bot.topics.drafting.model import Draft, DraftState, Need, Policy, Tip, TipState
from bot.topics.posting.model import Post, PostKind
from tests.adapters.slack.room import MODES, Room, room

TIP = "Our free webinar on book repair is on 5 May 2027. Register: https://ala.org/repair"
LINK = "https://x.com/ce/status/1"


@pytest.fixture(params=MODES)
async def here(request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    async with room(request.param) as made:
        made.house.put(Policy("policy", Need.ALWAYS))
        yield made


async def test_from_a_saved_message_over_a_second_pair_of_eyes_to_a_post_that_its_giver_hears_of(here: Room) -> None:
    ana, ben, guest = here.volunteer("Ana"), here.volunteer("Ben"), here.slack.user("Guest")
    here.account(owner="ana", themes=("webinars",))
    turn = await guest.shortcut(shortcut_id("tip add"), guest.post(TIP))
    thanks = await turn.answer()
    assert "I tell you once, privately, what became of it." in thanks.text
    assert thanks.message is not None
    assert thanks.message.only == guest.id

    await here.later(days=2)
    suggested = next(one for one in ana.dms if "A tip that might suit" in one.text)
    draft = await ana.pressed("Draft for ce-x", suggested)
    assert "It needs somebody else's approval" in draft.text
    assert "It is out on ce-x" not in draft.buttons
    asked = await ana.pressed("Ask for a second pair of eyes", draft)
    assert "waits for a second pair of eyes now: Ben" in asked.text

    await here.later(days=4)
    letter = next(one for one in ben.dms if "Ana asks for a second pair of eyes" in one.text)
    card = await ben.pressed("Read the draft for ce-x", letter)
    assert "word for word" in (await ben.pressed("Approve for ce-x", card)).text
    assert "approved already" in (await ben.pressed("Approve for ce-x", card)).text  # an old button

    form = await ana.pressed("It is out on ce-x", await ana.say("read ce-x"))
    sent = await ana.submit(form, its_link=LINK, kind="Campaign", campaign="Preservation Week")
    assert "Noted: ce-x" in (await sent.answer()).text
    (post,) = here.house.find(Post)
    assert (post.link, post.kind, post.campaign) == (LINK, PostKind.CAMPAIGN, "Preservation Week")
    assert here.house.find(Draft)[0].state is DraftState.POSTED
    assert here.house.find(Tip)[0].state is TipState.POSTED
    await here.later(days=1)
    (told,) = guest.dms
    assert "It went out." in told.text
    assert told.message is not None
    assert LINK in str(told.message.blocks)
    assert "book repair" in (await ben.say("archive preservation repair")).text


async def test_a_tip_is_set_aside_in_one_s_own_words_and_its_giver_reads_them(here: Room) -> None:
    ana, guest = here.volunteer("Ana"), here.slack.user("Guest")
    turn = await guest.shortcut(shortcut_id("tip add"), guest.post(TIP))
    await turn.answer()
    card = await ana.say("tip show webinar")
    form = await ana.pressed("Set it aside", card)
    wrong = await ana.submit(form, reason="…")
    assert "kind reason" in str(wrong.ack.body)
    sent = await ana.submit(form, reason="the hall is closed then")
    assert "Guest is told so, with thanks" in (await sent.answer()).text
    assert guest.dms == []
    await here.later(days=1)
    (told,) = guest.dms
    assert "It is not posted this time: the hall is closed then." in told.text
    assert "was set aside" in (await ana.pressed("Change the tip", card)).text  # an old button
