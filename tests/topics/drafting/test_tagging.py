"""The checker on whom and what a post tags: people whom the contacts know, and hashtags."""

from datetime import date

import pytest

from bot.topics.drafting.checks import (
    Contact,
    Setting,
    State,
    TagLook,
    TagUse,
    check,
)
from bot.topics.drafting.lengths import measure
from bot.topics.drafting.limits import limits_of
from tests.topics.drafting.saying import remark

GOOD = "Register for the map talk: https://maps.example.org/talk"
DAY = date(2026, 11, 20)


def test_people_whom_the_contacts_know_are_tagged() -> None:
    setting = Setting(contacts=(Contact("Rosa Delgado", "@rdelgado"),))
    found = remark("tags", "Thank you, Rosa Delgado!", setting=setting)
    assert found.fix is not None
    assert found.fix.text == "Thank you, @rdelgado!"
    assert remark("tags", found.fix.text, setting=setting).state is State.GOOD


def test_a_new_hashtag_is_looked_up_first_and_then_known() -> None:
    found = remark("hashtags", "Hi #PresWeek")
    assert (found.state, "%23PresWeek" in found.link) == (State.LOOK, True)
    looked = Setting(looked=(TagLook("presweek", "Ann", DAY),))
    assert remark("hashtags", "Hi #PresWeek", setting=looked).reason == "Ann looked at #PresWeek on Fri 20 Nov 2026."
    used = Setting(uses=(TagUse("presweek", "pw-x", DAY, "spring"),))
    assert (
        remark("hashtags", "Hi #PresWeek", setting=used).reason == "pw-x used #PresWeek for spring on Fri 20 Nov 2026."
    )


def test_hashtags_get_their_capitals_and_are_not_too_many() -> None:
    camel = remark("hashtags", "Preservation Week is here #preservationweek").fix
    assert camel is not None
    assert camel.text.endswith("#PreservationWeek")
    fewer = remark("hashtags", "Hi #a1 #b2 #c3", "threads").fix
    assert fewer is not None
    assert fewer.text == "Hi #a1"


@pytest.mark.parametrize(
    ("network", "link"),
    [
        ("x", "https://x.com/search?q=%23Caf%C3%A9Talk&f=live"),
        ("mastodon", "https://mastodon.social/tags/Caf%C3%A9Talk"),
        ("linkedin", "https://www.linkedin.com/feed/hashtag/?keywords=Caf%C3%A9Talk"),
        ("blog", "https://x.com/search?q=%23Caf%C3%A9Talk&f=live"),
    ],
)
def test_a_new_hashtag_is_looked_up_on_its_network(network: str, link: str) -> None:
    assert remark("hashtags", "Hi #CaféTalk", network).link == link


def test_what_is_wrong_with_the_hashtags_is_said_once() -> None:
    text = "Read #one #two https://a.org"
    assert not measure(text, limits_of("threads")).fits
    assert [one.tip for one in check(text, limits_of("threads"), Setting(media=None)) if not one.ok] == ["hashtags"]


def test_a_hashtag_that_is_a_word_of_its_sentence_loses_only_its_sign() -> None:
    found = remark("hashtags", "From #Boston to #Denver, with #love! Go. #a1 https://a.org #b2", "x")
    assert found.fix is not None
    assert found.fix.text == "From #Boston to #Denver, with love! Go. https://a.org"


def test_a_long_hashtag_is_asked_about_until_somebody_has_looked() -> None:
    found = remark("hashtags", "Read #librarylife https://a.org")
    assert "If it is several words" in found.reason
    assert found.link
    assert remark("hashtags", "Read #librarylife", setting=Setting(looked=(TagLook("librarylife", "Ann", DAY),))).ok
    assert "several words" not in remark("hashtags", "All of preservation #preservation").reason
