"""Drills: marked in every message, only for who agreed; no message of many random ones leaves the drillers."""

import random
import sys

import pytest

from bot.core.chat import Card, Form, Person, Place
from bot.core.ports import Records
from bot.topics.accounts.model import Hold
from bot.topics.crisis.kept import DrillConsent
from bot.topics.crisis.model import Crisis, Job, Receipt, Stage
from bot.topics.crisis.state import is_open
from bot.topics.crisis.telling import show, tell
from bot.topics.team.model import Identity
from tests.house import House
from tests.topics.crisis.conftest import NIGHT, furnish

DRILLERS = ("ana", "ben", "cleo", "eva")
LINES = (
    "crisis answer seen",
    "crisis answer got",
    "crisis answer cant",
    "crisis mine",
    "crisis take spotter",
    "crisis take voice",
    "hold say holding",
    "hold say paused",
    "crisis done G5 yes",
    "crisis done H2 changed",
    "crisis note something was seen",
    "crisis update all is quiet",
    "crisis level S1",
    "crisis level S3",
    "crisis heard ana",
    "crisis suspect ben",
    "crisis kind comment_storm",
    "statement write We are looking into it.",
    "crisis skip H5 none",
    "crisis pass H4",
    'crisis lead ben state="all is well so far"',
    "crisis backup cleo",
    "shift add ana ben",
    "hold stand-in pw-yt ana",
    "crisis assign H4 gus",
    "crisis accounts ce-x",
    "crisis false-alarm",
    "crisis give spotter",
    "crisis event regained",
    "statement fill locked_out",
    "statement approve locked_out",
    "log protect Jane Doe",
    "log blank 2 it names a child",
    "crisis close yes",
    "drill agree no",
)


def agree(house: House, *names: str) -> None:
    for name in names:
        house.put(DrillConsent(name, house.clock.time))


def outsiders(house: House) -> list[tuple[str, str]]:
    inside = {f"test:{name}" for name in DRILLERS}
    return [(kind, one.to.id) for kind, one in house.post.log if one.to.id not in inside]


def test_a_drill_needs_people_who_agreed(house: House) -> None:
    assert "drill agree yes" in house.say("drill start", "ana")
    house.say("drill agree yes", "ana")
    assert "two people" in house.say("drill start", "ana")
    house.say("drill agree yes", "ben")
    assert "DRILL" in house.say("drill start", "ana")
    assert "going on already" in house.say("drill start", "ben")


def test_everything_is_marked_and_nothing_is_put_on_hold(house: House) -> None:
    agree(house, *DRILLERS)
    said = house.say("drill start hijacked_account 10", "eva")
    assert said.startswith("DRILL · ")
    house.later(minutes=20)
    assert not house.find(Hold)
    assert house.post.log
    assert all(one.card.title.startswith("DRILL · ") for _kind, one in house.post.log)
    assert not outsiders(house)
    assert house.find(Receipt)
    end = house.say("drill end", "eva")
    assert "Went well" in end
    assert "took too long" in end
    assert house.find(Crisis)[0].stage is Stage.CLOSED
    house.later(hours=5)
    assert not outsiders(house)


SCRIPT = (
    ("eva", "drill start hijacked_account 10"),
    ("ben", "crisis show"),
    ("ben", "crisis answer seen"),
    ("ben", "crisis mine"),
    ("ben", "crisis note all is quiet"),
    ("ben", "crisis done H3"),
    ("ben", "crisis done H3 report 4711"),
    ("cleo", "crisis take spotter"),
    ("cleo", "crisis take voice"),
    ("cleo", "crisis give voice"),
    ("cleo", "crisis done H4 4"),
    ("cleo", "crisis level S2"),
    ("cleo", "crisis update all is quiet"),
    ("cleo", "hold show"),
    ("cleo", "hold say holding"),
    ("cleo", "hold release ce-x"),
    ("cleo", "shift add ben cleo"),
    ("cleo", "shift list"),
    ("cleo", "statement list"),
    ("cleo", "statement fill locked_out"),
    ("cleo", "statement fill dm_victims"),
    ("cleo", "statement write We look into it."),
    ("cleo", "log show"),
    ("cleo", "log protect Jane Doe"),
    ("cleo", "crisis false-alarm"),
    ("LEAD", "crisis heard eva"),
    ("LEAD", "log blank 3 it names a child"),
    ("LEAD", "crisis skip H5 none"),
    ("LEAD", "crisis assign H6 cleo"),
    ("LEAD", "crisis accounts ce-x"),
    ("LEAD", "crisis event regained"),
    ("LEAD", "crisis kind comment_storm"),
    ("LEAD", "crisis suspect ana"),
    ("LEAD", "crisis heard ana"),
    ("LEAD", "crisis lead eva"),
    ("LEAD", 'crisis lead eva state="all is well so far"'),
    ("LEAD", "crisis backup ben"),
    ("LEAD", "crisis close"),
    ("LEAD", "crisis review"),
    ("LEAD", 'lesson add "phone sooner" ben 1 march'),
    ("LEAD", "drill end"),
    ("eva", "crisis review 1"),
)
PARTS = {"alarm", "steps", "late", "call", "board", "words", "lead", "shift", "absent", "suspect", "end", "update"}


def test_every_answer_form_and_message_of_a_drill_says_that_it_is_one(house: House) -> None:
    agree(house, *DRILLERS)
    house.put(Identity("other:ben", "ben"))  # a second path
    for who, line in SCRIPT:
        reply = house.ask(line, house.find(Crisis)[0].lead if who == "LEAD" else who)
        said = reply.intro if isinstance(reply, Form) else reply.title
        assert said.startswith("DRILL"), (who, line, house.text(reply))
        assert "went wrong" not in house.text(reply)
        house.later(seconds=40)
    house.later(hours=3)
    queued = house.read(lambda records: records.messages(""))
    assert {one.key.split("/")[2] for one in queued if one.key.startswith("crisis/")} >= PARTS
    assert any(one.key.endswith("alarm/ben/other") for one in queued)
    assert {kind for kind, _one in house.post.log} == {"send", "edit"}
    for one in (*queued, *(each for _kind, each in house.post.log)):
        assert one.card.title.startswith("DRILL · "), one.key
        assert isinstance(one.to, Person), "a drill stands in no channel"
        assert one.to.id.partition(":")[2] in DRILLERS


def test_what_a_suspect_types_in_a_drill_is_answered_as_one(house: House) -> None:
    agree(house, *DRILLERS)
    house.say("drill start hijacked_account", "eva")
    assert house.find(Crisis)[0].suspects == ("ana",)
    for line in ("crisis show", "crisis show 1", "crisis answer got", "crisis take spotter", "crisis note x"):
        assert "DRILL. Until somebody" in house.say(line, "ana"), line


def test_the_one_who_plays_absent_is_told_and_their_steps_go_on(house: House) -> None:
    agree(house, *DRILLERS)
    house.say("drill start hijacked_account", "eva")
    house.later(minutes=8)
    (told,) = [one for one in house.post.kept.values() if "/absent/" in one.key]
    out = told.key.rpartition("/")[2]
    assert out == "cleo", "an owner of an account, who is not in doubt"
    assert "Please play somebody who can't be reached" in house.text(told.card)
    assert all(out not in job.who for job in house.find(Job) if is_open(job))


def test_whoever_leads_does_not_play_absent(house: House) -> None:
    agree(house, *DRILLERS)
    house.say("drill start hijacked_account", "cleo")  # leads, and owns an account
    house.later(minutes=8)
    (told,) = [one for one in house.post.kept.values() if "/absent/" in one.key]
    assert told.key.rpartition("/")[2] == "ben"


def test_the_one_door_lets_nothing_of_a_drill_out_whoever_asks_for_it(house: House) -> None:
    agree(house, *DRILLERS)
    house.say("drill start", "eva")
    (crisis,) = house.find(Crisis)

    def knock(records: Records) -> list[bool]:
        with pytest.raises(ValueError, match="nobody but those who agreed"):
            show(records, crisis, Place("test:here/crisis"), "board", Card("Board"))
        return [tell(records, crisis, who, "knock", Card("Knock")) for who in ("gus", "dan", "office", "nobody", "")]

    assert not any(house.store.write("t", knock).result())
    assert not house.read(lambda records: records.sent(f"crisis/{crisis.id}/knock"))


def test_whoever_does_not_lead_can_end_no_crisis_but_can_be_out_of_a_drill(house: House) -> None:
    agree(house, *DRILLERS)
    house.say("drill start", "eva")
    assert "Only the lead can close it" in house.say("crisis close yes", "cleo")
    assert "Only those who take part" in house.say("drill end", "gus")
    assert house.find(Crisis)[0].is_open


def test_the_end_says_what_went_well_and_what_took_too_long_by_how_much(house: House) -> None:
    agree(house, *DRILLERS)
    house.say("drill start hijacked_account 10 surprises=no", "eva")
    assert "is done" in house.say("crisis done H3 report 4711", "ben")
    house.later(minutes=3)
    said = house.say("drill end", "eva")
    assert "Went well: G1, H3" in said
    assert "What took too long:" in said
    assert "H4: Screenshot posts" in said
    assert "Not done, 20 minutes over. It was with" in said
    assert "ben did not answer" in said
    assert "all clear after 30 minutes" in said
    assert "Times are the drill's, 10 times as fast." in said


def test_surprises_come_and_the_backup_leads(house: House) -> None:
    agree(house, *DRILLERS)
    house.say("drill start", "ana")
    house.later(minutes=25)
    (crisis,) = house.find(Crisis)
    assert {"surprise absent", "surprise suspect"} <= set(crisis.events)
    assert crisis.lead != "ana"
    assert "heard your voice" in house.say("crisis mine", "ana")


def test_who_takes_their_consent_back_hears_no_more(house: House) -> None:
    agree(house, *DRILLERS)
    house.say("drill start", "ana")
    house.settle()
    house.say("drill agree no", "ben")
    count = len(house.messages("ben"))
    house.later(hours=1)
    assert len(house.messages("ben")) == count


@pytest.mark.parametrize("seed", range(12))
def test_no_message_of_a_random_drill_leaves_the_drillers(seed: int) -> None:
    assert simulated(seed) > 10


def simulated(seed: int) -> int:
    """One drill with random people, orders and times; gives how many messages were queued, none to anybody else."""
    house = House(NIGHT)
    furnish(house)
    try:
        simulate(house, random.Random(seed))
        queued = house.read(lambda records: records.messages(""))
    finally:
        house.close()
    assert {one.to.id for one in queued} <= {f"test:{name}" for name in DRILLERS}
    assert all(one.card.title.startswith("DRILL · ") for one in queued)
    return len(queued)


def simulate(house: House, chance: random.Random) -> None:
    """A random drill: who takes part and who does not both press and type what they like."""
    agree(house, *DRILLERS)
    kinds = ("hijacked_account", "comment_storm", "own_wrong_post", "book_challenge", "event_backlash", "impersonator")
    pace = chance.choice(("1", "10", "60"))
    house.say(f"drill start {chance.choice(kinds)} {pace}", chance.choice(DRILLERS))
    everybody = (*DRILLERS, "gus", "dan", "office")
    for _ in range(chance.randint(3, 10)):
        house.say(chance.choice(LINES), chance.choice(everybody))
        house.later(minutes=chance.choice((0, 1, 5, 30)))
        for crisis in house.find(Crisis, stage=Stage.OPEN):
            assert all(job.who for job in house.find(Job, crisis=crisis.id) if is_open(job))
            assert {one for job in house.find(Job, crisis=crisis.id) for one in job.who} <= set(DRILLERS)
    house.say("drill end", chance.choice(DRILLERS))
    house.later(hours=2)
    assert not outsiders(house)
    assert all(one.card.title.startswith("DRILL · ") for _kind, one in house.post.log)


if __name__ == "__main__":  # as many drills as wanted: python -m tests.topics.crisis.test_drill 1000
    total = sum(simulated(number) for number in range(int(sys.argv[1])))
    print(f"{sys.argv[1]} drills, {total} messages, none to anybody who did not agree.")  # noqa: T201
