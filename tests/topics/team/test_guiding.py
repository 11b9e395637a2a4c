"""Setting up: the first coordinator is led from step to step, in cards and forms."""

from bot.core.chat import Choice, Form, Kind, Tick, Ticks
from bot.core.plain import controls_of
from bot.topics.accounts.model import Account
from bot.topics.team.codes import give_code
from bot.topics.team.model import Purpose, Team, Volunteer
from tests.house import House


def started() -> House:
    """A team whose first coordinator has just typed the code."""
    house = House()
    house.put(Account("a", "ce-x", "Continuing education", "x"), Volunteer("photos", "Photos"))
    code = house.store.write(
        "t", lambda records: give_code(records, house.chance, house.clock.time, Purpose.START)
    ).result()
    house.ask(f"start {code} name=new", "ana")
    return house


def pressed(house: House, label: str) -> Form:
    """The form that a button opens."""
    house.press(label, "ana")
    form = house.last["ana"]
    assert isinstance(form, Form)
    return form


def test_the_first_coordinator_is_led_through_all_of_it() -> None:
    house = started()
    house.submit(pressed(house, "Another time zone"), "ana", zone="chicago")
    house.submit(pressed(house, "Next: allow messages"), "ana", on="yes")
    form = pressed(house, "Next: choose the channels")
    assert [(field.kind, field.required) for field in form.fields] == [(Kind.PLACE, True), (Kind.PLACE, False)]
    said = house.text(house.submit(form, "ana", channel="test:here/C1", crisis="test:here/C2"))
    assert "test:here/C1" in said
    team = house.get(Team, "t")
    assert (team.channel, team.crisis_channel) == ("test:here/C1", "test:here/C2")
    form = pressed(house, "Next: name the policy")
    house.submit(form, "ana", value="in the wiki")
    house.ask("team setup", "ana")
    house.press("Next: say who is who", "ana")
    form = pressed(house, "Who is Photos?")
    house.submit(form, "ana", person="test:phil")
    assert "All is set" in house.say("team setup", "ana")
    house.close()


def test_the_zone_is_asked_with_suggestions_and_only_of_who_has_none() -> None:
    house = started()
    (choice,) = [one for one in house.last["ana"].controls if isinstance(one, Choice)]  # type: ignore[union-attr]
    assert choice.choices[0] == ("team", "The team's, America/Chicago")
    assert ("UTC", "UTC") in choice.choices
    house.press("America/Denver", "ana")
    assert [one.zone for one in house.find(Volunteer, name="Ana")] == ["America/Denver"]
    labels = [button.label for button in controls_of(house.ask("welcome", "ana"))]
    assert "Another time zone" not in labels
    house.close()


def test_setting_up_shows_what_is_done_and_what_is_not() -> None:
    house = started()
    card = house.ask("team setup", "ana")
    ticks = [tick for block in getattr(card, "blocks", ()) if isinstance(block, Ticks) for tick in block.ticks]
    assert all(isinstance(tick, Tick) for tick in ticks)
    assert [tick.done for tick in ticks] == [False, False, False, False, True, False]
    assert "Go on setting up" in house.say("home", "ana")
    house.close()


def test_once_the_team_has_a_channel_settings_lead_on_nowhere(house: House) -> None:
    assert "Next: " in house.say("weekends yes")
    house.say("team channels here here")
    assert "Next: " not in house.say("weekends no")
    assert "Next: " not in house.say("weekends no", "new-members")


def test_channels_are_kept_as_they_were_where_one_is_left_out_and_undone(house: House) -> None:
    house.say("team channels here test:here/C2")
    house.say("team channels test:here/C3")
    team = house.get(Team, "t")
    assert (team.channel, team.crisis_channel) == ("test:here/C3", "test:here/C2")
    house.press("Undo: channel as before")
    assert house.get(Team, "t").channel == "test:here"
    house.say("team channels none none")
    assert house.get(Team, "t").crisis_channel == ""


def test_a_channel_of_another_server_is_refused_at_its_field(house: House) -> None:
    form = house.ask("team channels")
    again = house.submit(form, channel="test:here/C1", crisis="slack:T9/C9")
    assert isinstance(again, Form)
    assert "I don't know the channel" in next(field.error for field in again.fields if field.name == "crisis")
    assert house.get(Team, "t").channel == ""
