import time

import pytest

from bot.topics.drafting.facts import Kind
from tests.topics.drafting.saying import WEBINAR, read


def values(text: str, *kinds: Kind) -> list[str]:
    return [one.value for one in read(text).of(*kinds)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tuesday, December 1, 2026", "2026-12-01"),
        ("on 1 December", "2026-12-01"),
        ("Dec. 1–3, 2026", "2026-12-01/2026-12-03"),
        ("December 30 to January 2", "2026-12-30/2027-01-02"),
        ("next Tuesday", "2026-12-01"),
        ("We meet tomorrow", "2026-11-25"),
        ("Tuesday 12/8/2026", "2026-12-08"),
        ("The sale was held on Friday", "2026-11-20"),
        ("Thursday's panel drew 480 viewers", "2026-11-19"),
        ("5 January", "2027-01-05"),
        ("November 10", "2026-11-10"),
    ],
)
def test_days_are_read_from_the_day_on_which_the_tip_was_given(text: str, day: str) -> None:
    assert values(text, Kind.WHEN, Kind.DEADLINE) == [day]


@pytest.mark.parametrize(
    "text", ["every Tuesday", "12/8/2026", "libraries today face", "not on Monday", "You may 5", "May I sat"]
)
def test_what_is_no_day_or_an_unclear_one_is_not_guessed(text: str) -> None:
    assert values(text, Kind.WHEN, Kind.DEADLINE) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6 pm", "18:00"),
        ("18:00", "18:00"),
        ("2–3 p.m. ET", "14:00-15:00 E"),
        ("noon to 1 p.m.", "12:00-13:00"),
        ("10–1 pm", "10:00-13:00"),
    ],
)
def test_times_have_one_value_however_they_are_written(text: str, value: str) -> None:
    assert values(text, Kind.TIME) == [value]


def test_a_resolved_day_is_shown_as_resolved() -> None:
    assert ("When", "next Tuesday → Tue 1 Dec 2026") in read("Book sale next Tuesday").pairs


def test_what_was_understood_has_a_line_a_label_and_nothing_twice() -> None:
    text = (
        'Join us for "Paper for Beginners" at the Newberry Library on Friday, January 22, 2027. Ann Lee and Bo Day '
        "teach. Ann Lee brings paper. Reserve yours at https://a.org/p by January 20."
    )
    assert read(f"Hi Bo Peep,\n{text}").pairs == read(text).pairs
    assert dict(read(text).pairs) == {
        "What": "Paper for Beginners",
        "Who": "Ann Lee and Bo Day",
        "When": "Friday, January 22, 2027",
        "Deadline": "January 20",
        "Where": "Newberry Library",
        "Link": "https://a.org/p",
        "The ask": "Reserve yours by January 20",
    }
    labels = [label for label, _words in read(text).pairs]
    assert len(labels) == len(set(labels))


def test_a_day_of_the_week_that_is_wrong_is_told() -> None:
    fact = read("The talk is on Tuesday, December 2, 2026").of(Kind.WHEN)[0]
    assert fact.resolved == "Wed 2 Dec 2026, though the tip says Tuesday"


def test_every_fact_stands_where_it_says() -> None:
    facts = read(f"Hi all,\n{WEBINAR} $15, two seats, “a quote”, @ALCTS #PresWeek ann@ala.org")
    assert {one.kind for one in facts.facts} >= {
        *(Kind.WHAT, Kind.WHO, Kind.WHEN, Kind.TIME, Kind.DEADLINE, Kind.PRICE, Kind.NUMBER, Kind.LINK, Kind.ASK),
        *(Kind.QUOTE, Kind.HANDLE, Kind.HASHTAG, Kind.MAIL),
    }
    assert all(facts.text[one.start : one.end] == one.words for one in facts.facts)
    assert facts.day is not None
    assert facts.day.isoformat() == "2026-11-27"


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("Register by November 27 at https://a.org/x.", "Register by November 27"),
        ("To apply, visit https://a.org/x", "apply"),
        ("Details and application: https://a.org/x", "Details and application"),
        ("You can sign up here: https://a.org/x", "sign up"),
        ("Volunteer at https://a.org/x by December 9.", "Volunteer by December 9"),
        ('<a href="https://a.org/x">Register here</a> before March 1.', "Register before March 1"),
    ],
)
def test_the_ask_is_found_in_the_tip_s_own_words(text: str, ask: str) -> None:
    facts = read(f"The club meets on December 9. {text}")
    assert " ".join(facts.text[start:end].strip() for start, end in facts.call.spans) == ask
    assert facts.call.link is not None


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        (WEBINAR, "event"),
        ("The county library is hiring a cataloger. Salary: $60,000.", "job"),
        ("Proposals are due December 4.", "deadline"),
        ("Volunteers needed for the book sale!", "volunteers"),
        ("Call your senators about the library bill.", "advocacy"),
        ("Thank you to all who came.", "thanks"),
        ("The recording is on YouTube.", "video"),
        ("The association turns 70: a milestone.", "milestone"),
        ("The toolkit is free to download.", "resource"),
        ("The survey report has its findings.", "report"),
        ("The roof is blue.", "news"),
    ],
)
def test_the_kind_of_post_is_read_from_its_signs(text: str, frame: str) -> None:
    assert read(text).frame == frame


def test_other_languages_are_noticed() -> None:
    assert not read(
        "La biblioteca invita a todas las familias a la noche de cuentos el viernes 4 de diciembre."
    ).english
    assert read(WEBINAR).english


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\u200b",
        "https://a.org",
        "<p></p>",
        "\u202ehi",
        "a" * 50_000,
        "{name} %s \\",
        "@@@ ### ...",
        "\x00\x01",
    ],
)
def test_odd_texts_are_read_without_a_fault(text: str) -> None:
    facts = read(text)
    assert all(facts.text[one.start : one.end] == one.words for one in facts.facts)


@pytest.mark.parametrize(
    "piece",
    ["@a ", "#a ", "Monday ", "A b. ", "by Friday ", "a@b.co ", "not ", "- a\n", "What: a\n", "5 ", "http://a.co/( "],
)
def test_hostile_repetition_costs_little(piece: str) -> None:
    begun = time.process_time()
    read(piece * (6000 // len(piece)))
    assert time.process_time() - begun < 2  # a quadratic reading takes far longer
