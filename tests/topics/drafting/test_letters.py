"""What is said to the volunteer alone stays out of a post."""

import pytest

from tests.topics.drafting.saying import composed

NEWS = "The map room opens on May 5."
LINK = "https://example.org/maps"


@pytest.mark.parametrize("network", ["x", "facebook"])
@pytest.mark.parametrize(
    "goodbye",
    [
        "Thanks! Ben",
        "Thanks so much, Ben",
        "thx! Ottoline",
        "Big hug, Meg.",
        "Best regards, Ann Lee",
        "-Ann",
        "/IT at Tidewater Library Network",
        "\n\nWith love and pencils,\nAnn Lee",
        "\n\nSee you there?\nPeg\n--\nPeg Aldous, Outreach",
        "\n\nMany thanks and happy Thanksgiving,\nArne",
        "\n\nThank you,\nAnn Lee\nHead of Maps",
    ],
)
def test_a_signature_behind_the_last_sentence_is_left_out(network: str, goodbye: str) -> None:
    texts = composed(f"{NEWS} Look around at {LINK} {goodbye}", network).texts
    assert texts
    assert all(text.rstrip(".").endswith(LINK) for text in texts)


@pytest.mark.parametrize("greeting", ["Hi Ann, ", "Hello social team - ", "Dear colleagues,\n\n", "Hi all! "])
def test_a_greeting_before_the_first_sentence_is_left_out(greeting: str) -> None:
    assert composed(f"{greeting}{NEWS} Look around at {LINK}", "x").texts[0].startswith("The map room")
    assert composed(f"{greeting}the map room opens on May 5.", "x").texts[0].startswith("The map room")


def test_a_wish_to_have_it_shared_is_left_out() -> None:
    assert composed(f"Could you post this? {NEWS}", "x").texts[0] == NEWS


@pytest.mark.parametrize(
    ("tip", "text"),
    [
        (
            "¡Hola! Les pido difundir: el jueves abre una sala para los niños. Inscríbanse en {}. ¡Gracias!",
            "El jueves abre una sala para los niños. Inscríbanse en {}.",
        ),
        (
            "Bonjour à toutes ! La salle est ouverte pour les enfants. Inscrivez-vous : {} Merci d'avance, Solène Pin",
            "La salle est ouverte pour les enfants. Inscrivez-vous : {}",
        ),
        (
            "Liebe Leute, könnt ihr das bitte teilen? Die Bücherei hat neue Zeiten. Alles unter {}. Viele Grüße, Ute",
            "Die Bücherei hat neue Zeiten. Alles unter {}.",
        ),
    ],
)
def test_greetings_and_goodbyes_are_known_in_other_languages(tip: str, text: str) -> None:
    assert composed(tip.format(LINK), "x").texts[0] == text.format(LINK)


@pytest.mark.parametrize(
    "said", ["They are the best.", "Bring your friends, with love.", "It closed. Thanks go to Ann Lee."]
)
def test_a_sentence_that_only_sounds_like_one_stays(said: str) -> None:
    assert said in composed(f"{NEWS} {said} Look around at {LINK}", "facebook").texts[0]


def test_where_somebody_tells_of_themselves_alone_that_is_kept_for_the_volunteer_to_turn() -> None:
    first, *_ = composed(f"Hi all! I am giving a talk on glue on December 5 at Elm Hall. {LINK}", "x").texts
    assert "I am giving a talk on glue on December 5 at Elm Hall." in first
    first, *_ = composed("I'm proud of our teens: they raised $90. Way to go!", "x").texts
    assert "$90" in first
    first, *_ = composed(f"I like it. {NEWS} {LINK}", "x").texts
    assert "I like it" not in first


FORWARDED = """> From: Carla
> Hi folks,
>
> The Elm County Friends need help sorting books on
> Saturday, December 5, from 9 to noon. No heavy lifting.
>
> Cheers,
> Carla
> Treasurer, Elm County Friends"""
MAILED = """Hi team,
forwarding from the state library (see below) - might be good for LinkedIn.

--- Forwarded message ---
From: State Library <news@state.example.gov>
Date: Mon, Nov 23, 2026 at 9:14 AM
Subject: New grants

The State Library has new grants for small libraries. For questions, contact Rosa Dean at 555-0188.

This message may contain confidential information. If you received it in error, please delete it.
https://state.example.gov/grants"""
PAGE = """Home > News > Events
Winter Reading Kickoff
Published November 20, 2026
Grab a seat for our kickoff on December 9 at 4 pm.
Share this: Facebook | Twitter | Email"""


@pytest.mark.parametrize(
    ("tip", "text"),
    [
        (
            FORWARDED,
            "The Elm County Friends need help sorting books on Saturday, December 5, from 9 to noon. No heavy lifting.",
        ),
        (
            MAILED,
            "The State Library has new grants for small libraries. Read more: https://state.example.gov/grants",
        ),
        (PAGE, "Winter Reading Kickoff. Grab a seat for our kickoff on December 9 at 4 pm."),
        ("so the bookmobile has a new route", "The bookmobile has a new route."),
        ("FYI the archive is closed today.", "The archive is closed today."),
        ("Heads up y'all: the archive is open.", "The archive is open."),
        ("On behalf of the board, I am delighted to tell you that we won.\n\nWith warm regards,\nAnn Lee", "We won."),
        ("THE ARCHIVE IS OPEN TO READERS AGAIN. ALL WELCOME.", "The archive is open to readers again. All welcome."),
        ("Please RT: the archive is open.", "The archive is open."),
        ("Did you know that our library has lent 200 books since 1951?", "Our library has lent 200 books since 1951."),
        ("Thx to all who came!!! we sold 90 books", "Thx to all who came! We sold 90 books."),
    ],
)
def test_what_a_pasted_text_brings_along_is_left_out(tip: str, text: str) -> None:
    found = composed(tip, "x").texts[0]
    assert found.replace("on Tuesday, November 24", "today") == text
