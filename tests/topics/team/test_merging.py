from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.topics.accounts.model import Account
from bot.topics.team.merging import lower_role, stricter
from bot.topics.team.model import Away, Identity, Notice, Nudging, Standing, TeamRole, Volunteer
from bot.topics.team.model import House as HouseRecord
from tests.house import House
from tests.topics.team.elsewhere import THERE, at, code_in, link, said

ROLES = st.sampled_from(list(TeamRole))
CONSENTS = st.sampled_from([True, False, None])


@given(ROLES, ROLES)
def test_the_lower_role_is_never_above_either(one: TeamRole, other: TeamRole) -> None:
    order = [TeamRole.OBSERVER, TeamRole.VOLUNTEER, TeamRole.COORDINATOR]
    assert order.index(lower_role(one, other)) == min(order.index(one), order.index(other))


@given(CONSENTS, CONSENTS)
def test_a_no_to_messages_outlives_linking(one: bool | None, other: bool | None) -> None:
    assert stricter(one, other) == stricter(other, one)
    assert (stricter(one, other) is False) == (False in (one, other))


def test_two_volunteers_become_one_with_the_lower_role_and_all_that_both_had(house: House) -> None:
    house.volunteer("Second", TeamRole.COORDINATOR)
    house.volunteer("Nina", alarms=False)
    now = house.clock.time
    house.put(
        Away("a", "nina", now.date(), None),
        Notice("n", "nina", now, "Something waits."),
        Nudging("nina", (now - timedelta(days=1),)),
    )
    house.put(HouseRecord(THERE.id, now))
    link(house, "second", "nina")
    kept = house.get(Volunteer, "second")
    assert (kept.role, kept.alarms, kept.standing) == (TeamRole.VOLUNTEER, False, Standing.ACTIVE)
    assert house.get(Volunteer, "nina").standing is Standing.LEFT
    assert house.get(Identity, "test:nina").volunteer == "second"
    assert [one.volunteer for one in house.find(Away)] == ["second"]
    assert [one.volunteer for one in house.find(Notice)] == ["second"]
    assert house.get(Nudging, "second").sent == (now - timedelta(days=1),)


def test_linking_never_takes_the_last_coordinator(house: House) -> None:
    house.volunteer("Nina")
    code = code_in(house.say("link"))
    assert "no coordinator" in said(at(house, f"link {code}", "nina"))
    assert house.get(Volunteer, "office").role is TeamRole.COORDINATOR


def test_linking_leaves_no_account_with_an_observer(house: House) -> None:
    house.put(Account("a", "crg-x", "Regional groups", "x", owner="regional-groups"))
    house.volunteer("Rita", TeamRole.OBSERVER)
    code = code_in(house.say("link", "rita"))
    answer = said(at(house, f"link {code}", "regional-groups"))
    assert "there is crg-x" in answer
    assert "`team role Rita volunteer`" in answer


def test_two_who_become_one_are_mentioned_in_the_channel_only_if_both_allowed_it(house: House) -> None:
    house.say("mention yes", "new-members")
    link(house, "new-members", "regional-groups")
    assert house.get(Volunteer, "new-members").mention is False
