"""Evidence and chain together under whatever people do: what must hold after every step."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from bot.topics.accounts.model import Account, Days, Status
from bot.topics.posting.cadence import Cadence
from bot.topics.posting.chain import (
    NOBODY_ASKED,
    Event,
    Stage,
    asks_helper,
    asks_owner,
    help_from,
    moved,
    reminded,
    stepped,
)
from bot.topics.posting.evidence import Facts, Judged, State, judge
from bot.topics.posting.model import Post, Watch, afresh, answered, with_chain
from bot.topics.posting.sentences import state_words
from bot.topics.posting.watching import Look
from bot.topics.team.hours import Hours, local_day, working_days_between

START = datetime(2028, 2, 25, 15, tzinfo=UTC)  # before a leap day and a change of clocks
FORBIDDEN = ("silent", "late", "overdue", "failed", "missed")


class Asking(RuleBasedStateMachine):
    """One account, its owner, its backup and two coordinators."""

    @initialize(
        zone=st.sampled_from(["America/Chicago", "Europe/Berlin", "Pacific/Auckland", "Australia/Lord_Howe"]),
        cadence=st.one_of(
            st.builds(Cadence, every=st.integers(1, 9), days=st.sampled_from(Days)),
            st.builds(Cadence, per_week=st.integers(1, 3)),
        ),
    )
    def begin(self, zone: str, cadence: Cadence) -> None:
        self.calendar = Hours(ZoneInfo(zone), country="US")
        self.cadence = cadence
        self.now = START
        self.posts: list[datetime] = []
        self.watch = Watch("a")
        self.here = {"owner": True, "bea": True, "cora": True, "cole": True}
        self.asked: list[tuple[str, str]] = []  # (stage, volunteer), since the account fell due
        self.before: State | None = None
        self.settle()

    # -- the rules that the engine follows

    def facts(self) -> Facts:
        newest = sorted(self.posts, reverse=True)[: self.cadence.posts]
        absent = not self.here["owner"] and not self.here["bea"]
        return Facts(Status.ACTIVE, self.cadence, rhythm_unwanted=False, posts=newest, watch=self.watch, away=absent)

    def judged(self) -> Judged:
        return judge(self.facts(), self.calendar, self.now)

    def seek(self) -> tuple[Event, str]:
        chain = self.watch.chain
        if chain.stage in (Stage.REST, Stage.OWNER) and "bea" not in chain.people and self.here["bea"]:
            return Event.TO_BACKUP, "bea"
        for one in ("cora", "cole"):
            if one not in chain.people and self.here[one]:
                return Event.TO_COORDINATOR, one
        return Event.TO_NOBODY, ""

    def settle(self) -> None:
        chain = self.watch.chain
        after = stepped(
            chain,
            due=self.judged().state is State.DUE,
            owner=self.here["owner"],
            helper=self.here.get(chain.helper, False),
            seek=self.seek,
            calendar=self.calendar,
            now=self.now,
        )
        if after.stage is Stage.REST:
            self.asked = []
        self.watch = with_chain(self.watch, after)

    # -- what can happen

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        end = self.now + timedelta(hours=hours)
        before = self.judged()
        while self.now < end:  # the agenda wakes at every change on the way
            changes = (self.judged().changes, help_from(self.watch.chain, self.calendar))
            self.now = min([end, *(at for at in changes if at is not None and at > self.now)])
            self.settle()
        after = self.judged()
        if before.state in (State.FRESH, State.DUE_SOON, State.DUE):
            order = (State.FRESH, State.DUE_SOON, State.DUE)
            assert order.index(after.state) >= order.index(before.state)
        if before.state is State.NO_RECORD:
            assert after.state is State.NO_RECORD

    @precondition(lambda self: self.here["owner"])
    @rule()
    def the_owner_is_nudged(self) -> None:
        if self.judged().state is State.DUE and asks_owner(self.watch.chain):
            self.note("owner")

    @precondition(lambda self: asks_helper(self.watch.chain) and self.here.get(self.watch.helper, False))
    @rule()
    def the_helper_is_nudged(self) -> None:
        self.note(self.watch.helper)

    def note(self, who: str) -> None:
        chain = self.watch.chain
        after = reminded(chain, who, self.now, self.calendar)
        if chain.stage is Stage.COORDINATOR and who == chain.helper:
            assert (Stage.COORDINATOR, who) not in self.asked, "a coordinator is told once"
            self.asked.append((Stage.COORDINATOR, who))
            assert after.stage is Stage.TOLD
        if len(after.asked) > len(chain.asked):
            days = [local_day(self.calendar.zone, at) for at in after.asked]
            assert all(working_days_between(self.calendar, *pair) >= 1 for pair in pairwise(days))
        self.watch = with_chain(self.watch, after)
        self.settle()

    @rule(ago=st.integers(0, 400))
    def somebody_posts(self, ago: int) -> None:
        self.posts.append(self.now - timedelta(hours=ago))
        self.watch = replace(answered(self.watch, self.now), snoozed_until=None)
        assert self.watch.chain == NOBODY_ASKED
        self.asked = []
        self.settle()
        assert self.watch.chain.people == ()
        if ago == 0 and self.cadence.posts == 1:
            assert self.judged().state in (State.FRESH, State.DUE_SOON, State.PAUSED)

    @rule()
    def posting_as_normal(self) -> None:
        self.watch = replace(answered(self.watch, self.now), normal_at=self.now, snoozed_until=None)
        self.asked = []
        self.settle()
        due = self.judged().due
        assert due is not None
        assert due - self.now >= timedelta(days=7)

    @rule(days=st.integers(1, 20))
    def snoozed(self, days: int) -> None:
        self.watch = replace(answered(self.watch, self.now), snoozed_until=self.now + timedelta(days=days))
        self.asked = []
        self.settle()
        assert self.watch.chain.stage is Stage.REST

    @precondition(lambda self: self.watch.chain.stage is Stage.BACKUP)
    @rule(yes=st.booleans())
    def the_backup_answers(self, yes: bool) -> None:
        if yes:
            self.watch = with_chain(self.watch, moved(self.watch.chain, Event.YES, self.now))
        else:
            people = tuple(dict.fromkeys((*self.watch.chain.people, "bea")))
            self.watch = with_chain(self.watch, replace(self.watch.chain, people=people))
            event, who = self.seek()
            self.watch = with_chain(self.watch, moved(self.watch.chain, event, self.now, who))
        self.settle()

    @rule(who=st.sampled_from(["owner", "bea", "cora", "cole"]))
    def somebody_goes_or_comes(self, who: str) -> None:
        self.here[who] = not self.here[who]
        if who == "owner" and self.here[who]:
            self.watch = afresh(self.watch, self.now)
            self.asked = []
        self.settle()

    # -- what always holds

    @invariant()
    def the_chain_only_asks_while_something_is_due(self) -> None:
        due = self.judged().state is State.DUE
        assert due == (self.watch.chain.stage is not Stage.REST)

    @invariant()
    def nobody_is_asked_who_is_not_here(self) -> None:
        chain = self.watch.chain
        if chain.stage is Stage.OWNER:
            assert self.here["owner"]
        if chain.stage in (Stage.BACKUP, Stage.COORDINATOR, Stage.HELPING):
            assert self.here[chain.helper]
        assert self.watch.helper == chain.helper

    @invariant()
    def the_words_are_kind_and_true(self) -> None:
        account = Account("a", "ce-x", "CE", "x")
        newest = [Post(str(at), "a", at, "", at) for at in self.facts().posts]
        judged = self.judged()
        words = state_words(Look(account, self.watch, self.calendar, self.cadence, tuple(newest), judged), self.now)
        assert "ce-x" in words
        assert not any(word in words.split() for word in FORBIDDEN)
        assert not words.endswith(".")
        if judged.state is State.NO_RECORD:
            assert words == "Nothing is recorded on ce-x yet"
        if judged.state is State.DUE and not self.posts:
            assert words.startswith("No post recorded on ce-x yet")


TestAsking = Asking.TestCase
TestAsking.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
