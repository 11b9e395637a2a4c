"""Closed direct messages: another network first, then a note that waits, a coordinator, and perhaps the channel."""

from msgspec.structs import replace

from bot.core.chat import Button, Card, Message, Person, Place
from bot.core.plain import controls_of, plain
from bot.errors import Unreachable
from bot.topics.team.model import Identity, Missed, Notice, Team, TeamRole, Volunteer
from bot.topics.team.nudging import address
from tests.house import House

A_CARD = Card("For you", "Something waits for you.")


def since(house: House, id: str = "new-members") -> object:
    return house.get(Volunteer, id).unreachable_since


def fail(house: House, to: str = "test:new-members", key: str = "m", card: Card = A_CARD) -> None:
    """A message that closed direct messages do not take."""
    house.engine.cannot_reach("t", Message(Person(to), key, card))


def send(house: House, to: str, *, closed: int = 1) -> None:
    """A message over the pump, whose first attempts meet closed direct messages."""
    house.post.fail = [Unreachable("closed")] * closed
    house.store.write("t", lambda records: records.send(Message(Person(to), "m", A_CARD))).result()
    house.settle()


def in_channel(house: House) -> list[Message]:
    return [message for message in house.post.kept.values() if isinstance(message.to, Place)]


def allow_mention(house: House) -> None:
    house.say("team set channel here")
    house.say("mention yes", "new-members")


# -- one identity


def test_closed_direct_messages_are_noted_and_one_coordinator_is_told(house: House) -> None:
    house.volunteer("Second", TeamRole.COORDINATOR)
    fail(house)
    fail(house)
    assert since(house) == house.clock.time
    told = house.find(Notice)
    assert [one.volunteer for one in told] == ["office"]
    assert "New members" in str(told[0].text)


def test_an_unreachable_coordinator_is_told_of_by_another(house: House) -> None:
    house.volunteer("Second", TeamRole.COORDINATOR)
    fail(house, "test:office")
    fail(house)
    assert [one.volunteer for one in house.find(Notice)] == ["second", "second"]


def test_the_only_coordinator_finds_it_at_home(house: House) -> None:
    house.put(replace(house.get(Volunteer, "office"), reminders=None))
    fail(house)
    assert "don't reach New members" in house.say("home")


def test_any_later_act_clears_it_and_what_waits_is_sent(house: House) -> None:
    fail(house)
    house.say("team role new members observer")
    house.later(days=3)
    assert house.letters("new-members") == []
    house.say("weekends no", "new-members")
    assert since(house) is None
    house.later(days=1)
    assert "observer" in house.letters("new-members")[0]


def test_looking_at_something_shows_that_they_are_there_too(house: House) -> None:
    fail(house)
    house.say("home", "new-members")
    house.settle()
    assert since(house) is None
    assert house.get(Identity, "test:new-members").closed is None


def test_a_stranger_who_can_not_be_reached_changes_nothing(house: House) -> None:
    fail(house, "test:stranger")
    assert house.find(Notice) == []
    assert house.find(Missed) == []


def test_what_did_not_arrive_waits_until_it_is_opened(house: House) -> None:
    send(house, "test:new-members")
    assert house.letters("new-members") == []
    assert "A note waits" in house.say("home", "new-members")
    assert "Something waits for you." in house.press("Open my note", "new-members")
    assert "no private note" in house.say("note", "new-members")
    assert house.find(Missed) == []


def test_notes_are_opened_one_after_the_other_and_the_last_ten_are_kept(house: House) -> None:
    for number in range(12):
        house.clock.time = house.clock.time.replace(minute=number)
        fail(house, key=f"m{number}", card=Card("For you", f"Note {number}."))
    assert "Note 2." in house.say("note", "new-members")
    assert "Note 3." in house.press("Open my next note (9 more)", "new-members")


def test_nobody_opens_the_note_of_somebody_else(house: House) -> None:
    fail(house)
    for who in ("regional-groups", "stranger"):
        assert "no private note" in house.say("note", who)
    assert len(house.find(Missed)) == 1


def test_whoever_leaves_leaves_no_note_behind(house: House) -> None:
    fail(house)
    house.ask("team remove new members sure=yes")
    assert house.find(Missed) == []


# -- the line in the channel


def test_the_channel_gets_nothing_unless_the_volunteer_allowed_it(house: House) -> None:
    house.say("team set channel here")
    send(house, "test:new-members")
    assert in_channel(house) == []


def test_the_channel_gets_one_neutral_line_until_they_next_act(house: House) -> None:
    allow_mention(house)
    send(house, "test:new-members")
    fail(house, key="another")
    house.settle()
    (line,) = in_channel(house)
    assert (line.to, line.mentions) == (Place("test:here"), (Person("test:new-members"),))
    assert plain(line.card, house.zone).splitlines()[:2] == [
        "A private note",
        "test:new-members: a private note for you.",
    ]
    assert [button.label for button in controls_of(line.card)] == ["Open my note"]
    assert "I left a line for them" in house.letters("office")[0]
    house.say("posted nothing", "new-members")  # refused, and so nothing that they did
    assert since(house)
    house.press("Open my note", "new-members", line.card)
    house.settle()
    (line,) = in_channel(house)
    assert controls_of(line.card) == []
    house.later(minutes=1)
    fail(house, key="a third")
    house.settle()
    assert len(in_channel(house)) == 2


def test_the_button_in_the_channel_opens_nothing_for_others(house: House) -> None:
    allow_mention(house)
    send(house, "test:new-members")
    (line,) = in_channel(house)
    assert "no private note" in house.press("Open my note", "regional-groups", line.card)
    assert since(house)


def test_who_is_not_known_on_the_channel_s_network_is_not_named_there(house: House) -> None:
    house.put(replace(house.get(Team, "t"), channel="other:here/c"))
    house.say("mention yes", "new-members")
    send(house, "test:new-members")
    assert in_channel(house) == []


def test_the_consent_to_a_line_in_the_channel_is_its_own_and_is_taken_back(house: House) -> None:
    said = house.say("settings", "new-members")
    assert "nothing in the team's channel" in said
    assert "no channel yet" in house.press("Allow a line in the channel", "new-members")
    assert house.get(Volunteer, "new-members").mention is True
    house.press("Undo", "new-members")
    assert house.get(Volunteer, "new-members").mention is False


# -- several identities


def on_two(house: House, **more: object) -> None:
    """New members on two networks, preferring the first one; the second is stood in by another name on `test`."""
    house.put(Identity("test:new-members", "new-members"), Identity("slack:T1/U2", "new-members"))
    house.put(replace(house.get(Volunteer, "new-members"), prefers="slack"))


def written_to(house: House) -> Person | None:
    found: Person | None = house.read(lambda records: address(records, house.get(Volunteer, "new-members")))
    return found


def test_messages_go_to_the_network_that_is_preferred(house: House) -> None:
    on_two(house)
    assert written_to(house) == Person("slack:T1/U2")
    house.say("prefer test", "new-members")
    assert written_to(house) == Person("test:new-members")


def test_where_the_preferred_one_is_closed_the_other_one_gets_it(house: House) -> None:
    on_two(house)
    fail(house, "slack:T1/U2")
    house.settle()
    (letter,) = house.letters("new-members")
    assert "Something waits for you." in letter
    assert "Slack does not take my direct messages" in letter
    assert since(house) is None
    assert written_to(house) == Person("test:new-members")
    assert house.find(Notice) == []


def test_once_they_are_there_again_the_preferred_one_is_used_again(house: House) -> None:
    on_two(house)
    fail(house, "slack:T1/U2")
    house.say("weekends no", "new-members")
    assert written_to(house) == Person("test:new-members")  # they were here, which says nothing of Slack
    house.say("prefer slack", "new-members")
    assert written_to(house) == Person("slack:T1/U2")


def test_only_where_all_are_closed_they_are_unreachable(house: House) -> None:
    on_two(house)
    fail(house, "slack:T1/U2")
    house.post.fail = [Unreachable("closed")]
    house.settle()
    assert since(house)
    assert len(house.find(Notice)) == 1
    (missed,) = house.find(Missed)
    assert "Something waits for you." in plain(missed.card, house.zone)
    assert written_to(house) == Person("slack:T1/U2")


def test_a_message_that_moved_says_so_once(house: House) -> None:
    on_two(house)
    fail(house, "slack:T1/U2")
    house.settle()
    (message,) = house.messages("new-members")
    fail(house, "slack:T1/U2", card=message.card)
    house.settle()
    assert house.letters("new-members")[-1].count("does not take") == 1


def test_prefer_shows_the_networks_with_a_button_each(house: House) -> None:
    assert "known on Test only" in house.say("prefer", "new-members")
    on_two(house)
    card = house.ask("prefer", "new-members")
    assert "I write to you on Slack" in house.text(card)
    assert [one.label for one in controls_of(card) if isinstance(one, Button)] == [
        "Write to me on Test",
        "All my settings",
    ]
    house.press("Write to me on Test", "new-members")
    assert house.get(Volunteer, "new-members").prefers == "test"


def test_settings_say_where_one_is_really_written_to(house: House) -> None:
    on_two(house)
    assert "I write to you on: Slack" in house.say("settings", "new-members")
    fail(house, "slack:T1/U2")
    assert "I write to you on: Test" in house.say("settings", "new-members")
    house.press("Write to me on Slack", "new-members")
    assert "I write to you on: Slack" in house.say("settings", "new-members")


def test_a_message_goes_round_by_the_pump_and_arrives_once(house: House) -> None:
    house.put(Identity("test:nina", "new-members"))
    send(house, "test:new-members")
    house.later(days=1)
    assert house.letters("new-members") == []
    (letter,) = house.letters("nina")
    assert "Something waits for you." in letter
    assert house.find(Missed) == []
