"""What a tip asks is said with its conditions: for whom, until when, to what end; and in more than one wording."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics.drafting.saying import composed

NETWORKS = ("x", "facebook")
WORDS = ("red", "blue", "green", "grey", "white", "brown", "black", "pink", "gold", "old", "new")
COURSE = "The winter course on glue has three sessions."
LINK = "https://example.org/glue"


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        (f"Register at {LINK} (members only).", "members only"),
        (f"By January 5, register at {LINK}.", "By January 5"),
        (f"Members can now register at {LINK}.", "Members can"),
        (f"To join the glue committee, write to Ann Lee at {LINK}.", "To join the glue committee"),
        (f"If you have old glue, write to Ann Lee at {LINK}.", "If you have old glue"),
        (f"Students may register free at {LINK} until January 5.", "until January 5"),
        (f"Registration is free; register at {LINK}.", "Registration is free"),
        (f"How to apply: send two letters by mail or e-mail, in German if you like, or use {LINK}.", "German"),
        (f"Listen wherever you like or at {LINK}.", "wherever you like or at"),
        (f"See it at {LINK} along with the old ones.", "along with the old ones"),
        (f"Join us, and sign up before January 5. It takes a minute: {LINK} #Glue", "sign up before January 5"),
    ],
)
def test_what_goes_with_an_ask_is_said_in_every_wording(network: str, sentence: str, kept: str) -> None:
    texts = composed(f"{COURSE} {sentence}", network).texts
    assert texts
    assert all(kept.casefold() in text.casefold() and LINK in text for text in texts)


@given(
    st.sampled_from(["", "Members can ", "By January 5, ", "To take part, ", "If you live in Elm County, "]),
    st.sampled_from(["register", "sign up", "apply", "write to Ann Lee", "submit a short form"]),
    st.sampled_from(["", " (members only)", " until January 5", ", or at the desk", " along with your mentor"]),
    st.sampled_from(["x", "mastodon", "facebook", "linkedin"]),
)
def test_no_condition_of_an_ask_is_lost(before: str, ask: str, after: str, network: str) -> None:
    words = f"{before}{ask}"
    sentence = f"{words[:1].upper()}{words[1:]} at {LINK}{after}."
    for text in composed(f"{COURSE} {sentence}", network).texts:
        assert all(part.strip(" ,").casefold() in text.casefold() for part in (before, ask, after))


@pytest.mark.parametrize(
    ("tip", "said"),
    [
        ("Hi! Could you ask our followers to vote for the mural by December 11? https://example.org/m", "Vote for"),
        ("The mural is up. Could you share the film and get folks to vote for it by December 11?", "Vote for"),
        ("The mural is up. If you have a minute can you share it so people vote by December 11?", "Vote by"),
    ],
)
@pytest.mark.parametrize("network", NETWORKS)
def test_what_followers_are_to_be_asked_is_asked_of_them(network: str, tip: str, said: str) -> None:
    first, *_ = composed(tip, network).texts
    assert f"{said} " in first
    assert "?" not in first


@pytest.mark.parametrize("network", NETWORKS)
def test_what_leans_on_the_ask_stands_behind_it(network: str) -> None:
    first, *_ = composed(
        "Please tell the county board not to close the bookmobile. It serves 23 villages.", network
    ).texts
    assert first.endswith("not to close the bookmobile. It serves 23 villages.")


FLYER = """Night of Lanterns
- Saturday, Feb 6, 2027
- Hartley Library, Maple Street
- bring a friend or two
- RSVP so that we order enough: example.org/lanterns"""


@pytest.mark.parametrize("network", NETWORKS)
def test_a_flyer_in_bullets_becomes_a_post(network: str) -> None:
    for text in composed(FLYER, network).texts:
        assert all(words in text for words in ("Night of Lanterns", "Feb 6, 2027", "RSVP", "example.org/lanterns"))


def test_a_flyer_with_too_many_bullets_for_a_network_keeps_its_heading_and_its_ask() -> None:
    long = FLYER.replace("- bring", "- " + "soup, tea and cake in the reading room, " * 6 + "\n- bring")
    first, *_ = composed(long, "x").texts
    assert first == "Night of Lanterns. RSVP so that we order enough: example.org/lanterns"


@pytest.mark.parametrize(
    ("tip", "kept"),
    [
        (
            "El archivo abre una sala nueva en el centro. Más mapas para todos: explore el fondo en {}",
            "explore el fondo en",
        ),
        (
            "Die Bibliothek sucht eine Leitung für das Archiv und die Karten.\nApply: bitte bis 5. Januar unter {}",
            "bitte bis",
        ),
    ],
)
@pytest.mark.parametrize("network", NETWORKS)
def test_in_other_languages_the_sentence_with_the_link_stays_whole(network: str, tip: str, kept: str) -> None:
    for text in composed(tip.format(LINK), network).texts:
        assert f"{kept} " in text
        assert text.endswith((LINK, f"{LINK}."))


def test_in_other_languages_no_wording_leaves_out_what_asks() -> None:
    texts = composed(
        "El archivo abre una sala nueva en el centro. Inscríbete antes del 5 de diciembre. Habrá música para todos "
        f"los vecinos. Más información: {LINK}",
        "x",
    ).texts
    assert len(texts) > 1
    assert all("Inscríbete antes del 5 de diciembre." in text for text in texts)


@pytest.mark.parametrize(
    "tip",
    [
        "Last chance to renew! Memberships end December 31. Renew at https://example.org/renew",
        "Bob's retiring!! Come eat cake w/ us fri 12/4 @ 3pm, breakroom. no gifts pls",
        "Every Thursday in January: knitting circle in the reading room, 4 to 6 p.m. Yarn is on us.",
    ],
)
def test_short_tips_too_have_two_wordings_to_choose_from_on_x(tip: str) -> None:
    assert len(composed(tip, "x").texts) > 1


def test_no_wording_differs_from_another_by_its_points_alone() -> None:
    texts = composed("Our new hours start Monday. See them all at https://example.org/hours.", "facebook").texts
    assert len({"".join(sign for sign in text if sign.isalnum()) for text in texts}) == len(texts) > 1


def test_a_cry_that_tells_nothing_never_stands_alone_before_the_ask() -> None:
    tip = "Volunteers needed! Our program looks for 12 mentors. Each gives two hours. Sign up at https://example.org/m"
    assert all("12 mentors" in text for text in composed(tip, "x").texts)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize(
    "tip",
    [
        "Fill out the parking survey by December 4. It's short, and the city listens.",
        "Come one, come all to the Festival of Old Maps! Cider is free.",
        "Watch how an atlas gets a new spine, in 90 seconds. No sound needed.",
    ],
)
def test_a_post_that_begins_with_its_ask_goes_on_as_the_tip_does(network: str, tip: str) -> None:
    first, *_ = composed(f"{tip} {LINK}", network).texts
    assert tip in first.replace("\n\n", " ")
    assert first.endswith(LINK)


def test_a_heading_in_capitals_is_written_as_a_heading() -> None:
    tip = f"ANNUAL MEETING OF THE FRIENDS OF ALA LIBRARIES\nIt is on December 9. Everybody is welcome. {LINK}"
    assert "Annual Meeting of the Friends of ALA Libraries" in composed(tip, "facebook").texts[0]


def test_a_link_given_twice_behind_the_ask_is_no_trouble() -> None:
    texts = composed(f"Join us on Monday, December 7!! {LINK} {LINK}\n\nand that's it", "x").texts
    assert texts
    assert all(LINK in text for text in texts)


def test_of_a_list_without_a_heading_no_item_stands_for_the_others() -> None:
    items = "\n".join(f"* {number} maps of a county in the north of the state" for number in range(10, 20))
    texts = composed(f"The Year in Maps\n\n{items}\n\nThe report is out. {LINK}", "x").texts
    assert texts
    assert all("maps of a county" not in text for text in texts)


@pytest.mark.parametrize(
    "sentence",
    [
        "Spots are going fast, claim yours!",
        "If you can spare twenty minutes, adopt a page.",
        "To take part, drop Lena a line.",
        "It is your board, so ring your senator.",
        "Each institution is invited to file a comment.",
        "We urge every library to file a comment.",
        "Call me maybe: 555-0142, or text me at 412-555-0135.",
        "RSVPs to Jo please, so that there is pie.",
        "Sit down with some tea and share your story.",
    ],
)
def test_an_ask_is_in_every_wording_however_it_is_put_and_however_late_it_comes(sentence: str) -> None:
    before = " ".join(f"The {word} room has {number} maps of the county." for number, word in enumerate(WORDS, 10))
    for text in composed(f"{before} {sentence} More at {LINK}.", "x").texts:
        assert sentence.rstrip(".!") in text


def test_a_price_list_with_leading_dots_stays_in_one_piece() -> None:
    assert (
        "Members ........ $145" in composed("Map fair\nMembers ........ $145\nStudents ...... $60", "facebook").texts[0]
    )


def test_of_a_list_that_is_too_long_the_item_that_asks_is_said() -> None:
    items = "\n".join(f"- the {word} room has moved to the other floor of the library" for word in WORDS)
    tip = f"What the move means for you\n\nHere is what changes:\n{items}\n- hang on to your books until May\n\n{LINK}"
    assert all("Hang on to your books until May." in text for text in composed(tip, "x").texts)


@pytest.mark.parametrize("network", NETWORKS)
def test_no_headline_tells_what_the_sentence_with_the_link_tells_again(network: str) -> None:
    tip = (
        'Members can now register for "Mending Torn Pages", a free webinar on Thursday, December 10 at 2 p.m. Eastern, '
        f"at {LINK} (members only). It will not be recorded."
    )
    assert all(
        text.count("Mending Torn Pages") == text.count("December 10") == 1 for text in composed(tip, network).texts
    )
