from collections import Counter

from simcord.actors import MemberActor

from bot.topics.accounts.model import Account, Status
from bot.topics.posting.model import Post
from tests.adapters.discord.room import room

PEOPLE, ROUNDS = 20, 100


async def test_two_thousand_interactions_of_twenty_people_lose_and_double_nothing() -> None:
    async with room(settle_timeout=60) as one:
        people: list[MemberActor] = [one.volunteer(f"V{number}") for number in range(PEOPLE)]
        for number in range(PEOPLE):
            one.house.put(
                Account(f"a{number}", f"s{number}-x", f"N{number}", "x", status=Status.ACTIVE, owner=f"v{number}")
            )
        records = []
        for turn in range(ROUNDS):
            for number, member in enumerate(people):
                records.append(one.typed(member, "posted", account=f"s{number}-x", words=f"{number}/{turn}"))
            await one.env.settle()
        assert Counter(record.responded for record in records) == {True: PEOPLE * ROUNDS}
        noted = Counter(post.words for post in one.house.find(Post))
        assert noted == {f"{number}/{turn}": 1 for number in range(PEOPLE) for turn in range(ROUNDS)}
        assert not one.adapter.answering.counts
