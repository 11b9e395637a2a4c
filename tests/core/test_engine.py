"""The engine on the real storage: what people do is answered, and what falls due is done."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.core.chat import Card, Form, Person, Place, Reply, Request
from bot.core.engine import back_off
from bot.core.plain import controls_of
from bot.core.sorry import Sorry
from tests.core.rig import HERE, OFFICE, Rig
from tests.engine_room import START


def test_a_command_changes_its_records_and_queues_its_message_together(rig: Rig) -> None:
    assert rig.summary("count posts 3") == "3"
    rig.later()
    assert [message.card.summary for message in rig.post.kept.values()] == ["3"]


def test_a_refusal_keeps_nothing_and_says_what_would_work(rig: Rig) -> None:
    assert rig.summary("count posts 13") == "Thirteen brings bad luck. Try 12."
    assert rig.tally("posts") == "0"
    rig.later()
    assert rig.post.log == []


def test_a_refusal_of_a_form_comes_back_as_the_form_with_the_sentence_at_its_field(rig: Rig) -> None:
    form = rig.ask(command="count", values={"tally": "posts", "by": "13"}, form=True)
    assert isinstance(form, Form)
    assert {field.name: (field.value, field.error) for field in form.fields} == {
        "by": ("13", "Thirteen brings bad luck. Try 12.")
    }
    assert form.values == {"tally": "posts"}


def test_choices_of_a_refusal_are_buttons_that_ask_again(rig: Rig) -> None:
    reply = rig.ask(command="count", values={"tally": "post", "by": "2"})
    assert isinstance(reply, Card)
    again = controls_of(reply)[0]
    assert getattr(again, "typed", "") == "count tally=posts by=2"


def test_a_command_lacking_an_option_is_answered_with_its_form(rig: Rig) -> None:
    form = rig.ask("count")
    assert isinstance(form, Form)
    assert [field.name for field in form.fields] == ["tally", "by"]


def test_the_same_delivery_is_done_once(rig: Rig) -> None:
    assert rig.ask("count posts", "d1") is not None
    assert rig.ask("count posts", "d1") is None
    assert rig.tally("posts") == "1"


@pytest.mark.parametrize("text", ["count \ud83d", "count po\udc00sts"])
def test_half_a_character_is_refused_kindly(rig: Rig, text: str) -> None:
    assert "broken sign" in rig.summary(text)
    assert "broken sign" in rig.summary(command="count", values={"tally": text})


def test_a_caller_who_waits_gets_the_same_answers(rig: Rig) -> None:
    def ask(text: str, delivery: str = "") -> Reply | None:
        return rig.engine.answer(Request(OFFICE, HERE, text=text, delivery=delivery))

    assert ask("count posts 3", "d1") == Card("Counted", "3")
    assert ask("count posts 3", "d1") is None
    assert isinstance(ask("count posts 13"), Sorry)
    assert isinstance(ask("count"), Form)
    assert ask("look") == Card("Counted", "3")
    assert "Something went wrong" in str(getattr(ask("count posts 666"), "summary", ""))
    assert rig.tally("posts") == "3"


def test_callers_who_wait_and_others_at_once_lose_nothing(rig: Rig) -> None:
    def wait(number: int) -> Reply | None:
        return rig.engine.answer(Request(OFFICE, HERE, text="count posts", delivery=f"w{number}"))

    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(wait, number) for number in range(100)]
        others = [
            rig.engine.handle(Request(OFFICE, HERE, text="count posts", delivery=f"o{number}")) for number in range(100)
        ]
        assert all(one.result() for one in [*waiting, *others])
    assert rig.tally("posts") == "200"


def test_many_commands_at_once_lose_and_double_nothing(rig: Rig) -> None:
    under_way: list[Future[Reply | None]] = [
        rig.engine.handle(Request(OFFICE, HERE, text="count posts", delivery=f"d{number % 200}"))
        for number in range(400)
    ]
    answers = [one.result() for one in under_way]
    assert sum(answer is not None for answer in answers) == 200
    assert rig.tally("posts") == "200"


def test_a_fault_is_told_by_a_reference_and_changes_nothing(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        said = rig.summary("count posts 666")
    reference = said.rpartition(" ")[2].rstrip(".")
    assert "fault" not in said
    assert reference in caplog.text
    assert rig.tally("posts") == "0"


def test_people_without_a_role_are_refused_and_commands_of_the_engine_are_nobodys(rig: Rig) -> None:
    assert "volunteers" in rig.summary("count posts", who=Person("test:stranger"))
    assert "I don't know" in rig.summary("fetched posts")
    assert "I don't know" in rig.summary("count posts", who=Person("steward:engine"))
    assert rig.tally("posts") == "0"


def test_text_that_looks_like_a_secret_reaches_no_command_and_no_log(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        said = [
            rig.summary(text)
            for text in (
                "count password:hunter2xx",
                "password hunter2xx",
                "the password is hunter2xx",
                'count tally="password: hunter2xx"',
            )
        ]
    assert not any("hunter2xx" in one for one in [*said, caplog.text])
    assert all("password" in one for one in said)


def test_the_name_of_an_option_is_no_part_of_what_looks_like_a_secret(rig: Rig) -> None:
    assert "posts or tips" in rig.summary("count tally=HYPERLINK(1)")


def test_a_place_without_a_team_is_told_how_to_begin(rig: Rig) -> None:
    reply = rig.engine.handle(Request(Person("test:x"), Place("test:elsewhere"), text="look")).result()
    assert isinstance(reply, Card)
    assert "start" in str(reply.summary)


def test_a_person_known_to_one_team_is_of_that_team_wherever_they_write(rig: Rig) -> None:
    reply = rig.engine.handle(Request(OFFICE, Place("test:dm"), text="look")).result()
    assert isinstance(reply, Card)
    assert reply.title == "Counted"


def test_wrong_codes_are_counted_for_good_and_end_in_a_stop(rig: Rig) -> None:
    for _attempt in range(9):
        assert "I don't know that code" in rig.summary("found nonsense")
    assert "too many wrong codes" in rig.summary("found nonsense")
    assert "too many wrong codes" in rig.summary("found nonsense")
    assert rig.store.tenancy.wrong_codes(OFFICE) == 10


def test_what_falls_due_runs_once_at_its_time(rig: Rig) -> None:
    rig.run(lambda records: records.wake("bell", "tips", START + timedelta(minutes=5)))
    rig.later(minutes=4)
    assert rig.tally("tips") == "0"
    rig.later(minutes=1)
    rig.later(minutes=1)
    assert rig.tally("tips") == "1"


def test_an_alarm_that_goes_wrong_backs_off_and_stops_nothing_else(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    for subject in ("broken", "tips"):
        rig.run(lambda records, subject=subject: records.wake("bell", subject, START))
    with caplog.at_level(logging.ERROR):
        rig.later()
    assert rig.tally("tips") == "1"
    assert "alarm bell for broken" in caplog.text
    assert rig.store.next_due() == START + back_off(0)
    rig.later(minutes=2)
    assert rig.store.next_due() == rig.clock.time + back_off(1)


def test_waiting_between_attempts_doubles_and_has_an_end() -> None:
    assert [back_off(tries).total_seconds() / 60 for tries in (0, 1, 2, 50)] == [1, 2, 4, 360]
