"""What every storage engine must do with the agenda, the inbox, errands, marks and tenancy."""

from datetime import timedelta

from bot.core.chat import Person
from bot.core.ports import Due, Entry, Errand, Records, Storage
from tests.storage.contract import keep
from tests.storage.kinds import HOUR, NOW, Chosen, Code, House, Identity


class QueuesContract:
    def test_the_agenda_keeps_one_entry_for_an_alarm_and_subject(self, storage: Storage) -> None:
        def run(records: Records) -> list[Entry]:
            records.wake("nudge", "a", NOW + 3 * HOUR)
            records.wake("nudge", "b", NOW + HOUR)
            records.wake("nudge", "a", NOW + 2 * HOUR)
            records.wake("sweep", "a", NOW)
            records.wake("gone", "a", NOW)
            records.wake("gone", "a", None)
            return records.agenda()

        entries = storage.write("t", run).result()
        assert entries == [
            Entry("sweep", "a", NOW),
            Entry("nudge", "b", NOW + HOUR),
            Entry("nudge", "a", NOW + 2 * HOUR),
        ]
        assert storage.read("t", lambda records: records.agenda(alarm="nudge", limit=1)) == entries[1:2]
        assert storage.read("t", lambda records: records.agenda(subject="a")) == [entries[0], entries[2]]
        assert storage.read("t", lambda records: records.agenda(until=NOW + HOUR)) == entries[:2]
        assert storage.read("u", lambda records: records.agenda()) == []

    def test_what_is_due_is_found_over_all_teams_oldest_first(self, storage: Storage) -> None:
        assert storage.next_due() is None
        for number, team in enumerate(("t", "u", "v")):
            storage.write(team, lambda records, n=number: records.wake("a", "s", NOW - n * HOUR)).result()  # type: ignore[misc]
        storage.write("t", lambda records: records.wake("later", "s", NOW + HOUR)).result()
        assert storage.next_due() == NOW - 2 * HOUR
        assert [due.team for due in storage.due(NOW, 10)] == ["v", "u", "t"]
        assert [due.team for due in storage.due(NOW, 2)] == ["v", "u"]

    def test_an_entry_is_taken_once_and_never_after_it_changed(self, storage: Storage) -> None:
        storage.write("t", lambda records: records.wake("a", "s", NOW)).result()
        (due,) = storage.due(NOW, 10)
        assert not storage.write("u", lambda records: storage.take(records, due)).result()
        assert storage.write("t", lambda records: storage.take(records, due)).result()
        assert not storage.write("t", lambda records: storage.take(records, due)).result()
        storage.write("t", lambda records: records.wake("a", "s", NOW + HOUR)).result()
        assert not storage.write("t", lambda records: storage.take(records, due)).result()
        assert storage.due(NOW + HOUR, 10) == [Due("t", Entry("a", "s", NOW + HOUR), 0)]

    def test_a_failed_alarm_waits_and_counts_its_tries(self, storage: Storage) -> None:
        storage.write("t", lambda records: records.wake("a", "s", NOW)).result()
        (due,) = storage.due(NOW, 10)
        storage.back_off(due, NOW + HOUR, "it broke").result()
        storage.back_off(due, NOW + 9 * HOUR, "told twice").result()
        assert storage.due(NOW, 10) == []
        (again,) = storage.due(NOW + HOUR, 10)
        assert again == Due("t", Entry("a", "s", NOW + HOUR), 1)
        storage.write("t", lambda records: records.wake("a", "s", NOW + HOUR)).result()
        storage.back_off(again, NOW + 5 * HOUR, "woken meanwhile").result()
        assert storage.due(NOW + HOUR, 10) == [Due("t", Entry("a", "s", NOW + HOUR), 0)]

    def test_a_delivery_is_new_once_in_a_team_until_it_is_forgotten(self, storage: Storage) -> None:
        def new(team: str, delivery: str, at: timedelta = timedelta()) -> bool:
            return storage.write(team, lambda records: storage.first_time(records, delivery, NOW + at)).result()

        assert [new("t", "d"), new("t", "d"), new("u", "d"), new("t", "e", HOUR)] == [True, False, True, True]
        assert storage.tidy(NOW + HOUR) == 2
        assert storage.tidy(NOW + HOUR) == 0
        assert [new("t", "d"), new("t", "e")] == [True, False]

    def test_an_errand_is_leased_and_done_once(self, storage: Storage) -> None:
        errand = Errand("e", "fetch", {"url": "https://example.org/ü"})
        storage.write("t", lambda records: records.run_errand(errand)).result()
        storage.write("t", lambda records: records.run_errand(errand)).result()
        assert storage.next_due() is not None
        (job,) = storage.claim_errands(NOW, HOUR, 10)
        assert (job.team, job.errand, job.tries) == ("t", errand, 0)
        assert storage.next_due() == NOW + HOUR
        assert storage.claim_errands(NOW, HOUR, 10) == []
        assert storage.write("t", lambda records: storage.errand_done(records, errand)).result()
        assert not storage.write("t", lambda records: storage.errand_done(records, errand)).result()
        assert storage.next_due() is None

    def test_an_errand_that_fails_or_whose_worker_dies_comes_again(self, storage: Storage) -> None:
        for name in "ab":
            storage.write("t", lambda records, name=name: records.run_errand(Errand(name, "k", {}))).result()  # type: ignore[misc]
        first, second = storage.claim_errands(NOW, HOUR, 10)
        assert (first.errand.id, second.errand.id) == ("a", "b")
        storage.postpone_errand(first, NOW + 3 * HOUR, "no answer")
        (again,) = storage.claim_errands(NOW + HOUR, HOUR, 10)
        assert (again.errand.id, again.tries) == ("b", 1)
        storage.postpone_errand(second, NOW, "a late word of the first worker")
        assert storage.claim_errands(NOW + HOUR, HOUR, 10) == []
        (third,) = storage.claim_errands(NOW + 3 * HOUR, HOUR, 1)
        assert third.errand.id == "b"
        assert [job.errand.id for job in storage.claim_errands(NOW + 3 * HOUR, HOUR, 5)] == ["a"]

    def test_a_mark_is_kept_about_the_whole_database(self, storage: Storage) -> None:
        assert storage.mark("sample") == ""
        storage.set_mark("sample", "yes")
        storage.set_mark("sample", "no")
        assert storage.mark("sample") == "no"


class TenancyContract:
    def test_people_places_and_codes_lead_to_their_teams(self, storage: Storage) -> None:
        keep(storage, House("slack:T1"), House("discord:G1"), Identity("slack:T1/U1", "v1"), team="one")
        keep(storage, House("slack:T2"), Identity("slack:T1/U1", "v9"), Code("digest"), team="two")
        tenancy = storage.tenancy
        assert tenancy.teams() == ["one", "two"]
        assert [tenancy.team_at(house) for house in ("discord:G1", "slack:T2", "slack:T3")] == ["one", "two", None]
        assert tenancy.teams_of(Person("slack:T1/U1")) == ["one", "two"]
        assert tenancy.teams_of(Person("slack:T1/U2")) == []
        assert (tenancy.team_with_code("digest"), tenancy.team_with_code("' OR 1=1 --")) == ("two", None)

    def test_of_the_teams_that_a_person_chose_the_last_counts(self, storage: Storage) -> None:
        person = Person("slack:T1/U1")
        assert storage.tenancy.chosen(person) is None
        keep(storage, Chosen(person.id, NOW), team="one")
        keep(storage, Chosen(person.id, NOW + HOUR), team="two")
        assert storage.tenancy.chosen(person) == "two"
        keep(storage, Chosen(person.id, NOW + 2 * HOUR), team="one")
        assert storage.tenancy.chosen(person) == "one"
        assert storage.tenancy.chosen(Person("slack:T1/U2")) is None

    def test_wrong_codes_are_counted_for_good(self, storage: Storage) -> None:
        tenancy, person = storage.tenancy, Person("slack:T1/U1")
        assert tenancy.wrong_codes(person) == 0
        assert [tenancy.wrong_code(person) for _ in range(3)] == [1, 2, 3]
        assert (tenancy.wrong_codes(person), tenancy.wrong_codes(Person("slack:T1/U2"))) == (3, 0)
