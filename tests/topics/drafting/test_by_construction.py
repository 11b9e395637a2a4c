"""Whatever a tip says: each word of a draft is the tip's, a frame's or a resolved day's, and its link is never lost."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.terminal.bench.announcements import Announcement
from bot.terminal.bench.drafts import unsupported
from bot.topics.drafting.facts import Kind
from tests.topics.drafting.saying import composed, read

SAID = st.sampled_from(
    [
        "Join us on Monday, December 7!!",
        "* WHAT: Zine Fest",
        "WHEN: Sat, Dec 12, 10-4",
        "the desk is open monday to friday",
        "Sign up by this Friday, please.",
        "1) Hoodies, $35, till Dec. 9",
        "Taller gratuito el jueves 10 de diciembre.",
        "TEN WEEKS, $22 PER HOUR!!!",
        "“We won’t close,” said Ann Ba on Thursday.",
        "Call 608-555-0119 (ask for Lou).",
        "Questions? Write to lou@example.org.",
        "The talk, which was moved, is tomorrow at 7 p.m.",
        "Talks on Dec 4–6, 2026 and on 11 December",
        "**Free** for _all_ members; others pay $5",
        "Straße, İstanbul and ﬁne ǆ words…",
        "and that's it",
    ]
)
LINKS = st.sampled_from(["https://example.org/zine", "EXAMPLE.ORG/ZINE", "www.example.org/zine.", "(example.org/a_b)"])
BETWEEN = st.sampled_from([" ", "\n", "\n\n", "\n- ", " - "])
TIPS = st.lists(st.tuples(st.one_of(SAID, LINKS), BETWEEN), min_size=1, max_size=7).map(
    lambda parts: "".join(words + gap for words, gap in parts)
)
NETWORKS = st.sampled_from(["x", "mastodon", "facebook", "linkedin"])


@given(TIPS, NETWORKS)
@settings(max_examples=150, deadline=None)
def test_every_word_of_a_draft_is_the_tips_or_a_frames_or_a_resolved_day(tip: str, network: str) -> None:
    facts = read(tip)
    days = tuple((str(one.kind), one.value) for one in facts.of(Kind.WHEN, Kind.DEADLINE))
    said = Announcement(tip, "any", days, ())
    for one in composed(tip, network).alternatives:
        assert list(unsupported(facts, said, one)) == []
        rewritten = [
            piece
            for piece in one.pieces
            if piece.tip_start >= 0
            and re.sub(r"[\W_]", "", one.text[piece.start : piece.end]).casefold()
            != re.sub(r"[\W_]", "", facts.text[piece.tip_start : piece.tip_end]).casefold()
        ]
        resolved = {fact.start for fact in facts.facts if fact.resolved}
        assert {piece.tip_start for piece in rewritten} <= resolved


@given(TIPS, LINKS, TIPS, NETWORKS)
@settings(max_examples=150, deadline=None)
def test_no_draft_is_without_the_link(before: str, link: str, after: str, network: str) -> None:
    facts = read(f"{before} {link} {after}")
    assert facts.call.link is not None
    assert all(facts.call.link.words in one for one in composed(facts.text, network).texts)
