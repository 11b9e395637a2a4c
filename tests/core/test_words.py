from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.words import as_typed, clean, looks_secret, refuse_secrets, shown, split_words, unquote
from bot.errors import Refusal
from tests.counting import steps


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("posted ce-x yesterday", ["posted", "ce-x", "yesterday"]),
        ('find "new members"', ["find", '"new members"']),
        ("find “new members”", ["find", "“new members”"]),
        ('who="two words" x', ['who="two words"', "x"]),
        ("I'm back", ["I'm", "back"]),
        ('an open " quote', ["an", "open", '"', "quote"]),
        ('6"x9" print', ['6"x9"', "print"]),
        ("  several \n lines\t ", ["several", "lines"]),
        ("", []),
    ],
)
def test_words_are_split_at_blanks_and_quotes_hold_together(text: str, words: list[str]) -> None:
    assert split_words(text) == words


def test_quotes_are_taken_off_and_escaped_ones_kept() -> None:
    assert unquote('"two words"') == "two words"
    assert unquote("“two words”") == "two words"
    assert unquote(r'"a \"b\" \\ c"') == r'a "b" \ c'
    assert unquote('"') == '"'


@given(st.text())
def test_any_text_splits_into_words_that_hold_all_of_it(text: str) -> None:
    assert "".join("".join(split_words(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "password: hunter2",
        "the pw is hunter2!",
        "Password = correcthorse",
        "passcode: 123456",
        "PIN: 4711",
        "backup codes: 1234 5678",
        "1234 5678 9012 3456",
        "a1b2-c3d4-e5f6-g7h8",
        "recovery code is 9f3k-22mz",
        "hunter2 is the password",
        "Sunny-day7 is our new passcode",
        "xoxb-1234567890-abcdefghij",
        "ghp_abcdefghijklmnop1234",
        "sk-abcdefgh12345678",
        "AKIAIOSFODNN7EXAMPLE",
        "otpauth://totp/x?secret=ABC",
        "-----BEGIN RSA PRIVATE KEY-----",
        "Tr0ub4dor&3",
        "it is P@ssw0rd!",
        "eyJhbGciOiJIUzI1.eyJzdWIiOiIx.abc",
        "See https://ann:hunter2@example.org/x",
    ],
)
def test_text_that_looks_like_a_secret_is_refused_without_being_repeated(text: str) -> None:
    assert looks_secret(text)
    with pytest.raises(Refusal) as refused:
        refuse_secrets(text)
    assert not any(word in refused.value.sentence for word in text.split() if any(sign.isdigit() for sign in word))


@pytest.mark.parametrize(
    "text",
    [
        "the office password manager",
        "ask the president for the password",
        "Preservation Week webinar, 2:00 p.m.",
        "https://www.ala.org/alcts/events/pres-week-2026?utm=A1b2",
        "@ALCTS_CE",
        "2026-12-05T15:00",
        "ce-x",
        "https://example.org:8080/@ann and https://example.org/a:b@c",
        "+1 312 555 0100",
        "ISBN 978-0-8389-1234-5",
        "Register by 12/05/2026 at 3pm",
        "password policy workshop on Friday",
        "Our new password workshop is on Friday",
        "ALA's Midwinter-2014: trivia!",
        "#PresWk2026",
        "room 1234, 3rd floor",
        "e-forum 12-13 May",
        "the pin is on the map",
        "office@ala.org",
        "v1.2.3",
        "10-12-2026",
        "covid-19 and sars-2",
        "2026 is the year of the password manager",
        "https://x.com/a1 is the password policy",
    ],
)
def test_ordinary_words_are_not_taken_for_secrets(text: str) -> None:
    assert not looks_secret(text)


def test_cleaning_drops_what_nobody_sees_and_refuses_what_is_too_long() -> None:
    assert clean(" a\u202eb\u200b\x00c\r\nd ") == "ab c\nd"
    assert clean("👩\u200d👧") == "👩\u200d👧"
    with pytest.raises(Refusal, match="100,000 characters"):
        clean("x" * 100_000)


@given(st.text(max_size=500), st.integers(2, 60))
def test_what_is_repeated_is_short_and_has_no_control_signs(text: str, limit: int) -> None:
    assert len(shown(text, limit)) <= limit
    assert not any(ord(sign) < 32 or 0x202A <= ord(sign) <= 0x202E for sign in shown(text, limit))


@pytest.mark.parametrize("piece", ["“ ", 'x=" ', '" ', "a ", '"a" ', "\\“ "])
def test_splitting_takes_twice_as_long_for_twice_as_much(piece: str) -> None:
    assert steps(lambda: split_words(piece * 2000)) < 3 * steps(lambda: split_words(piece * 1000))


@pytest.mark.parametrize("piece", ["M-", "eyJ-", "is the password ", "1234-", "pass=", "a1b2-", "\u0323\u0301", "“ "])
def test_hostile_repetition_is_cleaned_and_looked_at_all_the_same(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    begun = process_time()
    looks_secret(text)
    clean(text, 70_000)
    as_typed(split_words(text), text)
    assert process_time() - begun < 2  # what goes through the text again for each of its words takes far longer


def test_accents_beyond_counting_are_kept() -> None:
    assert clean("a" + "\u0301" * 5000, 6000).replace("\u034f", "") == "á" + "\u0301" * 4999


def test_words_keep_the_lines_in_which_they_were_typed() -> None:
    text = "tip add Our fair\n\nWhen:  Friday\nWhere: the hall"
    words = split_words(text)[2:]
    assert as_typed(words, text) == "Our fair\n\nWhen:  Friday\nWhere: the hall"
    assert as_typed(words, "") == "Our fair When: Friday Where: the hall"
    assert as_typed(['"Our fair"', "now"], '"Our fair"\nnow') == '"Our fair"\nnow'
    assert as_typed(['"Our fair"', "now"], '"Our fair" now') == '"Our fair" now'  # a title keeps its quotes
    assert as_typed(['"Our fair now"'], '"Our fair now"') == "Our fair now"
    assert as_typed(["fair", "Where:"], text) == "fair Where:"  # what stood between was somebody else's
