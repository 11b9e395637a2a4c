"""A draft as a card: the words to be copied, their length, what the checker says, and what comes next."""

from bot.core.chat import Block, Button, Card, Control, Note, Row, Rows, Style, Words
from bot.core.router import Context, Role
from bot.topics.accounts.changing import name_of
from bot.topics.accounts.model import Account
from bot.topics.accounts.networks import shown_network
from bot.topics.drafting.keeping import account_of, author_names, may_approve, may_edit, wrote
from bot.topics.drafting.making import Source, source_of_draft
from bot.topics.drafting.model import Draft, DraftState, TipState
from bot.topics.drafting.options import as_seen, gist, pieces
from bot.topics.drafting.policy import ruling
from bot.topics.drafting.questions import Question
from bot.topics.drafting.rules import may_post
from bot.topics.drafting.tips import tip_of, together
from bot.topics.drafting.weighing import controls_of, doubts_on, faults_of, length_words, question_of, remarks_on
from bot.topics.team.model import Volunteer

SHOWN = 800  # characters of another wording; the whole is there once it is chosen


def draft_card(context: Context, draft: Draft, said: str = "") -> Card:
    """All of a draft that the asker needs now. `said` is what has just been done, in a sentence."""
    account = account_of(context.records, draft)
    source = source_of_draft(context, draft)
    blocks: list[Block] = [*map(Words, pieces(draft.text)), Note(_measures(account, draft))]
    if draft.alt:
        blocks.append(Note(f"The picture's words: {draft.alt}"))
    if draft.note and draft.state is DraftState.RETURNED:
        blocks.append(Words(f"Sent back with a note: {draft.note}"))
    blocks += [
        Words(f"Please look: {one}") for one in (*faults_of(draft.text, account.network), *doubts_on(draft, source))
    ]
    if draft.at_work:
        blocks += _in_the_way(context, draft, account)
        question = question_of(context, draft, source) if may_edit(context, draft) else None
        blocks += _question(draft, question) if question else []
        blocks += _remarks(context, draft, source, question.about if question else "")
        blocks += _others(draft) if _chooses(context, draft) else []
    summary = " ".join(part for part in (said, f"{_state(context, draft)}.") if part)
    title = f"For {account.short} on {shown_network(account.network)}"
    return Card(title, summary, tuple(blocks), _controls(context, draft, account))


def _measures(account: Account, draft: Draft) -> str:
    return f"Length: {length_words(draft.text, account.network)}."


def _state(context: Context, draft: Draft) -> str:
    words = state_words(context, draft)
    return words[:1].upper() + words[1:]


def state_words(context: Context, draft: Draft) -> str:
    """Where the draft stands, in words."""
    by = "you" if wrote(context, draft) else author_names(context.records, draft)
    match draft.state:
        case DraftState.WRITING:
            return f"a draft by {by}"
        case DraftState.REVIEW:
            return f"a draft by {by}, waiting for a second pair of eyes"
        case DraftState.RETURNED:
            return f"a draft by {by}, sent back with a note"
        case DraftState.APPROVED:
            return (
                f"a draft by {by}, approved by {name_of(context.records, draft.approver)}: ready to be posted as it is"
            )
        case DraftState.POSTED:
            return f"a draft by {by}, posted"
        case DraftState.DROPPED:
            return f"a draft by {by}, put away"


def _in_the_way(context: Context, draft: Draft, account: Account) -> list[Block]:
    """Why the words can't or shouldn't go out: a retired account, a tip that was set aside, an approval to come."""
    if not account.live:
        return [Words(f"{account.short} is retired, so nothing more goes out there.")]
    blocks: list[Block] = []
    tip = tip_of(context.records, draft.tip)
    if tip is not None and tip.state is TipState.SET_ASIDE:
        blocks.append(Words(f"Its tip was set aside: {tip.reason.rstrip('.')}."))
    same = together(context.records, tip) if tip is not None else ()
    if any(context.records.count(Draft, tip=id, account=account.id, state=DraftState.POSTED) for id in same):
        blocks.append(Words(f"Another draft of the same tip is out on {account.short} already."))
    said = ruling(context.records, draft)
    if said.needed and not draft.approved:
        touched = ", ".join(one.name for one in said.restricted)
        why = f", since it touches {touched}" if touched else ""
        blocks.append(Words(f"It needs somebody else's approval before it goes out{why}."))
    return blocks


def _question(draft: Draft, question: Question) -> list[Block]:
    values = {"draft": draft.id}
    controls = (Button("Answer that", "answer", values), Button("Post without", "post without", values))
    return [Rows((Row(question.sentence, controls=controls),), total=1)]


def _remarks(context: Context, draft: Draft, source: Source | None, asked: str) -> list[Block]:
    """The checker's remarks: what could be better, with one-tap fixes; then, in a line, what is fine.

    `asked` is what the question above is about, which needn't be remarked on as well.
    """
    every, edits = remarks_on(context, draft, source), may_edit(context, draft)
    found = [one for one in every if one.ok or one.tip != asked]
    rows = tuple(
        Row(f"{one.tip.capitalize()}: {one.reason}", controls=controls_of(context, draft, one, edits=edits))
        for one in found
        if not one.ok
    )
    fine = [f"{one.tip}: {one.reason}" for one in found if one.ok]
    blocks: list[Block] = [Words("The checker says:"), Rows(rows, total=len(rows))] if rows else []
    return [*blocks, Note("\n".join(fine))] if fine else blocks


def _chooses(context: Context, draft: Draft) -> bool:
    """Other wordings are for who is at work on it, not for who reads it for approval."""
    return wrote(context, draft) or (may_edit(context, draft) and draft.state is not DraftState.REVIEW)


def _others(draft: Draft) -> list[Block]:
    rows = tuple(
        Row(f"Wording {number}:", text if len(text) <= SHOWN else gist(text, SHOWN), (_use(draft, number),))
        for number, text in enumerate(draft.others, 1)
    )
    return [Words("Or in other words:"), Rows(rows, total=len(rows))] if rows else []


def _use(draft: Draft, number: int) -> Button:
    values = {"draft": draft.id, "number": str(number), "seen": draft.seen}
    return Button(f"Use wording {number}", "wording", values)


def _controls(context: Context, draft: Draft, account: Account) -> tuple[Control, ...]:
    values, short = {"draft": draft.id}, account.short
    if draft.state is DraftState.POSTED:
        return (Button(f"Posts on {short}", "posts", {"account": short}),)
    if context.asker.role < Role.VOLUNTEER:
        return ()
    mine = may_edit(context, draft)
    if draft.state is DraftState.DROPPED:
        return (Button("Take the draft up again", "recover", values),) if mine else ()
    away = (Button("Put the draft away", "discard", values),) if mine else ()
    if not account.live:
        return away
    found: list[Control] = []
    me = context.records.get(Volunteer, context.asker.volunteer)
    if draft.state is DraftState.REVIEW and me is not None and may_approve(context.records, draft, me):
        found.append(Button(f"Approve for {short}", "approve", {"draft": as_seen(draft)}, Style.PRIMARY))
        found.append(Button("Send it back with a note", "send back", values))
    said = ruling(context.records, draft)
    if may_post(draft, said) and draft.state is not DraftState.RETURNED:
        found.append(Button(f"It is out on {short}", "went out", values, Style.PLAIN if found else Style.PRIMARY))
    if mine and draft.state in (DraftState.WRITING, DraftState.RETURNED):
        style = Style.PRIMARY if said.needed else Style.PLAIN
        found.append(Button("Ask for a second pair of eyes", "review", values, style))
    if mine:
        found.append(Button("Change the words", "reword", values))
    if draft.tip or draft.of_post:
        found.append(Button("Where it comes from", "sources", values))
    return tuple([*found, *away][:5])
