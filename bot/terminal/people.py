"""Who is who, for somebody at the terminal."""

from zoneinfo import ZoneInfo

from bot.core.chat import Person, Place, Request
from bot.core.words import shown
from bot.errors import Trouble
from bot.terminal.opening import Opened


def person_called(house: Opened, text: str) -> Person:
    """The volunteer whom that name or id surely means, else Trouble that lists the names."""
    from bot.topics.team.matching import match  # noqa: PLC0415 - fuzzy look-up is slow to load

    people = house.people()
    if not people:
        raise Trouble("Nobody has joined this team yet. `steward run` prints a code for the first coordinator.")
    by_id = {one.id: person for one, person in people}
    found = text.strip().casefold().replace(" ", "-")
    if found in by_id:
        return by_id[found]
    matched = match(text[:80].replace("-", " "), [(one.id, one.name) for one, _person in people])
    if matched.sure:
        return by_id[matched.sure]
    if matched.near:
        near = " or ".join(name for _id, name in matched.near)
        raise Trouble(f"Whom do you mean by “{shown(text)}”? {near}?")
    listed = ", ".join(one.name for one, _person in people)
    raise Trouble(f"I don't know a volunteer called “{shown(text)}”. There are: {listed}.")


def name_of(house: Opened, one: Person | Place) -> str:
    """A volunteer's name; of others what follows the network in their id."""
    found = (member.name for member, person in house.people() if person == one)
    return next(found, one.id.partition(":")[2])


def zone_of(house: Opened, who: Person) -> ZoneInfo:
    """The person's time zone; the team's where they have set none."""
    return house.read(lambda records: house.engine.topics.who(records, Request(who, Place(who.network))).zone)
