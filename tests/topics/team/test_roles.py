from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.topics.accounts.model import Account, Status
from bot.topics.team.duties import Checklist, RoleOffer
from bot.topics.team.model import Standing, TeamRole, Volunteer
from tests.house import House


def role(house: House, id: str) -> TeamRole:
    return house.get(Volunteer, id).role


def coordinators(house: House) -> list[Volunteer]:
    return house.find(Volunteer, role=TeamRole.COORDINATOR, standing=Standing.ACTIVE)


def test_the_role_is_offered_and_accepted_by_the_button_in_the_nudge(house: House) -> None:
    house.say("team coordinator offer new members")
    assert role(house, "new-members") is TeamRole.VOLUNTEER
    house.later(minutes=1)
    said = house.press("Accept the coordinator's role", "new-members")
    assert said.startswith("You are a coordinator now")
    assert role(house, "new-members") is TeamRole.COORDINATOR
    assert role(house, "office") is TeamRole.COORDINATOR
    assert house.find(RoleOffer) == []
    assert "New members is a coordinator now" in house.say("home")


def test_an_offer_waits_at_home_and_can_be_declined(house: House) -> None:
    house.say("team coordinator offer new members")
    house.ask("home", "new-members")
    assert "That is fine" in house.press("No, thank you", "new-members")
    assert role(house, "new-members") is TeamRole.VOLUNTEER
    assert "can’t take" in house.say("home")
    assert "not offered to you" in house.say("team coordinator accept", "new-members")


def test_an_offer_is_taken_back_before_it_is_told(house: House) -> None:
    house.clock.time = datetime(2026, 11, 24, 4, tzinfo=UTC)  # 22:00 in Chicago
    house.ask("team coordinator offer new members")
    assert "taken back" in house.press("Take back the offer to New members")
    house.later(days=7)
    assert house.letters("new-members") == []
    assert "not offered to you" in house.say("team coordinator accept", "new-members")


def test_an_offer_is_taken_back_after_it_was_told(house: House) -> None:
    house.say("team coordinator offer new members")
    house.later(minutes=1)
    assert "Only a coordinator" in house.say("team coordinator withdraw new members", "regional-groups")
    assert "taken back" in house.say("team coordinator withdraw")
    assert "not offered to you" in house.press("Accept the coordinator's role", "new-members")
    assert "not offered to you any more" in house.say("home", "new-members")
    assert "not offered to them" in house.say("team coordinator withdraw new members")


def test_a_retired_account_keeps_nobody_from_looking_on_only(house: House) -> None:
    house.put(Account("a", "old-x", "Old", "x", owner="new-members", status=Status.RETIRED))
    assert "is an observer now" in house.say("team role new members observer")


def test_an_observer_is_told_who_can_change_that(house: House) -> None:
    house.volunteer("Watcher", TeamRole.OBSERVER)
    house.put(Account("a", "ce-x", "CE", "x"))
    said = house.say("claim ce-x", "watcher")
    assert "you are an observer" in said
    assert "`team show`" in said


def test_nobody_accepts_what_was_not_offered(house: House) -> None:
    house.say("team coordinator offer new members")
    assert "not offered to you" in house.say("team coordinator accept", "regional-groups")
    assert "Only a coordinator" in house.say("team coordinator offer regional groups", "regional-groups")


def test_the_checklist_is_kept_and_ticked(house: House) -> None:
    house.say("team coordinator offer new members")
    house.ask("team coordinator accept", "new-members")
    for what in ("app", "host", "bill", "backups", "roster"):
        house.press(f"Tick the {what}", "new-members")
    (kept,) = house.find(Checklist)
    assert [mark.by for mark in kept.marks] == ["new-members"] * 5
    assert "All of it has passed on" in house.say("team checklist")
    assert "1 of these has to pass on" in house.press("Take back the bill")


def test_stepping_down_points_at_what_has_not_passed_on(house: House) -> None:
    house.say("team coordinator offer new members")
    house.say("team coordinator accept", "new-members")
    assert "Before you step down" in house.text(house.ask("team coordinator step-down"))
    assert role(house, "office") is TeamRole.COORDINATOR
    house.press("Step down all the same")
    assert role(house, "office") is TeamRole.VOLUNTEER


def test_after_the_checklist_stepping_down_is_one_word(house: House) -> None:
    house.say("team coordinator offer new members")
    house.say("team coordinator accept", "new-members")
    for what in ("app", "host", "bill", "backups", "roster"):
        house.say(f"team checklist {what}")
    assert "You have stepped down" in house.say("team coordinator step-down")


def test_the_last_coordinator_stays(house: House) -> None:
    for typed in ("team coordinator step-down", "team role me volunteer", "team remove me", "leave", "leave sure=yes"):
        assert "only coordinator" in house.say(typed), typed
    assert "take that role back first" in house.say("team unmatch office")
    assert role(house, "office") is TeamRole.COORDINATOR


def test_a_role_is_set_told_and_undone(house: House) -> None:
    house.ask("team role new members observer")
    assert role(house, "new-members") is TeamRole.OBSERVER
    house.press("Undo")
    assert role(house, "new-members") is TeamRole.VOLUNTEER


def test_coordinator_is_no_role_to_be_set(house: House) -> None:
    assert "team coordinator offer" in house.say("team role new members coordinator")
    assert "Only a coordinator" in house.say("team role office observer", "new-members")


def test_the_role_is_not_offered_to_somebody_who_has_not_come_in(house: House) -> None:
    house.say("team invite Bob")
    assert "not come in yet" in house.say("team coordinator offer bob")


ACTS = st.tuples(
    st.sampled_from(["office", "new-members", "regional-groups"]),
    st.sampled_from(
        [
            "team coordinator offer new members",
            "team coordinator offer office",
            "team coordinator offer regional groups",
            "team coordinator accept",
            "team coordinator decline",
            "team coordinator step-down sure=yes",
            "team role office observer",
            "team role new members volunteer",
            "team remove new members",
            "team remove office regional groups",
            "leave sure=yes",
            "team invite new members",
            "join new members",
        ]
    ),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ACTS, max_size=14))
def test_whatever_people_do_there_is_always_a_coordinator(acts: list[tuple[str, str]]) -> None:
    house = House()
    try:
        house.volunteer("Office", TeamRole.COORDINATOR)
        house.volunteer("New members")
        house.volunteer("Regional groups")
        for who, typed in acts:
            house.say(typed, who)
            assert coordinators(house), (who, typed)
    finally:
        house.close()


def test_nobody_who_looks_after_an_account_becomes_an_observer(house: House) -> None:
    house.put(Account("a1", "ce-x", "Continuing education", "x", owner="new-members"))
    said = house.say('team role "New members" observer')
    assert "still looks after ce-x" in said
    assert house.get(Volunteer, "new-members").role is TeamRole.VOLUNTEER
