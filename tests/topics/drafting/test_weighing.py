"""What the checker knows of the account, its posts and the other accounts when it looks at a draft."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.core.chat import Button, LinkButton
from bot.core.plain import controls_of
from bot.topics.accounts.model import Account, MirrorKind
from bot.topics.posting.model import Post, PostKind
from tests.house import House
from tests.topics.drafting.conftest import Desk

SAME = "Mend your books with us on Friday at https://ala.org/repair"


def posted(
    house: House, days: float, *, kind: PostKind = PostKind.CONTENT, short: str = "ce-x", words: str = ""
) -> None:
    at = house.clock.time - timedelta(days=days)
    house.put(Post(f"p{len(house.find(Post))}", f"id-{short}", at, "owner", at, kind=kind, words=words))


def limited(house: House, **caps: int) -> None:
    house.put(replace(house.get(Account, "id-ce-x"), **caps))


def told(house: House, desk: Desk, text: str = SAME) -> str:
    return house.say(f"read {desk.written(text).id}", "owner")


def test_the_posts_of_the_day_and_of_the_week_are_held_against_the_caps(house: House, desk: Desk) -> None:
    limited(house, cap_day=1, cap_week=3)
    posted(house, 8)
    posted(house, 2)
    posted(house, 3, short="ce-fb")
    assert "already; no more" not in told(house, desk)
    posted(house, 5)
    posted(house, 6)
    assert "3 this week already; no more than 3 a week is wanted here." in told(house, desk, f"Again: {SAME}")
    posted(house, 0)
    assert "1 today already; no more than 1 a day is wanted here." in told(house, desk, f"Once more: {SAME}")


def test_the_balance_is_that_of_the_last_28_days(house: House, desk: Desk) -> None:
    assert "It is not kept yet which posts belonged to a campaign." in told(house, desk)
    posted(house, 29, kind=PostKind.CAMPAIGN)
    posted(house, 27)
    posted(house, 1, kind=PostKind.REPLY)
    assert "1 of content and 0 of campaigns in the last 28 days." in told(house, desk, f"Again: {SAME}")


def test_the_same_words_of_another_account_count_for_a_week_and_the_own_ones_never(house: House, desk: Desk) -> None:
    posted(house, 8, short="ce-fb", words=SAME)
    posted(house, 1, words=SAME)
    assert "says exactly the same" not in told(house, desk)
    posted(house, 6, short="ce-fb", words=SAME)
    assert "ce-fb says exactly the same." in told(house, desk)


def test_an_account_that_repeats_another_word_for_word_may_do_so(house: House, desk: Desk) -> None:
    house.put(replace(house.get(Account, "id-ce-fb"), mirror_of="id-ce-x", mirror_kind=MirrorKind.IDENTICAL))
    posted(house, 1, short="ce-fb", words=SAME)
    assert "says exactly the same" not in told(house, desk)
    assert "ce-fb is to say the same word for word, and does not." in told(house, desk, f"Again: {SAME}")


def test_a_text_for_no_account_is_held_against_the_policy_and_the_history_too(house: House, desk: Desk) -> None:
    house.ask("", "office", "policy restrict", name="strike")
    assert "strike" in house.say("check The strike goes on: https://ala.org", "owner").partition("Policy:")[2]
    assert "We have not used #NewTag before" in house.say("check Come! https://ala.org #NewTag", "owner")
    house.say("looked #NewTag", "bea")
    assert "Bea looked at #NewTag" in house.say("check Come! https://ala.org #NewTag", "owner")


def test_only_the_network_is_asked_about_a_new_hashtag(house: House, desk: Desk) -> None:
    card = house.ask(f"read {desk.written(f'{SAME} #NewTag').id}", "owner")
    links = [one.url for one in controls_of(card) if isinstance(one, LinkButton)]
    assert links == ["https://x.com/search?q=%23NewTag&f=live"]


def test_a_draft_with_two_new_hashtags_asks_for_one_look_after_the_other(house: House, desk: Desk) -> None:
    draft = desk.written(f"{SAME} #NewTag #OtherTag")
    house.ask(f"read {draft.id}", "owner")
    house.press("I looked up #NewTag", "owner")
    house.press("I looked up #OtherTag", "owner")
    assert "owner looked at #NewTag" in house.say(f"read {draft.id}", "owner").replace("Owner", "owner")


@pytest.mark.parametrize("by", ["guest", "olga", "bea"])
def test_nobody_without_the_right_takes_a_fix(house: House, desk: Desk, by: str) -> None:
    draft = desk.written(f"{SAME} #bookrepair mend book repair")
    card = house.ask(f"read {draft.id}", "owner")
    (fix,) = [one for one in controls_of(card) if isinstance(one, Button) and one.command == "fix"]
    desk.do(by, "fix", **dict(fix.values))
    assert desk.draft(draft.id).text == draft.text


def test_no_fix_changes_what_is_posted(house: House, desk: Desk) -> None:
    draft = desk.written(f"{SAME} #bookrepair book repair")
    card = house.ask(f"read {draft.id}", "owner")
    (fix,) = [one for one in controls_of(card) if isinstance(one, Button) and one.command == "fix"]
    desk.post(draft.id)
    assert "That draft has been posted" in desk.do("owner", "fix", **dict(fix.values))
    assert "That draft has been posted" in desk.do("owner", "fix", draft=draft.id, check="plan", seen=draft.seen)
    assert desk.draft(draft.id).text == draft.text


def test_a_draft_without_a_picture_is_not_said_to_have_one(house: House, desk: Desk) -> None:
    assert "No picture or video is noted. Is there one?" in told(house, desk)


def test_the_names_of_the_teams_own_directory_are_known(house: House, desk: Desk) -> None:
    desk.account("news", "mastodon", aliases=("ALCTS",))

    assert "Who: Account news" in desk.do("owner", "tip add", text=f"{SAME}, says Account news.")
    draft = desk.made(text="Account news invites you to sew a torn page on December 5: https://ala.org/page")
    said = desk.do("owner", "reword", draft=draft.id, words="ALCTS invites you on December 5: https://ala.org/page")
    assert "“ALCTS” is not in the tip." not in said
    said = desk.do("owner", "reword", draft=draft.id, words="ALSC invites you on December 5: https://ala.org/page")
    assert "“ALSC” is not in the tip." in said
