import pytest
from msgspec.structs import replace

from bot.core.chat import Form, Person, Request
from bot.topics.accounts.model import Account, Days, MirrorKind, Status
from tests.house import HERE, House


def by_short(house: House, short: str) -> Account:
    return house.find(Account, short=short)[0]


def test_anyone_may_find_an_account_but_sees_nothing_of_the_teams_own(team: House) -> None:
    said = team.say("find @alcts_ce", as_="stranger")
    assert "ALCTS Continuing Education on X, @ALCTS_CE" in said
    assert "Courses" in said
    assert "Members" in said
    assert "webinars, news" in said
    for inside in ("maria", "Inside note", "Login", "ben"):
        assert inside not in said


def test_members_see_owner_and_backup_but_only_holders_and_coordinators_the_access_record(team: House) -> None:
    team.say("access set ce-x the office password manager", as_="maria")
    assert "Owner: maria" in team.say("find ce-x", as_="olga")
    assert "password manager" not in team.say("find ce-x", as_="olga")
    for who in ("maria", "ben", "office"):
        assert "the office password manager" in team.say("find ce-x", as_=who)


def test_an_unclear_question_is_answered_with_buttons_to_choose_from(team: House) -> None:
    said = team.say("find twitter", as_="stranger")
    assert "one of these 2" in said
    assert "Continuing Education" in team.press("Show ce-x", as_="stranger")


def test_a_question_that_says_nothing_gets_an_example(team: House) -> None:
    assert "Try a handle" in team.say("find zzzz qqqq", as_="stranger")


def test_find_without_words_asks_for_them(team: House) -> None:
    assert isinstance(team.ask("find", as_="stranger"), Form)


def test_an_account_is_added_with_a_short_name_of_its_own(team: House) -> None:
    assert "Its short name is alcts-jobs-x" in team.say("account add twitter ALCTS Jobs @ALCTS_Jobs")
    added = by_short(team, "alcts-jobs-x")
    assert (added.network, added.name, added.handle, added.status) == ("x", "ALCTS Jobs", "@ALCTS_Jobs", Status.UNKNOWN)


def test_only_coordinators_add_retire_and_merge(team: House) -> None:
    for typed in ("account add x Jobs @jobs", "account retire ce-x", "account merge ce-x office-x"):
        assert "Only a coordinator" in team.say(typed, as_="maria")
    assert len(team.find(Account)) == 3


def test_the_same_handle_is_not_added_twice(team: House) -> None:
    assert "is ce-x already" in team.say("account add x Another @alcts_ce")


@pytest.mark.parametrize("short", ["ce-x", "mine", "x", "bad name", "-", "a" * 30])
def test_a_short_name_is_unique_and_well_formed(team: House, short: str) -> None:
    said = team.say(f'account add x Another @another short="{short}"')
    assert "Not yet" in said
    assert len(team.find(Account)) == 3


def test_a_renamed_account_keeps_its_old_names_and_nobody_else_gets_them(team: House) -> None:
    team.say("account edit ce-x short learn-x")
    team.say("account edit learn-x handle @ALCTS_Learn", as_="maria")
    team.say("account edit learn-x name ALCTS Learning")
    account = by_short(team, "learn-x")
    assert account.past_shorts == ("ce-x",)
    assert account.past_handles == ("@ALCTS_CE",)
    assert account.aliases == ("ALCTS Continuing Education",)
    for old in ("ce-x", "@ALCTS_CE", "alcts continuing education"):
        assert "ALCTS Learning" in team.say(f"find {old}", as_="stranger")
    assert "none is used twice" in team.say("account add x Another @another short=ce-x")
    assert "learn-x" in team.say("account show ce-x")


def test_a_short_name_can_be_taken_back_by_its_own_account(team: House) -> None:
    team.say("account edit ce-x short learn-x")
    team.press("Undo")
    account = by_short(team, "ce-x")
    assert account.past_shorts == ("learn-x",)


def test_the_owner_edits_what_is_theirs_and_nobody_else_does(team: House) -> None:
    assert "ce-x, purpose: Tell members" in team.say("account edit ce-x purpose Tell members", as_="maria")
    assert "ce-x, themes: jobs; news" in team.say("account edit ce-x themes jobs, news", as_="maria")
    assert by_short(team, "ce-x").themes == ("jobs", "news")
    assert "looked after by maria" in team.say("account edit ce-x purpose Mine", as_="ben")
    assert "Only a coordinator can change the name" in team.say("account edit ce-x name Mine", as_="maria")
    assert "Courses" in team.say("account edit ce-x purpose Courses", as_="office")


def test_an_edit_can_be_undone_and_emptied(team: House) -> None:
    team.say("account edit ce-x purpose Something", as_="maria")
    team.press("Undo", as_="maria")
    assert by_short(team, "ce-x").purpose == "Courses"
    team.say("account edit ce-x purpose none", as_="maria")
    assert by_short(team, "ce-x").purpose == ""


def test_edit_without_a_text_says_what_is_noted_now(team: House) -> None:
    assert "is: Courses" in team.say("account edit ce-x purpose", as_="maria")


@pytest.mark.parametrize(("what", "text"), [("url", "not a page"), ("followers", "many"), ("network", "myspace")])
def test_what_can_not_be_kept_is_refused_and_nothing_changes(team: House, what: str, text: str) -> None:
    before = by_short(team, "ce-x")
    assert "Not yet" in team.say(f"account edit ce-x {what} {text}")
    assert by_short(team, "ce-x") == before


def test_numbers_may_be_written_as_people_write_them(team: House) -> None:
    team.say("account edit ce-x followers 1,546", as_="maria")
    assert by_short(team, "ce-x").followers == 1546


def test_the_status_says_how_an_account_is_doing_and_can_be_taken_back(team: House) -> None:
    assert "dormant" in team.say("account status ce-x dormant", as_="maria")
    assert by_short(team, "ce-x").status is Status.DORMANT
    team.press("Back to active", as_="maria")
    assert by_short(team, "ce-x").status is Status.ACTIVE
    assert "account retire" in team.say("account status ce-x retired", as_="maria")
    assert "active, quiet, dormant or unknown" in team.say("account status ce-x lively", as_="maria")


def test_a_mirror_is_identical_or_reworded_and_never_a_circle(team: House) -> None:
    assert "word for word" in team.say("account mirror pw-yt ce-x identical")
    account = by_short(team, "pw-yt")
    assert (account.mirror_of, account.mirror_kind) == ("a1", MirrorKind.IDENTICAL)
    assert "repeat itself" in team.say("account mirror ce-x pw-yt")
    team.say("account mirror pw-yt stop=yes")
    assert by_short(team, "pw-yt").mirror_of == ""
    assert "reworded" in team.say("account mirror pw-yt office-x")


def test_caps_hold_a_day_and_a_week_and_nought_is_no_limit(team: House) -> None:
    assert "2 a day and 7 a week" in team.say("account caps ce-x 2 7", as_="maria")
    team.say("account caps ce-x 0 7", as_="maria")
    account = by_short(team, "ce-x")
    assert (account.cap_day, account.cap_week) == (None, 7)
    assert "from 0" in team.say("account caps ce-x -1", as_="maria")
    assert "at most 7 a week" in team.say("account caps ce-x", as_="ben")
    assert "looked after by" in team.say("account caps ce-x 3", as_="ben")


def test_a_retired_account_keeps_its_name_and_can_come_back(team: House) -> None:
    team.say("offer pw-yt ben")
    assert "retired" in team.say("account retire pw-yt")
    assert "Status: retired" in team.say("find pw-yt", as_="stranger")
    assert "is retired" in team.say("claim pw-yt", as_="ben")
    assert "Nothing waits" in team.say("offers", as_="ben")
    assert "none is used twice" in team.say("account add youtube Another short=pw-yt")
    team.say("account restore pw-yt")
    assert by_short(team, "pw-yt").status is Status.UNKNOWN


def test_a_merged_account_leads_to_the_one_that_carries_on(team: House) -> None:
    team.say("account mirror office-x ce-x")
    team.say("account merge ce-x office-x")
    assert "ALCTS Office" in team.say("find @ALCTS_CE", as_="stranger")
    assert by_short(team, "office-x").mirror_of == ""
    assert "same account" in team.say("account merge office-x office-x")
    team.say("account restore ce-x")
    assert "Continuing Education" in team.say("find @ALCTS_CE", as_="stranger")


def test_markup_in_a_name_is_literal_text(team: House) -> None:
    team.say('account add other "<@U1> *bold* @everyone" short=odd')
    assert by_short(team, "odd").name == "<@U1> *bold* @everyone"


def test_the_card_shows_the_accounts_own_rhythm(team: House) -> None:
    ours = team.find(Account, short="ce-x")[0]
    assert "Rhythm" not in team.say("account show ce-x")
    for changes, words in (
        ({"every": 1}, "Rhythm: one post every day"),
        ({"every": 3, "days": Days.WORKING}, "Rhythm: one post every 3 working days"),
        ({"every": 0}, "Rhythm: no posts are wanted"),
        ({"per_week": 2}, "Rhythm: 2 a week"),
    ):
        team.put(replace(ours, **changes))
        assert words in team.say("account show ce-x")


def test_a_title_that_is_too_long_for_a_choice_says_so(team: House) -> None:
    team.put(Account("long", "long-x", "The very long name of an account " * 3, "x"))
    choices = dict(team.engine.suggest(Request(Person("test:olga"), HERE, "last"), "account", "long"))
    assert len(choices["long-x"]) == 75
    assert choices["long-x"].endswith("…")
