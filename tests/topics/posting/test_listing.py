from bot.topics.accounts.model import Account, Status
from bot.topics.posting.model import Post
from bot.topics.team.hours import DAY
from bot.topics.team.model import TeamRole
from tests.engine_room import START
from tests.house import House
from tests.topics.posting.conftest import Desk


def test_gaps_shows_mine_those_that_could_use_a_post_first(house: House, desk: Desk) -> None:
    desk.account("a-x", "owner", START)
    desk.account("b-x", "owner", START - 9 * DAY)
    desk.account("c-x", "owner")
    desk.account("d-x", "bea", START - 9 * DAY)
    said = house.say("gaps", "owner")
    assert "Of your accounts, b-x could use a post." in said
    assert said.index("on b-x since") < said.index("a-x: last post") < said.index("on c-x yet")
    assert "d-x" not in said


def test_a_coordinator_sees_all_own_ones_first_in_pages(house: House, desk: Desk) -> None:
    for number in range(13):
        desk.account(f"n{number:02}-x", "owner", START - 9 * DAY)
    desk.account("office-x", "office", START)
    said = house.say("gaps", "office")
    assert said.index("1. office-x") < said.index("2. No post recorded on n00-x")
    assert "1–10 of 14" in said
    assert "Owner: Owner" in said
    assert "11–14 of 14" in house.press("Next", "office")
    assert "of Owner" in house.say("gaps owner", "office")


def test_others_accounts_are_for_the_coordinator_to_see(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY)
    for said in ("gaps owner", "gaps all"):
        assert "Only a coordinator" in house.say(said, "bea")
    assert "You own no account" in house.say("gaps", "bea")
    assert "Bea owns no account" in house.say("gaps bea", "office")


def test_retired_accounts_are_not_listed(house: House, desk: Desk) -> None:
    desk.account("old-x", "owner", START, status=Status.RETIRED)
    assert "old-x" not in house.say("gaps all", "office")


def test_an_account_by_itself_offers_what_one_may_do(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY, backup="bea")
    house.volunteer("Eve")
    house.volunteer("Ob", TeamRole.OBSERVER)
    assert "Wrong rhythm" in house.say("last ce-x", "owner")
    backup = house.say("last ce-x", "bea")
    assert "Snooze" in backup
    assert "Wrong rhythm" not in backup
    other = house.say("last ce-x", "eve")
    assert "Posted on ce-x" in other
    assert "Snooze" not in other
    assert "Posted on" not in house.say("last ce-x", "ob")


def test_posts_come_newest_first_in_pages(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", *(START - number * DAY for number in range(23)))
    said = house.say("posts ce-x", "owner")
    assert "23 posts are recorded on ce-x." in said
    assert said.index("Mon 23 Nov") < said.index("Sun 22 Nov")
    assert "21–23 of 23" in house.say("posts ce-x 9", "owner")
    assert "11–20 of 23" in house.press("Previous posts", "owner")


def test_no_posts_lead_to_the_first_one(house: House, desk: Desk) -> None:
    desk.account("ce-x")
    assert "Nothing is recorded on ce-x yet" in house.say("posts ce-x", "owner")
    house.press("Posted on ce-x", "owner")
    assert len(house.find(Post)) == 1


def test_home_shows_my_accounts_and_their_state(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY)
    said = house.say("home", "owner")
    assert "Your accounts:" in said
    assert "No post recorded on ce-x since Sat 14 Nov." in said
    assert "ce-x" not in house.say("home", "bea")


def test_the_agenda_says_when_a_post_is_due(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START)
    assert "Fri 27 Nov 2026, 00:00: ce-x: a post is due" in house.say("agenda", "owner")
    assert "ce-x" not in house.say("agenda", "bea")


def test_what_was_never_worked_out_is_put_in_its_place_all_the_same(house: House, desk: Desk) -> None:
    """As in a sample that was only just loaded, or a restored copy."""
    for number in range(12):
        desk.account(f"n{number:02}-x", "owner", START)
    house.put(Account("z", "z-x", "Z", "x", owner="owner", status=Status.ACTIVE))
    house.put(Post("p", "z", START - 9 * DAY, "", START))
    assert "1. No post recorded on z-x" in house.say("gaps", "owner")


def test_home_shows_what_a_backup_is_asked(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY, backup="bea")
    house.later(days=2, hours=1)
    assert "ce-x could use a hand. Can you?" in house.say("home", "bea")
    assert "Thank you" in house.press("Yes", "bea")
    assert "could use a hand" not in house.say("home", "bea")
