"""The review: figures that are right, also where something is missing; each line linked to the log; HTML for all."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from bot.topics.crisis.card import card_html
from bot.topics.crisis.figures import Figures, after, figures, figures_words
from bot.topics.crisis.kept import Paper
from bot.topics.crisis.model import Crisis, LogEntry
from tests.house import House
from tests.topics.crisis.conftest import NIGHT

SOS = "sos scam posts on our <b>facebook</b> page & more"
EMPTY = ("meta", "br", "hr", "img", "link", "input")


def paper(house: House) -> Paper:
    (found,) = house.find(Paper)
    return found


def a_night(house: House) -> None:
    """First seen at 23:20, told at 23:40, acknowledged at 23:42, acted at 23:45, over at 23:55."""
    house.say(SOS, "dan")
    house.later(minutes=2)
    house.press("I've got it", "eva")
    house.later(minutes=3)
    house.say("crisis done H3 <script>alert(1)</script> [x](https://evil.example)", "ben")
    house.do("dan", "", "crisis note", {"text": "seen", "when": "23:20", "link": 'https://example.org/?a=1&b="2"'})
    house.say("crisis skip H5 no scheduler", "dan")
    house.say("statement write The page is <i>not</i> ours.", "gus")
    house.later(minutes=10)
    house.say("crisis close yes", "dan")
    house.say('lesson add "two admins | on *every* page" ben 1 march', "eva")


def test_figures_count_from_the_first_sign(house: House) -> None:
    a_night(house)
    (crisis,) = house.find(Crisis)
    found = house.read(lambda records: figures(records, crisis))
    minutes = [0, 20, 22, 25, 35]
    assert [
        (one - NIGHT) / timedelta(minutes=1) + 20
        for one in (found.sign, found.told, found.acknowledged, found.acted, found.clear)
    ] == minutes
    assert found.done == 2  # the first, done by declaring it, and H3
    said = figures_words(found)
    assert said.startswith("told after 20 minutes, acknowledged after 22 minutes, acted after 25 minutes, all clear")


def test_minutes_are_those_between_the_times_that_are_shown() -> None:
    start = NIGHT.replace(minute=15)
    found = Figures(start, NIGHT.replace(second=38), None, None, None, 0, 0)
    assert after(found, NIGHT.replace(second=38)) == "after 25 minutes"
    assert after(replace(found, sign=start.replace(second=50)), NIGHT.replace(second=10)) == "after 25 minutes"


def test_what_did_not_happen_is_said_to_be_missing_and_is_not_made_up(house: House) -> None:
    house.say(SOS, "dan")
    house.later(minutes=30)
    house.say("crisis review", "dan")
    for line in ("Acknowledged: nobody has answered", "Acted: nothing was done", "All clear: not yet"):
        assert f"- {line}\n" in paper(house).markdown
        assert line.partition(": ")[2] in paper(house).html
    (crisis,) = house.find(Crisis)
    assert "acknowledged" not in figures_words(house.read(lambda records: figures(records, crisis)))


def test_who_only_is_alarmed_at_nights_end_was_not_told_before(house: House) -> None:
    house.say("sos a rumour about us, minor", "dan")
    house.say("crisis review", "dan")
    assert "- Told: nobody was told" in paper(house).markdown


def test_each_line_is_linked_to_the_line_of_the_log_that_it_comes_from(house: House) -> None:
    a_night(house)
    text = paper(house).markdown
    numbers = {one.number: one for one in house.find(LogEntry)}
    for begin, what in (
        ("- First sign: ", "note"),
        ("- Told: ", "declared"),
        ("- Acknowledged: ", "got"),
        ("- Acted: ", "step"),
        ("- All clear: ", "closed"),
        ("- H3 (Report to platform", "step"),
        ("- H5 (Cut the scheduler", "skipped"),
        ("- eva (", "got"),
        ("- dan (", "declared"),
        ("- “The page is", "words"),
        ("- two admins", "lesson"),
    ):
        (line,) = [one for one in text.splitlines() if one.startswith(begin)]
        number = int(re.search(r"\[(\d+)\]\(#log-\1\)$", line)[1])  # type: ignore[index]
        assert numbers[number].what == what, line
    for number in numbers:
        assert text.count(f'<a id="log-{number}"></a>') == 1
        assert paper(house).html.count(f'id="log-{number}"') == 1
    assert set(re.findall(r'href="#log-(\d+)"', paper(house).html)) == {str(number) for number in numbers}


def test_words_that_were_never_said_are_not_told_as_said(house: House) -> None:
    a_night(house)
    assert "(approved by nobody) not said: two approvals were needed" in paper(house).markdown


class Reader(HTMLParser):
    """Reads a page as a browser does, and complains of what is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def test_the_page_shows_what_was_typed_as_it_was_typed_and_runs_none_of_it(house: House) -> None:
    a_night(house)
    page = read(paper(house).html)
    tags = {tag for tag, _more in page.found}
    assert not tags & {"script", "b", "i", "img", "iframe"}
    assert "scam posts on our <b>facebook</b> page & more" in page.text
    assert "<script>alert(1)</script>" in page.text
    links = [more["href"] or "" for tag, more in page.found if tag == "a"]
    assert {one for one in links if not one.startswith("#")} == {'https://example.org/?a=1&b="2"'}
    assert "\\[x\\](https://evil.example)" in paper(house).markdown


@pytest.mark.parametrize("which", ["review", "card"])
def test_the_pages_can_be_heard_and_printed(house: House, which: str) -> None:
    a_night(house)
    html = paper(house).html if which == "review" else house.read(card_html)
    page = read(html)
    assert ("html", {"lang": "en"}) in page.found
    tags = [tag for tag, _more in page.found]
    assert tags.count("h1") == tags.count("title") == tags.count("main") == 1
    assert tags.count("table") == tags.count("caption") >= 2
    assert all("scope" in more for tag, more in page.found if tag == "th")
    assert "@page" in html
    assert "@media print" in html
    colours = set(re.findall(r"#[0-9a-f]{3,6}\b", html.partition("</style>")[0]))
    assert colours <= {"#111", "#fff", "#777"}
