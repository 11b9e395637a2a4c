"""What was told wrongly is set right: the log has who, before and after; gates, branches and words follow."""

import pytest

from bot.core.chat import Form
from bot.topics.crisis.model import Crisis, Job, LogEntry, Words
from bot.topics.crisis.state import is_open
from tests.house import House

HIJACK = "sos scam posts on our facebook page"


def job(house: House, step: str) -> Job:
    found = [one for one in house.find(Job) if one.step == step]
    return found[0] if found else Job("", "", step)


def lines(house: House, what: str) -> list[str]:
    return [one.text for one in house.find(LogEntry, order="number") if one.what == what]


def said(house: House, line: str, who: str) -> str:
    text = house.say(line, who)
    assert "went wrong" not in text, text
    return text


def hijack(house: House) -> None:
    said(house, HIJACK, "dan")
    said(house, "crisis heard ana", "dan")


def challenge(house: House) -> None:
    said(house, "sos a book challenge at a member library", "dan")
    said(house, "crisis kind book_challenge", "dan")


def approved_words(house: House, text: str = "We stand with the library.") -> Words:
    said(house, f"statement write {text}", "gus")
    words = next(one for one in house.find(Words) if one.text == text)
    for who in ("eva", "finn"):
        said(house, f"statement approve words={words.id.partition('/')[2]}", who)
    return house.get(Words, words.id)


def test_a_wrong_choice_is_set_right_and_what_hangs_on_it_follows(house: House) -> None:
    hijack(house)
    said(house, "crisis done H2 changed", "ana")
    said(house, "crisis done H3 report 4711", "ben")
    assert is_open(job(house, "H8"))
    assert job(house, "H10").opened is None
    house.later(minutes=1)
    text = said(house, "crisis correct H2 locked out", "ana")
    assert "H2 is set right: “locked out”" in text
    assert job(house, "H2").answer == "locked out"
    assert job(house, "H8").opened is None
    assert is_open(job(house, "H10"))
    assert "control" not in house.find(Crisis)[0].events
    (line,) = lines(house, "corrected")
    assert "“changed” (ana, line " in line
    assert line.endswith("is now: “locked out”")
    (entry,) = house.find(LogEntry, what="corrected")
    assert (entry.by, entry.about, entry.noted) == ("ana", "H2", house.clock.time)
    assert any(one.startswith("H8 ends: it waits for “control”") for one in lines(house, "ended"))
    assert not [one for one in house.agenda("crisis-step") if one[1].endswith("/H8")]
    assert [one for one in house.agenda("crisis-step") if one[1].endswith("/H10")]


def test_everybody_concerned_is_told_and_the_board_shows_it(house: House) -> None:
    hijack(house)
    said(house, "crisis done H2 changed", "ana")
    house.later(seconds=3)
    said(house, "crisis correct H2 locked out", "eva")
    house.later(seconds=3)
    (told,) = [one for one in house.letters("ana") if "H2 was set right" in one]
    assert "eva says that H2 is “locked out” now. It was told as “changed” before." in told
    assert any("H2 was set right" in one for one in house.letters("dan"))  # who leads
    assert any("please stop these" in one and "H8" in one for one in house.letters("ana"))
    assert any("yours now" in one and "H10" in one for one in house.letters("dan"))
    thread = [house.text(one.card) for one in house.post.kept.values() if "/log/" in one.key]
    assert any("is now: “locked out”" in one for one in thread)


def test_a_button_on_ones_own_card_asks_how_it_really_is(house: House) -> None:
    hijack(house)
    assert "Correct H2" in said(house, "crisis done H2 changed", "ana")
    house.press("Correct H2", "ana")
    form = house.last["ana"]
    assert isinstance(form, Form)
    assert "It says: changed." in form.intro
    assert [value for value, _label in form.fields[0].choices] == ["changed", "locked out", "not done"]
    house.submit(form, "ana", answer="locked out")
    assert job(house, "H2").answer == "locked out"


def test_a_step_that_is_not_done_after_all_is_open_again_with_time_to_do_it(house: House) -> None:
    hijack(house)
    said(house, "crisis done H4 four screenshots", "dan")
    house.later(minutes=40)
    assert "“not done”" in said(house, "crisis correct H4 not done", "dan")
    again = job(house, "H4")
    assert is_open(again)
    assert again.due is not None
    assert again.due > house.clock.time
    before = [one.key for one in house.post.kept.values() if "/late/H4/" in one.key]
    house.later(minutes=30)
    keys = [one.key for one in house.post.kept.values() if "/late/H4/" in one.key]
    assert len(keys) > len(before)
    assert len(keys) == len(set(keys))
    assert "is set right" not in said(house, "crisis correct H4 not done", "dan")
    assert "H4 is done" in said(house, "crisis done H4 5", "dan")


def test_only_the_steps_people_and_the_lead_set_it_right(house: House) -> None:
    hijack(house)
    said(house, "crisis done H2 changed", "ana")
    assert "by its own people, or by the lead: please tell ana" in said(house, "crisis correct H2 locked out", "gus")
    house.volunteer("new", alarms=True)
    assert "for the people of this crisis" in said(house, "crisis correct H2 locked out", "new")
    assert "for the team's volunteers" in said(house, "crisis correct H2 locked out", "nobody")
    assert job(house, "H2").answer == "changed"
    said(house, "crisis correct H2 locked out", "ben")  # the keeper's backup
    assert job(house, "H2").answer == "locked out"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("crisis correct H4 many", "a number for H4, such as 4"),
        ("crisis correct H2 perhaps", "Please choose: changed, locked out"),
        ("crisis correct H2 changed", "nothing changed"),
        ("crisis correct H3 x", "Nothing was told of H3 yet"),
        ("crisis correct Z9 x", "no step Z9"),
        ("crisis correct G2 x", "what is said for each account"),
        ("crisis correct G1 ???", "in a few words"),
    ],
)
def test_what_cannot_be_set_right_is_said_and_changes_nothing(house: House, line: str, what: str) -> None:
    hijack(house)
    said(house, "crisis done H2 changed", "ana")
    said(house, "crisis done H4 4", "dan")
    for who in ("ana", "ben", "cleo", "office"):
        said(house, "hold say holding", who)
    said(house, "hold stand-in pw-yt gus", "dan")
    said(house, "hold say holding pw-yt", "gus")
    before = house.find(Job)
    assert what in said(house, line, "dan")
    assert house.find(Job) == before
    assert not lines(house, "corrected")


def test_somebody_at_risk_by_mistake_ends_the_branch_with_a_line_and_keeps_what_was_done(house: House) -> None:
    hijack(house)
    said(house, "crisis level S2", "dan")
    said(house, "crisis done G5 yes", "office")
    assert is_open(job(house, "X1"))
    said(house, "crisis done X3 saved as ids 7 and 8", "dan")
    house.later(minutes=1)
    text = said(house, "crisis correct G5 no", "office")
    assert "The level stays S3" in text
    assert job(house, "X1").opened is None
    assert job(house, "X3").answer == "saved as ids 7 and 8"
    assert {one.split()[0] for one in lines(house, "ended")} >= {"X1", "X2", "X4"}
    assert any("done because of G5 as it stood before: X3; dan is asked" in one for one in lines(house, "overtaken"))
    house.settle()
    assert any("Done because of G5 as it stood before" in one for one in house.letters("dan"))
    house.later(hours=1)
    assert not [one for one in house.post.kept.values() if "/late/X" in one.key]
    said(house, "crisis correct G5 yes", "office")
    assert is_open(job(house, "X1"))
    assert job(house, "X3").done is not None


def test_consent_that_is_withdrawn_stops_words_that_are_not_out_yet(house: House) -> None:
    challenge(house)
    said(house, "crisis done B3 public support yes, says the director", "dan")
    words = approved_words(house)
    assert is_open(job(house, "B7"))
    assert "We stand with the library" in said(house, "crisis show", "eva")
    said(house, "crisis correct B3 private help only", "dan")
    assert house.get(Words, words.id).stopped == house.clock.time
    assert job(house, "B7").opened is None
    assert "no words are approved" in said(house, "crisis show", "eva")
    line = f"statement said {words.id.partition('/')[2]} office-x https://x.com/ALCTS/1"
    assert "not approved" in said(house, line, "gus")
    house.settle()
    for who in ("gus", "eva", "finn", "dan"):
        assert any("Stop: don't post these words" in one for one in house.letters(who)), who
    asked = next(one for one in house.letters("eva") if "asks you to read this" in one)
    assert "Approve these words" not in asked
    said(house, "crisis correct B3 public support yes", "dan")
    assert house.get(Words, words.id).approvals == ("eva", "finn")
    house.settle()
    assert any("may go out again" in one for one in house.letters("gus"))
    assert "in the log" in said(house, line, "gus")


def test_words_that_are_out_when_consent_is_withdrawn_are_put_before_the_lead(house: House) -> None:
    challenge(house)
    said(house, "crisis done B3 public support yes", "dan")
    words = approved_words(house)
    said(house, f"statement said {words.id.partition('/')[2]} office-x https://x.com/ALCTS/1", "gus")
    said(house, "crisis done B7 https://x.com/ALCTS/1", "gus")
    said(house, "crisis correct B3 not done", "dan")
    assert is_open(job(house, "B3"))
    house.settle()
    (flag,) = [one for one in house.letters("dan") if "These words are out already" in one]
    assert "https://x.com/ALCTS/1" in flag
    assert "Kept by office" in flag
    assert "take it down" in flag
    (line,) = lines(house, "out")
    assert "dan is asked to see to it" in line
    assert job(house, "B7").answer == "https://x.com/ALCTS/1"
    assert any("Done because of B3" in one and "B7" in one for one in house.letters("dan"))


def test_consent_that_is_given_later_opens_the_gate(house: House) -> None:
    challenge(house)
    assert "is done" in said(house, "crisis done B3 not reached", "dan")
    assert is_open(job(house, "B3"))  # it comes again
    assert job(house, "B7").opened is None
    house.later(hours=1)
    said(house, "crisis done B3 share theirs only", "dan")
    assert is_open(job(house, "B7"))


def test_a_slip_in_a_round_that_comes_again_is_set_right_too(house: House) -> None:
    challenge(house)
    said(house, "crisis done B3 not reached", "dan")
    said(house, "crisis correct B3 public support yes", "dan")
    assert job(house, "B3").done is not None
    assert is_open(job(house, "B7"))
    said(house, "crisis correct B3 not reached", "dan")
    assert is_open(job(house, "B3"))
    assert job(house, "B7").opened is None


def test_what_was_left_out_is_brought_back_by_the_lead(house: House) -> None:
    hijack(house)
    said(house, "crisis skip H5 no scheduler is used", "dan")
    assert "Only the lead" in said(house, "crisis correct H5", "ana")
    house.ask("crisis correct H5", "dan")
    form = house.last["dan"]
    assert isinstance(form, Form)
    assert "It was left out: no scheduler is used" in form.intro
    house.submit(form, "dan", answer="not done")
    assert is_open(job(house, "H5"))
    assert job(house, "H5").who


def test_what_others_words_settled_opens_again_once_they_say_so_no_longer(house: House) -> None:
    hijack(house)
    assert job(house, "H1").done is not None
    said(house, "crisis suspect ben", "dan")
    assert is_open(job(house, "H1"))
    assert any(one.startswith("H1 is open again") for one in lines(house, "again"))


def test_a_decision_for_two_stays_one_when_it_is_set_right(house: House) -> None:
    hijack(house)
    said(house, "crisis done G5 yes", "office")
    said(house, "crisis done X2 called", "dan")
    assert "takes two" in said(house, "crisis correct X2 judged not credible", "dan")
    assert job(house, "X2").answer == "called"
    said(house, "crisis correct X2 judged not credible", "eva")
    assert job(house, "X2").answer == "judged not credible"


def test_a_statement_keeps_its_own_gate_in_another_kind_of_crisis(house: House) -> None:
    said(house, "sos hateful comments flood our page", "dan")
    text = "We stand with the Elm library as it follows its review policy."
    house.do("gus", "", "statement write", {"text": text, "statement": "book_challenge.with_consent"})
    (words,) = house.find(Words)
    line = f"statement approve words={words.id.partition('/')[2]}"
    assert "another kind of crisis: book challenge" in said(house, line, "eva")
    assert house.find(Words)[0].approvals == ()
    said(house, "crisis kind book_challenge", "dan")
    assert "waits for “B3" in said(house, line, "eva")
    said(house, "crisis done B3 public support yes", "dan")
    assert "1 of 2 approvals" in said(house, line, "eva")
    said(house, line, "finn")
    said(house, "crisis kind comment_storm", "dan")
    assert house.find(Words)[0].stopped is not None
    assert "no words are approved" in said(house, "crisis show", "eva")


def test_the_list_of_statements_says_what_each_still_waits_for(house: House) -> None:
    challenge(house)
    listed = said(house, "statement list", "dan")
    assert "with_consent: waits for “B3 = public support yes or share theirs only”" in listed
    assert "asked_no_consent: not written yet" in listed
