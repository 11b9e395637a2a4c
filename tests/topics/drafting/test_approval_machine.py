"""Whatever people do, in whatever order: no words go out that nobody else has approved, where approval is needed."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.topics.drafting.model import Draft, DraftState, Need, Policy
from bot.topics.drafting.options import as_seen
from bot.topics.posting.model import Post
from bot.topics.team.model import Identity, TeamRole
from tests.house import House
from tests.topics.drafting.conftest import Desk

PEOPLE = {"office": "office", "owner": "owner", "owner2": "owner", "bea": "bea"}  # who sits there → which human
TEXTS = ("We moved.", "We moved!", "The strike goes on.", "We moved ")
WHO = st.sampled_from(sorted(PEOPLE))


class Approval(RuleBasedStateMachine):
    """One draft, four hands of three humans, a policy that changes; what was approved is noted beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.house = House()
        self.house.volunteer("Office", TeamRole.COORDINATOR)
        self.house.volunteer("Owner")
        self.house.volunteer("Bea")
        self.house.put(Identity("test:owner2", "owner"))
        self.desk = Desk(self.house)
        self.desk.account("ce-x")
        self.house.say("policy restrict strike", "office")
        self.id = self.desk.written(TEXTS[0]).id
        self.hands = {"owner"}
        self.read: dict[str, tuple[str, str]] = {}  # who → the words they saw, and the draft's name on the button
        self.approved: dict[str, set[str]] = {}  # words → the humans who approved exactly them
        self.posts = 0

    def teardown(self) -> None:
        self.house.close()

    @property
    def draft(self) -> Draft:
        return self.desk.draft(self.id)

    def needed(self, text: str) -> bool:
        (policy,) = self.house.find(Policy) or [Policy("policy")]
        return policy.need is Need.ALWAYS or (policy.need is Need.RESTRICTED and "strike" in text)

    def do(self, who: str, command: str, **values: str) -> None:
        self.desk.do(who, command, draft=self.id, **values)

    @rule(who=WHO, text=st.sampled_from(TEXTS))
    def reword(self, who: str, text: str) -> None:
        before = self.draft
        self.do(who, "reword", words=text)
        if self.draft.digest != before.digest:
            self.hands.add(PEOPLE[who])
            self.approved.clear()  # one changed sign voids it

    @rule(who=WHO)
    def ask(self, who: str) -> None:
        self.do(who, "review")

    @rule(who=WHO)
    def look(self, who: str) -> None:
        self.do(who, "read")
        self.read[who] = (self.draft.text, as_seen(self.draft))

    @rule(who=WHO)
    def approve(self, who: str) -> None:
        text, seen = self.read.get(who, ("", ""))
        before = self.draft
        self.desk.do(who, "approve", draft=seen or self.id)
        if self.draft.approved and not before.approved:
            assert text == self.draft.text
            assert PEOPLE[who] not in self.hands
            self.approved.setdefault(text, set()).add(PEOPLE[who])

    @rule(who=WHO)
    def send_back(self, who: str) -> None:
        self.do(who, "send back", note="Please shorten")

    @rule(who=WHO, shows=st.sampled_from(["none", "A house"]))
    def picture(self, who: str, shows: str) -> None:
        before = self.draft
        self.do(who, "picture", shows=shows)
        if self.draft.digest != before.digest:
            self.hands.add(PEOPLE[who])
            self.approved.clear()

    @rule(who=WHO, command=st.sampled_from(["discard", "recover"]))
    def away(self, who: str, command: str) -> None:
        self.do(who, command)

    @rule(need=st.sampled_from(list(Need)))
    def policy(self, need: Need) -> None:
        self.house.say(f"policy need {need}", "office")

    @rule(who=WHO, extra=st.sampled_from([{}, {"words": "We moved."}, {"kind": "campaign"}]))
    def post(self, who: str, extra: dict[str, str]) -> None:
        text, needed, posted = self.draft.text, self.needed(self.draft.text), self.draft.state is DraftState.POSTED
        self.do(who, "posted", account="ce-x", **extra)
        if len(self.kept) > self.posts:
            assert not posted
            assert self.kept[-1].words == text
            if needed:
                assert self.approved.get(text, set()) - self.hands
        self.posts = len(self.kept)

    @rule(who=WHO)
    def undo(self, who: str) -> None:
        for one in self.kept:
            self.desk.do(who, "undo", account="ce-x", post=one.id)
        self.posts = len(self.kept)

    @property
    def kept(self) -> list[Post]:
        return self.house.find(Post)

    @invariant()
    def an_approval_is_somebody_elses_and_of_these_words(self) -> None:
        draft = self.draft
        assert len(self.kept) <= 1
        if draft.approval:
            assert draft.approval == draft.digest
            assert draft.approver not in self.hands
            assert draft.approver in self.approved[draft.text]
        if draft.state is DraftState.POSTED:
            assert [one.draft for one in self.kept] == [draft.id]


Approval.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestApproval: Any = Approval.TestCase
