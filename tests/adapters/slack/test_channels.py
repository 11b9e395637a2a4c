"""The team's channels, chosen in Slack's own list."""

from collections.abc import AsyncIterator

import pytest

from bot.topics.team.model import Team, TeamRole
from tests.adapters.slack.room import MODES, Room, room
from tests.adapters.slack.standin.user import SlackUser


@pytest.fixture(params=MODES)
async def here(request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    async with room(request.param) as made:
        yield made


@pytest.fixture
def office(here: Room) -> SlackUser:
    return here.volunteer("Office", TeamRole.COORDINATOR)


def kept(here: Room) -> tuple[str, str]:
    team = here.house.get(Team, "t")
    return team.channel, team.crisis_channel


async def test_channels_are_chosen_from_slacks_list_and_named_as_links(here: Room, office: SlackUser) -> None:
    social, trouble = here.slack.channel("social"), here.slack.channel("trouble", private=True)
    form = await office.say("team channels")
    kinds = [one.kind for one in form.controls]
    assert kinds == ["conversations_select", "conversations_select"]
    assert all(one.element["filter"]["include"] == ["public", "private"] for one in form.controls)
    turn = await office.submit(form, channel=social.id, crisis=trouble.id)
    assert kept(here) == (f"slack:T1/{social.id}", f"slack:T1/{trouble.id}")
    said = (await turn.answer()).text
    assert "#social" in said
    assert "#trouble" in said


async def test_the_second_channel_may_be_left_out(here: Room, office: SlackUser) -> None:
    social = here.slack.channel("social")
    await office.submit(await office.say("team channels"), channel=social.id)
    assert kept(here) == (f"slack:T1/{social.id}", "")


@pytest.mark.parametrize("words", ["here", "<#CSOCIAL|social>", "<#CSOCIAL>"])
async def test_a_channel_can_be_typed_too(here: Room, office: SlackUser, words: str) -> None:
    social = here.slack.channel("social")
    turn = here.slack.turn(office, social.id)
    _turn, payload = office.typed("", channel=social)
    payload |= {"text": f"team channels {words}", "response_url": turn.url, "trigger_id": turn.trigger}
    await office.hand_in(turn, "slash_commands", payload)
    assert "#social" in (await turn.answer()).text
    assert kept(here)[0] == "slack:T1/CSOCIAL"


async def test_what_goes_to_the_crisis_channel_arrives_there(here: Room, office: SlackUser) -> None:
    social, trouble = here.slack.channel("social"), here.slack.channel("trouble")
    await office.submit(await office.say("team channels"), channel=social.id, crisis=trouble.id)
    await office.say("sos scam posts on our page")
    await here.later(seconds=10)
    assert here.slack.bot_messages(trouble.id) != []


async def test_somebody_who_is_no_coordinator_chooses_nothing(here: Room) -> None:
    ana = here.volunteer("Ana")
    said = await ana.say("team channels")
    assert "Only a coordinator" in said.text
    assert kept(here) == ("", "")
