"""What a volunteer sets for themselves: zone, hours, days off, pace. What I may write, and where: `contacting`."""

from typing import Any

from msgspec.structs import replace

from bot.core.chat import Button, Card, Choice, Control, Facts, Note, Person, Reply
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.team.guiding import next_step
from bot.topics.team.hours import in_quiet
from bot.topics.team.model import NO_COUNTRY, Identity, Team, Volunteer
from bot.topics.team.nudges import Pace
from bot.topics.team.nudging import address, hours_changed, team_of
from bot.topics.team.options import ACountry, ATime, AVolunteer, AZone
from bot.topics.team.whose import is_own, whose

NOWHERE = "no country"
ALL = Button("All my settings", "settings")
MENTION = {True: "a neutral line in the team's channel", False: "nothing in the team's channel"}


def settings(context: Context) -> Reply:
    """Everything you can set: your time zone, hours, days off, how often I write, and whether I may."""
    one, team = whose(context, None), team_of(context.records)
    networks = networks_of(context, one)
    facts = [
        ("Time zone", one.zone or f"{team.zone}, the team's"),
        ("I write at", f"{one.hour:%H:%M}"),
        ("Quiet hours", _quiet_words(one)),
        ("Weekends", "fine" if one.weekends else "off"),
        ("Public holidays of", _country_words(one, team)),
        ("How often", pace_words(one.pace)),
        ("Reminders", _consent(one.reminders)),
        ("Crisis alarms", _consent(one.alarms)),
        ("If direct messages don't reach you", MENTION[one.mention]),
    ]
    if len(networks) > 1:
        facts.append(("I write to you on", written_on(context, one).capitalize()))
    return Card(
        "Your settings",
        f"{one.name}: at {one.hour:%H:%M}, {pace_words(one.pace)}; reminders {_consent(one.reminders)}.",
        (Facts(tuple(facts)), Note("Going away? Type `away` and the days, such as: away monday to friday")),
        _controls(one, networks, written_on(context, one)),
    )


def _controls(one: Volunteer, networks: list[str], now: str) -> tuple[Control, ...]:
    other = [network for network in networks if network != now]
    return (
        Choice("How often I write", "pace", "pace", tuple((pace.value, pace_words(pace)) for pace in Pace)),
        Button("Set my time zone", "zone"),
        Button("Set my hour", "hour"),
        Button("Set my quiet hours", "quiet"),
        Button("Weekends off" if one.weekends else "Weekends are fine", "weekends", {"fine": turned(one.weekends)}),
        Button("Set my country", "country"),
        Button(
            "No more reminders" if one.reminders else "Send me reminders", "reminders", {"on": turned(one.reminders)}
        ),
        Button("No crisis alarms" if one.alarms else "Send me crisis alarms", "alarms", {"on": turned(one.alarms)}),
        Button(
            "No line in the channel" if one.mention else "Allow a line in the channel",
            "mention",
            {"on": turned(one.mention)},
        ),
        *(Button(f"Write to me on {network.capitalize()}", "prefer", {"network": network}) for network in other),
    )


def turned(now: bool | None) -> str:
    """The word that turns a setting round."""
    return "no" if now else "yes"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _consent(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "not asked yet"}[value]


def pace_words(pace: Pace) -> str:
    """`standard: at most twice a week`."""
    times = {1: "at most once a week", 2: "at most twice a week"}
    return f"{pace.value}: {times.get(pace.per_week, f'at most {pace.per_week} times a week')}"


def _country_words(one: Volunteer, team: Team) -> str:
    """Of which country the public holidays are days off."""
    if one.country == NO_COUNTRY:
        return NOWHERE
    return one.country or (f"{team.country}, the team's" if team.country else NOWHERE)


def _quiet_words(one: Volunteer) -> str:
    if one.quiet_from == one.quiet_to:
        return "none"
    return f"{one.quiet_from:%H:%M}–{one.quiet_to:%H:%M}"


def networks_of(context: Context, one: Volunteer) -> list[str]:
    """The networks on which a volunteer is known."""
    found = context.records.find(Identity, volunteer=one.id)
    return list(dict.fromkeys(Person(each.id).network for each in found))


def written_on(context: Context, one: Volunteer) -> str:
    """The network on which a volunteer is written to now: another than they prefer while that one is closed to me."""
    person = address(context.records, one)
    return person.network if person else ""


def change(
    context: Context, one: Volunteer, said: str, undo: tuple[str, dict[str, str]] | None, **changes: Any
) -> Card:
    """Keep the changes, move the nudge to its new slot, and say what holds now."""
    after = replace(one, **changes)
    context.records.put(after)
    hours_changed(context, after)
    own = is_own(context, one)
    controls: tuple[Control, ...] = (ALL,) if own else ()
    if undo and after != one:
        command, values = undo
        controls = (Button("Undo", command, values if own else {**values, "volunteer": one.id}), *controls)
    if own and not team_of(context.records).channel:  # a coordinator on the way through setting up
        controls = (*next_step(context), *controls)
    return Card("Settings" if own else f"Settings of {one.name}", said, controls=controls)


def zone(context: Context, zone: AZone, volunteer: AVolunteer | None = None) -> Reply:
    """Set your time zone, by a city in it.

    zone: a city, such as Chicago, or a zone's name; `team` for the team's
    volunteer: for whom, if you are a coordinator; yourself if left out
    """
    one = whose(context, volunteer)
    team = team_of(context.records).zone
    named = zone or f"{team}, as for the team"
    if not zone and context.request.suggested_zone:  # else their profile's would take its place
        zone = team
    said = f"The time zone is {named}. I write at {one.hour:%H:%M} there."
    return change(context, one, said, ("zone", {"zone": one.zone or "team"}), zone=zone)


def hour(context: Context, hour: ATime, volunteer: AVolunteer | None = None) -> Reply:
    """Set the hour at which I write when something waits.

    hour: a time of day outside the quiet hours, such as 9, 9am or 17:30
    volunteer: for whom, if you are a coordinator; yourself if left out
    """
    one = whose(context, volunteer)
    if in_quiet(one.quiet_from, one.quiet_to, hour):
        raise Refusal(
            f"{hour:%H:%M} is in the quiet hours ({_quiet_words(one)}), when I don't write. Choose an hour outside "
            "them, or change them first: type for example `quiet 22:00 6:00`.",
            option="hour",
            choices=((f"{one.quiet_to:%H:%M}", f"Write at {one.quiet_to:%H:%M}"),),
        )
    said = f"When something waits, I write at {hour:%H:%M}."
    return change(context, one, said, ("hour", {"hour": f"{one.hour:%H:%M}"}), hour=hour)


def quiet(context: Context, from_: ATime, to: ATime, volunteer: AVolunteer | None = None) -> Reply:
    """Set the hours in which I never write.

    from: when they begin, such as 20:00
    to: when they end, such as 8:00; the same time twice means none
    volunteer: for whom, if you are a coordinator; yourself if left out
    """
    one = whose(context, volunteer)
    if in_quiet(from_, to, one.hour):
        raise Refusal(
            f"I write at {one.hour:%H:%M}, which would be in these quiet hours. Please choose others, or another hour "
            "first: type for example `hour 12:00`.",
            option="to",
        )
    undo = ("quiet", {"from": f"{one.quiet_from:%H:%M}", "to": f"{one.quiet_to:%H:%M}"})
    words = f"I write nothing from {from_:%H:%M} to {to:%H:%M}." if from_ != to else "There are no quiet hours now."
    return change(context, one, words, undo, quiet_from=from_, quiet_to=to)


def weekends(context: Context, fine: bool, volunteer: AVolunteer | None = None) -> Reply:
    """Say whether I may write at weekends.

    fine: yes, if weekends are fine; no, if they are off
    volunteer: for whom, if you are a coordinator; yourself if left out
    """
    one = whose(context, volunteer)
    said = "Weekends are fine now." if fine else "Weekends are off now."
    return change(context, one, said, ("weekends", {"fine": _yes(one.weekends)}), weekends=fine)


def country(context: Context, country: ACountry, volunteer: AVolunteer | None = None) -> Reply:
    """Set the country whose public holidays are days off for you.

    country: its name or code, such as US or Germany; `team` for the team's, `none` for no public holidays
    volunteer: for whom, if you are a coordinator; yourself if left out
    """
    one = whose(context, volunteer)
    named = _country_words(replace(one, country=country), team_of(context.records))
    said = f"Days off are the public holidays of {named}."
    if named == NOWHERE:
        said = "No public holidays are days off."
    return change(context, one, said, ("country", {"country": one.country or "team"}), country=country)


def pace(context: Context, pace: Pace, volunteer: AVolunteer | None = None) -> Reply:
    """Set how often I may write: light, standard or active.

    pace: light (once a week at most), standard (twice) or active (five times)
    volunteer: for whom, if you are a coordinator; yourself if left out
    """
    one = whose(context, volunteer)
    said = f"How often I write: {pace_words(pace)}."
    return change(context, one, said, ("pace", {"pace": one.pace.value}), pace=pace)
