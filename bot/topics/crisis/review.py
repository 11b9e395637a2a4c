"""The review of a crisis: what is in it, each line with the log's line that it comes from; as Markdown, and plain."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.core.plain import local, text_of
from bot.core.ports import Records
from bot.core.words import shown
from bot.topics.accounts.model import Account
from bot.topics.crisis.figures import MISSING, after, between, figures, minutes_words, stages, steps_words
from bot.topics.crisis.holding import holds_of
from bot.topics.crisis.kept import Lesson
from bot.topics.crisis.logbook import entries, name_of, words_of
from bot.topics.crisis.model import Answer, Crisis, Held, Job, LogEntry, Receipt, Turn, Words
from bot.topics.crisis.steering import jobs_of, steps_of
from bot.topics.crisis.versions import plan_of, title_of
from bot.topics.crisis.wording import approved
from bot.topics.team.days import understood_day

STEP_WORDS = 90  # characters of a step that tell which one it is
ANSWERS = {Answer.SEEN: "has seen it", Answer.GOT: "has got it", Answer.CANT: "could not", Answer.NONE: "no answer"}


class Line(Struct, frozen=True):
    """One line of a review; `log` is the number of the log's line that it comes from, 0 for none."""

    text: str
    log: int = 0


class Figure(Struct, frozen=True):
    """One of the figures: what, when, how long after the first sign, and the log's line."""

    name: str
    when: str
    after: str
    log: int = 0


class Entry(Struct, frozen=True):
    """One line of the timeline."""

    number: int
    at: datetime
    when: str
    text: str
    link: str = ""


class Review(Struct, frozen=True):
    """All that a review says, in the order in which it is read."""

    title: str
    said: str
    short: str
    zone: str
    figures: tuple[Figure, ...]
    timeline: tuple[Entry, ...]
    sections: tuple[tuple[str, tuple[Line, ...]], ...]


def review_of(records: Records, crisis: Crisis, zone: ZoneInfo) -> Review:
    """The review as things stand now, its times in that zone."""
    log = entries(records, crisis)
    found = _Finder(records, crisis, zone, log)
    sections = (
        ("Steps", tuple(found.steps())),
        ("Who was told", tuple(found.told())),
        ("Roles", tuple(found.roles())),
        ("Accounts", tuple(found.accounts())),
        ("What we said", tuple(found.said())),
        ("To talk about", tuple(found.questions())),
        ("What we change", tuple(found.lessons())),
    )
    drill = "DRILL · " if crisis.drill else ""
    return Review(
        f"{drill}{title_of(records, crisis)}",
        crisis.said,
        steps_words(figures(records, crisis)),
        zone.key,
        tuple(found.figures()),
        tuple(Entry(one.number, one.at, local(one.at, zone), _words(records, one, zone), one.link) for one in log),
        tuple((title, lines) for title, lines in sections if lines),
    )


def _words(records: Records, entry: LogEntry, zone: ZoneInfo) -> str:
    said = words_of(records, entry)
    return text_of(said if isinstance(said, str) else said[:1], zone)


class _Finder:
    """Finds what a review says, and the lines of the log that it comes from."""

    def __init__(self, records: Records, crisis: Crisis, zone: ZoneInfo, log: list[LogEntry]) -> None:
        self.records, self.crisis, self.zone, self.log = records, crisis, zone, log

    def _number(self, *whats: str, about: str | None = None, at: datetime | None = None, begin: str = "") -> int:
        """The last line of the log of one of those kinds, about that, of that time, that begins so; 0 for none."""
        kinds = [one for one in self.log if one.what in whats and one.text.startswith(begin)]
        fits = [one.number for one in kinds if about in (None, one.about) and at in (None, one.noted, one.at)]
        return fits[-1] if fits else 0

    def _name(self, volunteer: str) -> str:
        return name_of(self.records, volunteer)

    def _time(self, moment: datetime | None, none: str) -> str:
        return f"{moment.astimezone(self.zone):%H:%M}" if moment else none

    def figures(self) -> Iterator[Figure]:
        found = figures(self.records, self.crisis)
        lines = {
            "First sign": self.log[0].number if self.log else 0,
            "Told": self._number("declared"),
            "Acknowledged": self._number("seen", "got", "cant", at=found.acknowledged) if found.acknowledged else 0,
            "Acted": self._number("step", "hold", "said", "reached", at=found.acted) if found.acted else 0,
            "All clear": self._number("closed", "false-alarm"),
        }
        for name, moment in stages(found):
            if moment is None:
                yield Figure(name, MISSING[name], "")
            else:
                passed = after(found, moment) if moment != found.sign else ""
                yield Figure(name, local(moment, self.zone), passed, lines[name])

    def steps(self) -> Iterator[Line]:
        jobs = jobs_of(self.records, self.crisis)
        for step in steps_of(self.records, self.crisis):
            job = jobs.get(step.id)
            if job is None or not (job.opened or job.done or job.skipped):
                continue
            line = self._number("step", "skipped", about=step.id)
            yield Line(f"{step.id} ({shown(step.do, STEP_WORDS)}): {self._job(job)}", line)

    def _job(self, job: Job) -> str:
        who = ", ".join(self._name(one) for one in job.who) or "nobody"
        if job.skipped:
            return f"left out: {job.skipped}"
        if job.done is None:
            return f"left open, with {who}"
        over = ""
        if job.due is not None and job.done > job.due:
            over = f", {minutes_words(between(job.due, job.done, self.crisis.pace))} late"
        by = f" by {self._name(job.done_by)}" if job.done_by else ""
        return f"done{by} at {self._time(job.done, '')}{over}: {job.answer}"

    def told(self) -> Iterator[Line]:
        for one in sorted(self.records.find(Receipt, crisis=self.crisis.id), key=lambda one: (one.due, one.id)):
            name = self._name(one.volunteer)
            if "declared" in one.paths:
                yield Line(f"{name} ({one.why}): raised it", self._number("declared"))
                continue
            line = self._number(one.answer.value, at=one.answered, begin=name) if one.answered else 0
            answer = f"{ANSWERS[one.answer]} at {self._time(one.answered, '?')}" if one.answered else "no answer"
            told = f"told at {self._time(one.told, '')}" if one.told else "not told"
            yield Line(f"{name} ({one.why}): {told}, {answer}", line)

    def roles(self) -> Iterator[Line]:
        turns = sorted(self.records.find(Turn, crisis=self.crisis.id), key=lambda one: (one.since, one.id))
        for one in turns:
            until = self._time(one.until, "the end")
            yield Line(f"{one.role}: {self._name(one.volunteer)}, from {self._time(one.since, '')} to {until}")

    def accounts(self) -> Iterator[Line]:
        for one in holds_of(self.records, self.crisis):
            account = self.records.get(Account, one.account)
            yield Line(f"{account.short if account else '?'}: {self._held(one)}")

    def _held(self, one: Held) -> str:
        clean = {None: "not looked at", True: "clean", False: "not clean"}[one.clean]
        holding = f"holding at {self._time(one.holding, '')}" if one.holding else "nobody said that it holds"
        end = f"released at {self._time(one.released, '')}" if one.released else "still on hold"
        return f"asked at {self._time(one.asked, '')}, {holding}, queue: {one.paused or 'not told'}, {clean}, {end}"

    def said(self) -> Iterator[Line]:
        for words in sorted(self.records.find(Words, crisis=self.crisis.id), key=lambda one: (one.at, one.id)):
            by = ", ".join(self._name(one) for one in words.approvals)
            by = f"approved by {by}" if by else "approved ahead" if words.ahead else "approved by nobody"
            state = " ".join(words.said.values()) or (
                "never said" if approved(self.records, words) else "not said: two approvals were needed"
            )
            yield Line(f"“{words.text}” ({by}) {state}", self._number("words", about=words.id))

    def questions(self) -> Iterator[Line]:
        kind = plan_of(self.records, self.crisis).kind(self.crisis.kind)
        yield from (Line(one) for one in (kind.review if kind else ()))

    def lessons(self) -> Iterator[Line]:
        for one in sorted(self.records.find(Lesson, crisis=self.crisis.id), key=lambda one: (one.due, one.id)):
            state = "done" if one.done else f"by {understood_day(one.due)}"
            yield Line(f"{one.text}: {self._name(one.who)}, {state}", self._number("lesson", about=one.id))


def review_markdown(review: Review) -> str:
    """The review as Markdown: each line links to the line of the log that it comes from."""
    parts = [f"# {_plain(review.title)}", "", f"> {_plain(review.said)}", "", "## Figures", ""]
    parts += [f"- {one.name}: {one.when}{_after(one)} {_to(one.log)}".rstrip() for one in review.figures]
    parts += ["", review.short, "", f"Times are those of {review.zone}. Nobody is to blame: what do we change?"]
    parts += ["", "## Timeline", ""]
    for entry in review.timeline:
        link = f" <{entry.link}>" if entry.link else ""
        anchor = f'<a id="log-{entry.number}"></a>{_to(entry.number)}'
        parts.append(f"- {anchor} {entry.when}: {_plain(entry.text)}{link}")
    for heading, lines in review.sections:
        parts += ["", f"## {heading}", "", *(f"- {_plain(one.text)} {_to(one.log)}".rstrip() for one in lines)]
    return "\n".join(parts) + "\n"


def review_plain(review: Review) -> str:
    """The review as plain words, for a chat: lines of the log by their numbers."""
    parts = ["Figures", *(f"• {one.name}: {one.when}{_after(one)}" for one in review.figures), f"• {review.short}"]
    for heading, lines in review.sections:
        said = (f"{one.text} (line {one.log} of the log)" if one.log else one.text for one in lines)
        parts += ["", heading, *(f"• {one}" for one in said)]
    parts += ["", f"Timeline, in the time of {review.zone}"]
    parts += [f"{one.number}. {one.when}: {one.text}{f' {one.link}' if one.link else ''}" for one in review.timeline]
    return "\n".join(parts) + "\n"


def _after(one: Figure) -> str:
    return f", {one.after}" if one.after else ""


def _to(number: int) -> str:
    """The link to a line of the log."""
    return f"[{number}](#log-{number})" if number else ""


def _plain(text: str) -> str:
    """Literal text in Markdown: what people typed formats nothing and hides no link."""
    text = " ".join(text.split())
    for sign in "\\`*_[]<>#|":
        text = text.replace(sign, f"\\{sign}")
    return text
