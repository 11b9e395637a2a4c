"""Public words: filled from the crisis' facts, approved by two people to the letter, or ahead but for the blanks."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.core.chat import FIELD_LIMIT, Block, Button, Card, Facts, Field, Form, Reply, Row, Rows
from bot.core.chat import Words as Paragraph
from bot.core.pages import page_of, turns
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.accounts.options import AnAccount
from bot.topics.crisis.clearance import need_clearance, waits_on
from bot.topics.crisis.kept import Ahead
from bot.topics.crisis.logbook import clean_of_names, log, redraw
from bot.topics.crisis.model import Crisis, Moved, Words
from bot.topics.crisis.options import ACrisis, ALink, AText, AValue, AWord
from bot.topics.crisis.outline import Plan, Statement
from bot.topics.crisis.people import chosen, may_see, needs_part, open_crises
from bot.topics.crisis.plan_options import AStatement
from bot.topics.crisis.telling import reply
from bot.topics.crisis.versions import current_plan, plan_of
from bot.topics.crisis.wording import (
    NEEDED,
    all_words,
    approved,
    approved_ahead,
    blanks_of,
    digest,
    filled,
    keep_words,
    known_blanks,
    state_words,
    words_card,
    words_controls,
    words_id,
    written,
)

FIELDS = ("one", "two", "three", "four", "five")  # the fields of a form for blanks, in the order of the text


def statement_list(context: Context, crisis: ACrisis | None = None, page: int = 1) -> Reply:
    """The public statements of the plan, what is approved, and what was said where.

    crisis: which crisis; if left out, the one that is going on, else the plan as it is
    page: which page of a long list
    """
    running = crisis is not None or bool(_running(context))
    if not running:
        return _plan_card(context, current_plan(context.records), page)
    found = chosen(context, crisis, ended=True)
    needs_part(context, found)
    return reply(found, _crisis_card(context, found))


def _running(context: Context) -> list[Crisis]:
    """What goes on, as far as the asker may know; whoever has to be heard first is told so, not shown the plan."""
    me = context.asker.volunteer
    return [one for one in open_crises(context.records) if may_see(context, one) or me in one.suspects]


def _plan_card(context: Context, plan: Plan, page: int) -> Card:
    rows = []
    for one in plan.statements():
        ready = approved_ahead(context.records, one)
        known = context.records.get(Ahead, one.id)
        given = len(known.approvals) if known and known.digest == digest(one.text) else 0
        state = "approved ahead" if ready else f"{given} of {NEEDED} approvals"
        controls = () if ready else (Button(f"Approve {one.id}"[:75], "statement approve", {"statement": one.id}),)
        rows.append(Row(f"{one.id}: {state}", one.text, controls))
    shown, first, last = page_of(rows, page)
    return Card(
        "Statements",
        "Approved ahead by two people, only the blanks of a statement have to be filled on the night.",
        (Rows(tuple(shown), first, len(rows)),),
        turns("statements", "statement list", {}, first, last),
    )


def _crisis_card(context: Context, crisis: Crisis) -> Card:
    plan = plan_of(context.records, crisis)
    rows = [_row(context, crisis, one) for one in plan.statements(crisis.kind)]
    own = [one for one in all_words(context.records, crisis) if not one.statement]
    rows += [Row(f"Own words: {state_words(context.records, one)}", one.text, words_controls(one)) for one in own]
    kind = plan.kind(crisis.kind)
    guide: tuple[Block, ...] = ()
    if kind is not None:
        guide = (Facts((("Do", "; ".join(kind.do)), ("Don't", "; ".join(kind.dont)))),)
    if not rows:
        rows = [Row("The plan has no statement for this. Write one: `statement write` and the words.")]
    return Card("What may we say?", _may_say(context, crisis), (Rows(tuple(rows), total=len(rows)), *guide))


def _may_say(context: Context, crisis: Crisis) -> str:
    ready = [one for one in all_words(context.records, crisis) if approved(context.records, one)]
    if ready:
        return f"{len(ready)} approved. Post only approved words, and tell me where: `statement said`."
    return "Nothing is approved yet: say nothing in public."


def _row(context: Context, crisis: Crisis, one: Statement) -> Row:
    words = written(context.records, crisis, one.id)
    if words is not None:
        return Row(f"{one.name}: {state_words(context.records, words)}", words.text, words_controls(words))
    waits = waits_on(context.records, crisis, one.id)
    ready = "approved ahead: fill its blanks" if approved_ahead(context.records, one) else "not written yet"
    ready = f"waits for “{waits}”" if waits else ready
    values = {"statement": one.id, "crisis": crisis.id}
    return Row(f"{one.name}: {ready}", one.text, (Button(f"Fill in {one.name}"[:75], "statement fill", values),))


def statement_fill(  # noqa: PLR0917 - the blanks of a statement, in the order of its text
    context: Context,
    statement: AStatement,
    one: AValue | None = None,
    two: AValue | None = None,
    three: AValue | None = None,
    four: AValue | None = None,
    five: AValue | None = None,
    crisis: ACrisis | None = None,
) -> Reply:
    """Fill in the blanks of one of the plan's statements; the form names each of them.

    statement: its name, such as locked_out
    one: the first blank that is still open
    two: the second
    three: the third
    four: the fourth
    five: the fifth
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_part(context, found)
    values = known_blanks(context, found)
    still = [name for name in blanks_of(statement.text) if name not in values]
    given = [each for each in (one, two, three, four, five)[: len(still)] if each is not None]
    told = {name: clean_of_names(context.records, found, said) for name, said in zip(still, given, strict=False)}
    if told:
        found = replace(found, blanks={**found.blanks, **told})
        context.records.put(found)
        still = [name for name in still if name not in told]
    text = filled(statement.text, {**values, **told})
    if still:
        return reply(found, _ask_blanks(statement, text, still, found))
    ahead = approved_ahead(context.records, statement)
    if ahead:
        need_clearance(context.records, found, statement.id)
    words = Words(
        words_id(context, found, statement.id),
        found.id,
        statement.id,
        text,
        context.asker.volunteer,
        context.now,
        ahead=ahead,
    )
    return keep_words(context, found, words)


def _ask_blanks(statement: Statement, text: str, still: Sequence[str], crisis: Crisis) -> Form:
    fields = tuple(
        Field(FIELDS[index], name.replace("_", " ").capitalize()[:45], hint=f"fills {{{name}}}")
        for index, name in enumerate(still[:FIELD_LIMIT])
    )
    return Form("Fill in", "statement fill", fields, {"statement": statement.id, "crisis": crisis.id}, text)


def statement_write(
    context: Context, text: AText, statement: AStatement | None = None, crisis: ACrisis | None = None
) -> Reply:
    """Write public words of your own, or change a statement's; two others have to approve them.

    text: the words, as they are to be posted
    statement: the statement of the plan in whose place they stand, if any
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_part(context, found)
    left = blanks_of(text)
    if left:
        raise Refusal(f"There is still a blank in it: {{{left[0]}}}. Please fill it.", option="text")
    name = statement.id if statement else ""
    return keep_words(
        context,
        found,
        Words(words_id(context, found, name), found.id, name, text, context.asker.volunteer, context.now),
    )


def statement_approve(
    context: Context,
    statement: AStatement | None = None,
    words: AWord | None = None,
    seen: AWord | None = None,
    crisis: ACrisis | None = None,
) -> Reply:
    """Approve public words, exactly as they stand; between crises, a statement of the plan ahead of time.

    statement: the plan's statement, by its name
    words: the words' own name, as their button has it
    seen: what the button was made for, so that nobody approves what they have not read
    crisis: which crisis, if there are several
    """
    if words is None and crisis is None and statement is not None and not _running(context):
        return _approve_ahead(context, statement)
    found = chosen(context, crisis)
    needs_part(context, found)
    known = context.records.get(Words, f"{found.id}/{words}") if words else None
    known = known or written(context.records, found, statement.id if statement else "")
    if known is None:
        raise Refusal("Those words are not there. Type `statement list` to see what waits.", option="statement")
    if seen is not None and seen != digest(known.text):
        raise Refusal("The words have changed since you read them. Type `statement list` to read them as they are now.")
    me = context.asker.volunteer
    if me == known.by:
        raise Refusal("You wrote these words, so two others have to approve them.")
    if me in known.approvals:
        raise Refusal("You have approved these words already; one other person is still needed.")
    need_clearance(context.records, found, known.statement)
    after = replace(known, approvals=(*known.approvals, me))
    context.records.put(after)
    log(context, found, "approved", f"approved: “{after.text}”", about=after.id, loud=len(after.approvals) == NEEDED)
    context.announce(Moved(found.id))
    return reply(found, words_card(context, found, after))


def _approve_ahead(context: Context, statement: Statement) -> Reply:
    known = context.records.get(Ahead, statement.id)
    if known is None or known.digest != digest(statement.text):
        known = Ahead(statement.id, digest(statement.text))
    if context.asker.volunteer in known.approvals:
        raise Refusal("You have approved this statement already; one other person is still needed.")
    known = replace(known, approvals=(*known.approvals, context.asker.volunteer), at=context.now)
    context.records.put(known)
    left = NEEDED - len(known.approvals)
    said = f"{statement.id} is approved ahead." if left <= 0 else f"Noted. {statement.id} needs one more approval."
    return Card("Statement", said, (Paragraph(statement.text),), (Button("See all statements", "statement list"),))


def statement_said(
    context: Context, words: AWord, account: AnAccount, link: ALink, crisis: ACrisis | None = None
) -> Reply:
    """Tell me where approved words are out: who said what where, with the link.

    words: which words, as `statement list` names them
    account: the account on which they are out
    link: the post's web address
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_part(context, found)
    ids = {one.name: one.id for one in plan_of(context.records, found).statements(found.kind)}
    known = context.records.get(Words, f"{found.id}/{words}")
    known = known or written(context.records, found, ids.get(words, words))
    if known is None:
        raise Refusal("I don't know those words. Type `statement list` to see them.", option="words")
    if not approved(context.records, known):
        raise Refusal("These words are not approved. If they are out all the same, please tell the lead at once.")
    need_clearance(context.records, found, known.statement)
    context.records.put(replace(known, said={**known.said, account.id: link}))
    log(context, found, "said", f"said on {account.short}: “{known.text}”", link=link, about=known.id, loud=True)
    redraw(context, found)
    context.announce(Moved(found.id))
    return reply(found, Card("Noted", f"It is in the log that this went out on {account.short}. Thank you!"))
