import pytest

from bot.core.router import Context, Option
from bot.errors import Refusal
from bot.topics.accounts.model import Days
from bot.topics.posting.model import PostKind
from bot.topics.posting.options import AKind, ALink, Rhythm, rhythm_of

NO_CONTEXT: Context = None  # type: ignore[assignment]  # these readers don't look at it


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("every 3 days", Rhythm(every=3)),
        ("3 days", Rhythm(every=3)),
        ("3", Rhythm(every=3)),
        ("Every Day", Rhythm(every=1)),
        ("daily", Rhythm(every=1)),
        ("every other day", Rhythm(every=2)),
        ("once a week", Rhythm(per_week=1)),
        ("weekly", Rhythm(every=7)),
        ("every week", Rhythm(every=7)),
        ("every 2 weeks", Rhythm(every=14)),
        ("a month", Rhythm(every=30)),
        ("monthly", Rhythm(every=30)),
        ("3 a week", Rhythm(per_week=3)),
        ("3 posts per week", Rhythm(per_week=3)),
        ("three times a week", Rhythm(per_week=3)),
        ("twice a week", Rhythm(per_week=2)),
        ("2/week", Rhythm(per_week=2)),
        ("every 2 working days", Rhythm(every=2, days=Days.WORKING)),
        ("every working day", Rhythm(every=1, days=Days.WORKING)),
        ("weekdays", Rhythm(every=1, days=Days.WORKING)),
        ("every weekday", Rhythm(every=1, days=Days.WORKING)),
        ("daily working days", Rhythm(every=1, days=Days.WORKING)),
        ("every 3 days working days", Rhythm(every=3, days=Days.WORKING)),
        ("2 a week, working days only", Rhythm(per_week=2, days=Days.WORKING)),
        ("2 a week on working days", Rhythm(per_week=2, days=Days.WORKING)),
        ("every 3 days all days", Rhythm(every=3)),
        ("none", Rhythm(every=0)),
        ("never", Rhythm(every=0)),
        ("usual", Rhythm()),
    ],
)
def test_rhythms_as_people_say_them(text: str, rhythm: Rhythm) -> None:
    assert rhythm_of(text) == rhythm


@pytest.mark.parametrize(
    "text",
    ["", "often", "every", "every 0 days", "every 400 days", "-3", "0 a week", "30 a week", "every x days", "3.5"],
)
def test_a_rhythm_that_is_not_understood_says_what_would_work(text: str) -> None:
    with pytest.raises(Refusal, match="Try: every 3 days"):
        rhythm_of(text)


LINK: Option = ALink.__metadata__[0]  # type: ignore[attr-defined]
KIND: Option = AKind.__metadata__[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://ala.org/news?a=1#b", "https://ala.org/news?a=1#b"),
        ("http://ala.org", "http://ala.org"),
        ("<https://ala.org|ala.org>", "https://ala.org"),
        ("HTTPS://ala.org/Ü", "HTTPS://ala.org/Ü"),
    ],
)
def test_links_that_are_taken(text: str, link: str) -> None:
    assert LINK.read(NO_CONTEXT, text) == link


@pytest.mark.parametrize(
    "text",
    [
        "ala.org",
        "ftp://ala.org",
        "https://",
        "https://a b.org",
        "javascript:alert(1)",
        "https://user:pw@ala.org",
        "https://ala.org/\u202egpj.exe",
        "https://[::1",
        "https://ala.org/" + "a" * 600,
        "",
    ],
)
def test_links_that_are_refused(text: str) -> None:
    with pytest.raises(Refusal):
        LINK.read(NO_CONTEXT, text)


def test_a_kind_is_only_taken_as_the_whole_word() -> None:
    assert KIND.takes(NO_CONTEXT, ["campaign", "starts"]) == 1
    assert KIND.takes(NO_CONTEXT, ["Content", "calendar"]) == 0
    assert KIND.takes(NO_CONTEXT, ["campaigns"]) == 0
    assert KIND.read(NO_CONTEXT, "Campaign") is PostKind.CAMPAIGN
    with pytest.raises(Refusal, match="content, campaign, repost or reply"):
        KIND.read(NO_CONTEXT, "advert")
