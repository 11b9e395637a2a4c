"""The main job on Slack from end to end, over the socket and over HTTP."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.core.chat import Card, Message, Person
from bot.topics.accounts.model import Account
from bot.topics.crisis.splicing import entries, piece
from bot.topics.crisis.versions import shipped
from bot.topics.team.model import Identity, TeamRole, Volunteer
from tests.adapters.slack.room import MODES, Room, room

REMINDED = datetime(2026, 11, 27, 15, tzinfo=UTC)  # the Friday after a holiday, nine in Chicago


@pytest.fixture(params=MODES)
async def here(request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    async with room(request.param) as made:
        yield made


async def test_a_new_team_is_set_up_by_code_and_picker(here: Room) -> None:
    here.house.put(Volunteer("nm", "New members"))
    office, ana = here.slack.user("Office"), here.slack.user("Ana")
    await office.say(f"start {here.code()}")
    said = await office.pressed("None of these")
    assert "You are the coordinator" in said.text
    assert "2 invited" not in said.text
    await office.pressed("Say who is who", said)
    form = await office.pressed("Who is New members?")
    turn = await office.submit(form, the_person=ana.id)
    assert "New members is @Ana now." in (await turn.answer()).text
    assert here.house.get(Identity, ana.address).volunteer == "nm"
    await here.settle()
    assert ana.letters[0].startswith("Welcome, New members")


async def test_who_joins_goes_by_the_time_zone_of_their_profile(here: Room) -> None:
    here.belongs()
    here.house.put(Volunteer("nm", "New members"))
    await here.slack.user("Ana", zone="Europe/Madrid").say("join New members")
    assert here.house.get(Volunteer, "nm").zone == "Europe/Madrid"


async def test_claim_posted_reminder_snooze_and_hand_over(here: Room) -> None:
    ana, ben = here.volunteer("Ana", reminders=None), here.volunteer("Ben")
    here.account()
    assert "You look after ce-x now" in (await ana.say("claim ce-x")).text
    await ana.pressed("Yes, remind me")
    assert "Noted: ce-x" in (await ana.say("posted ce-x")).text

    await here.until(REMINDED)
    (letter,) = ana.dms
    assert "No post recorded on ce-x since Mon 23 Nov" in letter.text
    assert letter.message is not None
    assert "No post recorded on ce-x since Mon 23 Nov" in letter.message.text  # notifications and screen readers
    snoozed = await ana.chosen("Snooze ce-x", "Tomorrow", letter)
    assert "I leave ce-x alone until Sat 28 Nov" in snoozed.text

    form = await ana.say("offer")
    turn = await ana.submit(form, account="ce-x", volunteer="Ben")
    assert "I ask Ben whether they take ce-x" in (await turn.answer()).text
    await here.later(hours=1)
    home = await ben.open_home()
    assert "ce-x (Continuing education) is offered to you by Ana" in home.text
    assert "ce-x" in (await ben.pressed("Accept ce-x", home)).text
    for who in (ana, ben):
        for item in ("access", "recovery", "removed", "notes"):
            await who.say(f"handover confirm ce-x {item}")
    assert here.house.get(Account, "a-ce-x").owner == "ben"


async def test_the_home_tab_is_fresh_after_what_its_owner_did(here: Room) -> None:
    ana = here.volunteer("Ana")
    here.account(owner="ana")
    home = await ana.open_home()
    assert "ce-x" in home.text
    await ana.say("posted ce-x")
    await here.slack.until(lambda: "last post Mon 23 Nov" in ana.home.text, "a fresh home tab")


async def test_the_home_tab_is_fresh_after_a_button_on_it(here: Room) -> None:
    ana = here.volunteer("Ana")
    here.account(owner="ana")
    home = await ana.open_home()
    await ana.press("Posted on ce-x", home)
    await here.slack.until(lambda: "last post Mon 23 Nov" in ana.home.text, "a fresh home tab")


async def test_a_kind_of_the_crisis_plan_is_brought_in_between_backticks(here: Room) -> None:
    office = here.volunteer("Office", TeamRole.COORDINATOR)
    longest = max((piece(shipped(), one.name) for one in entries(shipped())), key=len)
    changed = longest.replace('done: "', 'done: "noted: ', 1)
    answer = await office.write(f"playbook import\n```\n{changed}```")
    assert "Version 1 holds from now on" in answer.text
    assert "Changed: " in answer.text
    bad = changed.replace("role: lead", "role: pope")
    refused = await office.write(f"playbook import\n```\n{bad}```")
    assert "nothing was changed" in refused.text
    assert "role: “pope” is not one of" in refused.text


async def test_a_typed_message_to_steward_is_answered_there(here: Room) -> None:
    ana = here.volunteer("Ana")
    here.account(owner="ana")
    answer = await ana.write("posted ce-x")
    assert "Noted: ce-x" in answer.text
    assert "Undo on ce-x" in answer.buttons
    assert "ce-x" in (await ana.pressed("Undo on ce-x", answer)).text
    await here.slack.events_settled()
    assert len([one for one in ana.letters if "Noted: ce-x" in one]) <= 1  # its own words are not taken for somebody's


async def test_a_bare_command_shows_buttons_to_those_who_dislike_typing(here: Room) -> None:
    ana = here.volunteer("Ana", TeamRole.VOLUNTEER)
    said = await ana.say("")
    assert said.buttons
    assert "Hello Ana" in said.text


async def test_a_form_that_is_filled_in_wrongly_says_so_at_its_field_and_stays_open(here: Room) -> None:
    ana = here.volunteer("Ana")
    form = await ana.say("tip add")
    turn = await ana.submit(form, text="password: hunter22")
    assert form.view is not None
    assert form.view.open
    assert turn.ack.body["response_action"] == "errors"
    turn = await ana.submit(form, text="Our webinar on book repair is free next Tuesday")
    assert (await turn.answer()).text


async def test_everything_that_people_type_arrives_as_typed(here: Room) -> None:
    ana = here.volunteer("Ana")
    here.account(owner="ana")
    for words in ("<!channel> & @here", "*bold* _x_ `y`", "“smart quotes”", "5 < 6 > 4 &amp; &lt;"):
        await ana.say(f'posted ce-x words="{words}"')
        said = await ana.say("posts ce-x")
        assert words.strip("“”") in said.text, words


async def test_a_button_of_another_release_says_that_it_is_out_of_date(here: Room) -> None:
    ana = here.volunteer("Ana")
    screen = await ana.say("")
    for value in ("no such command?x=1", "", "?", "%%%"):
        turn = await ana.use(screen, screen.controls[0], {"value": value})
        assert "out of date" in (await turn.answer()).text, value


async def test_what_steward_writes_by_itself_unfurls_no_links(here: Room) -> None:
    ana = here.volunteer("Ana")
    await ana.write("home")
    send = Message(Person(ana.address), "k", Card("See https://ala.org/news"))
    here.house.store.write("t", lambda records: records.send(send)).result()
    await here.later(seconds=5)
    calls = here.slack.calls("chat.postMessage")
    assert len(calls) == 2
    assert {str(call[name]) for call in calls for name in ("unfurl_links", "unfurl_media")} <= {"0", "False"}
