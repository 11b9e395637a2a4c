import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.markdown import escape, link, marked, split
from bot.core.chat import Moment, Person, Place, Strong
from tests.adapters.cards import texts
from tests.adapters.contract import QUICK, seen
from tests.adapters.discord.seen import unescaped


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("plain words, 14:02 and 3.5 %", "plain words, 14:02 and 3.5 %"),
        ("**bold** _it_ ~~no~~ `code` ||x||", r"\*\*bold\*\* \_it\_ \~\~no\~\~ \`code\` \|\|x\|\|"),
        ("<@1> <@&2> <#3> <t:0:R> </home:1>", r"\<@1\> \<@&2\> \<#3\> \<t\:0\:R\> \</home\:1\>"),
        ("@everyone and @here", "@\u200beveryone and @\u200bhere"),
        ("[click](https://evil.example)", r"\[click\](https\://evil.example)"),
        ("discord.gg/abc and Discordapp.com/invite/x", r"discord\.gg/abc and Discordapp\.com/invite/x"),
        ("<:smile:1> :smile: :100:", r"\<\:smile\:1\> \:smile: \:100:"),
        ("# title", r"\# title"),
        ("#hashtag", "#hashtag"),
        ("-# small", r"\-# small"),
        ("- one\n+ two\n* three", "\\- one\n\\+ two\n\\* three"),
        ("1. one\n 2) two\n2026.5", "1\\. one\n 2\\) two\n2026.5"),
        ("#", r"\#"),
        ("> quote", r"\> quote"),
        ("back\\slash", r"back\\slash"),
        ("a\r\nb\u2028c\x00d\u202ee\ud800", "a\nb\nc d" + "e "),
    ],
)
def test_what_people_type_reads_as_they_typed_it(typed: str, sent: str) -> None:
    assert escape(typed) == sent


@QUICK
@given(texts)
def test_nothing_is_lost_by_escaping(text: str) -> None:
    assert seen(unescaped(escape(text))) == seen(re.sub("[\u200b]", "", text))


def test_only_our_own_values_become_markup() -> None:
    at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    said = marked(("To ", Person("discord:2"), " ", Place("discord:1/9"), " ", Moment(at), " ", Strong("*now*")))
    assert said == r"To <@2> <#9> <t:1796115600:f> **\*now\***"
    assert marked((Person("slack:T1/U2"), " ", Place("console:terminal"))) == r"slack\:T1/U2 console\:terminal"


@pytest.mark.parametrize(
    ("label", "url", "sent"),
    [
        ("the plan", "https://example.org/a_b", "[the plan](<https://example.org/a_b>)"),
        ("", "https://example.org", "<https://example.org>"),
        ("x", "https://example.org/)<b c>", "[x](<https://example.org/%29%3Cb%20c%3E>)"),
        ("x](y", "https://example.org", r"[x\](y](<https://example.org>)"),
        ("x", "javascript:alert(1)", r"x (javascript\:alert(1))"),
    ],
)
def test_a_link_goes_where_it_says_and_only_to_the_web(label: str, url: str, sent: str) -> None:
    assert link(label, url) == sent


@QUICK
@given(texts, st.integers(10, 60))
def test_a_long_text_is_split_without_losing_a_sign(text: str, room: int) -> None:
    said = escape(text)
    parts = list(split(said, room))
    assert all(len(part) <= room for part in parts)
    assert seen("".join(parts)) == seen(said)
    assert not any(re.search(r"(?<!\\)(?:\\\\)*\\$", part) for part in parts), "no part ends within an escape"
