"""What a volunteer sets for themselves: zone, hours, days off, pace, consents, preferred network."""

from dataclasses import replace
from typing import Annotated, Any

from bot.core.chat import Button, Card, Choice, Control, Facts, Note, Reply
from bot.core.router import Context, Option
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.team.hours import in_quiet
from bot.topics.team.model import Identity, Volunteer
from bot.topics.team.nudges import Pace
from bot.topics.team.nudging import hours_changed, team_of
from bot.topics.team.options import ACountry, ATime, AVolunteer, AZone
from bot.topics.team.whose import is_own, whose

ALL = Button("All my settings", "settings")


def settings(context: Context) -> Reply:
    """Everything you can set: your time zone, hours, days off, how often I write, and whether I may."""
    one, team = whose(context, None), team_of(context.records)
    networks = _networks(context, one)
    facts = [
        ("Time zone", one.zone or f"{team.zone}, the team's"),
        ("I write at", f"{one.hour:%H:%M}"),
        ("Quiet hours", _quiet_words(one)),
        ("Weekends", "fine" if one.weekends else "off"),
        ("Public holidays of", one.country or (f"{team.country}, the team's" if team.country else "no country")),
        ("How often", _pace_words(one.pace)),
        ("Reminders", _consent(one.reminders)),
        ("Crisis alarms", _consent(one.alarms)),
    ]
    if len(networks) > 1:
        facts.append(("I write to you on", one.prefers or networks[0]))
    return Card(
        "Your settings",
        f"{one.name}: at {one.hour:%H:%M}, {_pace_words(one.pace)}; reminders {_consent(one.reminders)}.",
        (Facts(tuple(facts)), Note("Going away? Type `away` and the days, such as: away monday to friday")),
        _controls(one, networks),
    )


def _controls(one: Volunteer, networks: list[str]) -> tuple[Control, ...]:
    other = [network for network in networks if network != (one.prefers or networks[0])]
    return (
        Choice("How often I write", "pace", "pace", tuple((pace.value, _pace_words(pace)) for pace in Pace)),
        Button("Set my time zone", "zone"),
        Button("Set my hour", "hour"),
        Button("Set my quiet hours", "quiet"),
        Button("Weekends off" if one.weekends else "Weekends are fine", "weekends", {"fine": _no(one.weekends)}),
        Button("Set my country", "country"),
        Button("No more reminders" if one.reminders else "Send me reminders", "reminders", {"on": _no(one.reminders)}),
        Button("No crisis alarms" if one.alarms else "Send me crisis alarms", "alarms", {"on": _no(one.alarms)}),
        *(Button(f"Write to me on {network}", "prefer", {"network": network}) for network in other),
    )


def _no(now: bool | None) -> str:
    """The word that turns a setting round."""
    return "no" if now else "yes"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _consent(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "not asked yet"}[value]


def _pace_words(pace: Pace) -> str:
    times = {1: "at most once a week", 2: "at most twice a week"}
    return f"{pace.value}: {times.get(pace.per_week, f'at most {pace.per_week} times a week')}"


def _quiet_words(one: Volunteer) -> str:
    if one.quiet_from == one.quiet_to:
        return "none"
    return f"{one.quiet_from:%H:%M}–{one.quiet_to:%H:%M}"


def _networks(context: Context, one: Volunteer) -> list[str]:
    found = context.records.find(Identity, volunteer=one.id)
    return list(dict.fromkeys(each.id.partition(":")[0] for each in found))


def _change(
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
    return _change(context, one, said, ("zone", {"zone": one.zone or "team"}), zone=zone)


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
    return _change(context, one, said, ("hour", {"hour": f"{one.hour:%H:%M}"}), hour=hour)


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
    return _change(context, one, words, undo, quiet_from=from_, quiet_to=to)


def weekends(context: Context, fine: bool, volunteer: AVolunteer | None = None) -> Reply:
    """Say whether I may write at weekends.

    fine: yes, if weekends are fine; no, if they are off
    volunteer: for whom, if you are a coordinator; yourself if left out
    """
    one = whose(context, volunteer)
    said = "Weekends are fine now." if fine else "Weekends are off now."
    return _change(context, one, said, ("weekends", {"fine": _yes(one.weekends)}), weekends=fine)


def country(context: Context, country: ACountry, volunteer: AVolunteer | None = None) -> Reply:
    """Set the country whose public holidays are days off for you.

    country: its name or code, such as US or Germany; `team` for the team's
    volunteer: for whom, if you are a coordinator; yourself if left out
    """
    one = whose(context, volunteer)
    team = team_of(context.records).country
    named = country or (f"{team}, as for the team" if team else "")
    said = f"Days off are the public holidays of {named}." if named else "No public holidays are days off."
    return _change(context, one, said, ("country", {"country": one.country or "team"}), country=country)


def pace(context: Context, pace: Pace, volunteer: AVolunteer | None = None) -> Reply:
    """Set how often I may write: light, standard or active.

    pace: light (once a week at most), standard (twice) or active (five times)
    volunteer: for whom, if you are a coordinator; yourself if left out
    """
    one = whose(context, volunteer)
    said = f"How often I write: {_pace_words(pace)}."
    return _change(context, one, said, ("pace", {"pace": one.pace.value}), pace=pace)


def reminders(context: Context, on: bool) -> Reply:
    """Allow me to write to you when something waits, or stop all such messages at once.

    on: yes, and I may write; no, and I send none of any kind; crisis alarms are asked separately
    """
    one = whose(context, None)
    said = f"I may write to you: {_pace_words(one.pace)}, at {one.hour:%H:%M}, never in your quiet hours."
    if not on:
        said = "I send you no more messages of any kind by myself. What waits for you is shown when you type `home`."
    undo = ("reminders", {"on": _no(on)})
    card = _change(context, one, said, undo, reminders=on)
    return replace(card, controls=(*card.controls, *_about_alarms(one, reminders=on)))


def _about_alarms(one: Volunteer, *, reminders: bool) -> tuple[Control, ...]:
    """Crisis alarms are a question of their own."""
    if one.alarms is None and reminders:
        return (
            Button("Crisis alarms, too", "alarms", {"on": "yes"}),
            Button("No crisis alarms", "alarms", {"on": "no"}),
        )
    return (Button("No crisis alarms either", "alarms", {"on": "no"}),) if one.alarms and not reminders else ()


def alarms(context: Context, on: bool) -> Reply:
    """Allow me to wake you in a crisis, at any hour, or not.

    on: yes, and a crisis reaches you even in quiet hours; no, and it does not
    """
    one = whose(context, None)
    said = "In a crisis I write to you at any hour." if on else "Crisis alarms don't reach you."
    return _change(context, one, said, ("alarms", {"on": _no(on)}), alarms=on)


def _read_network(context: Context, text: str) -> str:
    wanted = text.strip().casefold()
    known = _networks(context, whose(context, None))
    found = [network for network in known if network.startswith(wanted)] if wanted else []
    if len(found) != 1:
        raise Refusal(
            f"I don't know you on “{shown(text)}”. To be known there too, type `link` here.",
            choices=tuple((network, f"Write to me on {network}") for network in known[:5]),
        )
    return found[0]


def _suggest_networks(context: Context, _text: str) -> list[tuple[str, str]]:
    found = context.records.find(Identity, volunteer=context.asker.volunteer) if context.asker.volunteer else []
    names = dict.fromkeys(each.id.partition(":")[0] for each in found)
    return [(name, name.capitalize()) for name in names]


ANetwork = Annotated[str, Option(_read_network, suggest=_suggest_networks)]


def prefer(context: Context, network: ANetwork) -> Reply:
    """Choose the network on which I write to you, if you are linked on several.

    network: one on which you are known, such as slack or discord
    """
    one = whose(context, None)
    undo = ("prefer", {"network": one.prefers}) if one.prefers else None
    return _change(
        context, one, f"I write to you on {network.capitalize()}, never on two at once.", undo, prefers=network
    )
