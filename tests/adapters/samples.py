"""A card with one of everything, for the tests that hold its whole look."""

from datetime import UTC, datetime

from bot.core.chat import (
    Button,
    Card,
    Choice,
    Facts,
    Link,
    LinkButton,
    Moment,
    Note,
    Person,
    Picture,
    Place,
    Row,
    Rows,
    Strong,
    Tick,
    Ticks,
    Words,
)

NOON = Moment(datetime(2026, 12, 1, 15, tzinfo=UTC))
EVERYTHING = Card(
    "A title",
    ("For ", Person("console:office"), " in ", Place("console:team"), " at ", NOON),
    (
        Words("Words here"),
        Facts(
            (
                ("Handle", "@ALCTS"),
                ("Owner", (Person("console:new-members"),)),
                ("Since", (NOON,)),
                ("Site", (Link("the page", "https://ala.org"),)),
            )
        ),
        Rows(
            (Row((Strong("ce-x"),), ("since ", NOON), (Button("Snooze ce-x", "snooze", {"account": "ce-x"}),)),),
            11,
            37,
        ),
        Ticks((Tick("Access works", done=True), Tick("Notes passed on", False, Button("Tick notes", "tick")))),
        Picture("chart.png", b"", "Posts rose from 3 to 9"),
        Note("A remark"),
    ),
    (
        Button("Home", "home"),
        LinkButton("The plan", "https://ala.org/plan"),
        Choice("Until", "snooze", "until", (("monday", "Monday"),)),
    ),
)
