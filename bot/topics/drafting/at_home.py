"""What drafting shows at home: drafts that wait for me, and tips that I took."""

from bot.core.chat import Block, Button, Control, Row, Rows, Words
from bot.core.router import Context
from bot.topics.accounts.model import Account
from bot.topics.drafting.keeping import read_button
from bot.topics.drafting.listing import Which, listed
from bot.topics.drafting.model import Draft, DraftState, Tip, TipState
from bot.topics.drafting.options import gist, named, waiting_tips
from bot.topics.drafting.tips import show_tip
from bot.topics.team.facts import HomeOpened, Section
from bot.topics.team.model import TeamRole

HOME_WEIGHT = 18
SHOWN = 3


def drafting_home(context: Context, opened: HomeOpened) -> Section | None:
    """Drafts that wait for my approval, my own ones, the tips that I took, and how many wait in the jar."""
    me = opened.volunteer
    if me is None or me.role is TeamRole.OBSERVER:
        return None
    blocks: list[Block] = []
    blocks += _drafts(context, "For a second pair of eyes, yours:", listed(context, Which.REVIEW))
    mine = [one for one in listed(context, Which.MINE) if one.state is not DraftState.REVIEW]
    blocks += _drafts(context, "Your drafts:", mine)
    taken = context.records.find(Tip, holder=me.id, state=TipState.CLAIMED, order="given")
    if taken:
        rows = tuple(Row(named(one, 100), controls=(show_tip(one),)) for one in taken[:SHOWN])
        blocks += [Words("Tips that you took:"), Rows(rows, total=len(taken))]
    free = sum(one.state is TipState.OPEN for one in waiting_tips(context.records))
    if free:
        blocks.append(Words(f"{free} {'tip waits' if free == 1 else 'tips wait'} in the jar."))
    controls: tuple[Control, ...] = (Button("The tip jar", "tip list"),) if free else ()
    return Section(HOME_WEIGHT, tuple(blocks), controls) if blocks else None


def _drafts(context: Context, title: str, found: list[Draft]) -> list[Block]:
    rows = []
    for one in found[:SHOWN]:
        account = context.records.get(Account, one.account)
        if account is not None:
            rows.append(Row(f"{account.short}: {gist(one.text, 100)}", controls=(read_button(one, account),)))
    return [Words(title), Rows(tuple(rows), total=len(found))] if rows else []
