import pytest

from bot.topics.drafting.gate import compare
from bot.topics.drafting.lengths import measure
from bot.topics.drafting.limits import limits_of
from bot.topics.drafting.voice import Voice
from tests.topics.drafting.saying import WEBINAR, composed, read

NETWORKS = ("x", "bluesky", "mastodon", "threads", "facebook", "linkedin", "instagram", "youtube", "flickr", "blog")


def test_an_x_post_keeps_what_matters_and_fits() -> None:
    texts = composed(WEBINAR).texts
    assert 2 <= len(texts) <= 3
    assert all(measure(one, limits_of("x")).fits for one in texts)
    assert all(one.endswith("Register by November 27: https://www.ala.org/alcts/photos") for one in texts)
    assert "Tuesday, December 1, 2026 at 2:00 p.m. Eastern" in texts[0]


def test_longer_networks_say_it_in_other_words_and_say_more() -> None:
    x, facebook, linkedin = (composed(WEBINAR, network).texts[0] for network in ("x", "facebook", "linkedin"))
    assert len({x, facebook, linkedin}) == 3
    assert len(facebook) > len(x)
    assert "\n\n" in facebook


@pytest.mark.parametrize("network", NETWORKS)
def test_every_stretch_of_a_draft_knows_where_it_comes_from(network: str) -> None:
    facts = read(WEBINAR)
    for one in composed(WEBINAR, network).alternatives:
        assert "".join(one.text[piece.start : piece.end] for piece in one.pieces) == one.text
        for piece in one.pieces:
            if piece.tip_start >= 0:
                told = facts.text[piece.tip_start : piece.tip_end].casefold().split()
                assert one.text[piece.start : piece.end].casefold().split() == told
        assert compare(facts, one.text) == ()


def test_open_days_are_written_out_so_that_they_hold_tomorrow_too() -> None:
    assert (
        composed("Book sale next Tuesday at 6 pm. More at ala.org/sale")
        .texts[0]
        .startswith("Book sale on Tuesday, December 1 at 6 pm.")
    )
    assert (
        "the November 25 workshop"
        in composed("Due to snow, tomorrow's workshop is cancelled. https://a.org/x").texts[0]
    )


def test_what_is_cancelled_is_no_date_to_save() -> None:
    text = "Due to snow, the workshop of December 3 at 2 p.m. is cancelled. https://a.org/x"
    assert composed(text, "facebook").texts[0].startswith("Good to know:")
    assert composed(text.replace("is cancelled", "is not cancelled")).frame == "event"


def test_a_mirror_that_is_reworded_differs() -> None:
    first = composed(WEBINAR, "facebook").texts[0]
    assert first not in composed(WEBINAR, "facebook", avoid=(first,)).texts


def test_a_reworded_mirror_of_the_plainest_words_differs_in_words_too() -> None:
    text = "Kudos to Amina Yusuf, whose poster won first prize in Omaha!"
    made = composed(text, "facebook", avoid=composed(text).texts)
    assert made.texts[0].split() == ["Good", "to", "know:", *text.split()]


def test_words_in_another_language_have_no_second_wording() -> None:
    text = "La biblioteca invita a las familias a la noche de cuentos el viernes 4 de diciembre. https://b.org/x"
    assert composed(text, "facebook", avoid=composed(text).texts).texts


def test_a_repost_names_whose_words_they_are() -> None:
    assert (
        composed("The lab has moved to the second floor. https://a.org/lab", repost_of="@ALCTS")
        .texts[0]
        .startswith("From @ALCTS: ")
    )


def test_greetings_and_thanks_for_posting_stay_out() -> None:
    lines = (
        "Hi all,",
        "",
        "Just a reminder that the lab is closed on December 3. https://a.org/lab",
        "",
        "Thanks!",
        "Ann",
        "Chair, Lab",
    )
    text = "\n".join(lines)
    assert composed(text).texts[0] == "The lab is closed on December 3. Read more: https://a.org/lab"


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Storytime volunteers wanted for the winter.", "ask"),
        ("Webinar on linked data. Register at https://a.org/x", "date"),
        ("The new toolkit for small libraries covers storage.", "link"),
        ("https://a.org/x", "words"),
    ],
)
def test_what_is_missing_is_asked_once_and_never_invented(text: str, about: str) -> None:
    made = composed(text)
    assert made.question is not None
    assert made.question.about == about
    assert composed(text, without=True).question is None or about == "words"


def test_a_complete_tip_is_asked_nothing() -> None:
    assert composed(WEBINAR).question is None


def test_a_list_is_kept_whole_or_left_out() -> None:
    text = "The toolkit covers:\n- storage\n- salvage\n- labels\nDownload it at https://a.org/kit"
    assert "• Storage\n• Salvage\n• Labels" in composed(text, "facebook").texts[0]
    assert "storage; salvage; labels." in composed(text).texts[0]
    long = "The toolkit is out. It covers:\n" + "".join(f"- a long item with number {at} in it\n" for at in range(9))
    assert all("item" not in one for one in composed(f"{long}https://a.org/kit").texts)


def test_the_account_s_voice_is_heard() -> None:
    voice = Voice("warm", ("PresWeek",), 1, ending="See you there!")
    assert composed(WEBINAR, "facebook", voice=voice).texts[0].startswith("Mark your calendar!")
    assert composed(WEBINAR, "facebook", voice=voice).texts[0].endswith("#PresWeek\n\nSee you there!")


def test_capitals_are_calmed_and_other_languages_left_alone() -> None:
    loud = "FREE WEBINAR!!! COPYRIGHT BASICS, WEDNESDAY DECEMBER 9 AT 1 PM ET. REGISTER TODAY AT https://a.org/x"
    assert (
        composed(loud).texts[0]
        == "Free webinar! Copyright basics, Wednesday December 9 at 1 PM ET. Register: https://a.org/x"
    )
    spanish = "La biblioteca invita a las familias a la noche de cuentos el viernes 4 de diciembre. https://b.org/x"
    assert composed(spanish, "facebook").texts[0].startswith("La biblioteca")


def test_what_is_too_long_loses_its_asides_first() -> None:
    text = (
        "As part of its 50th anniversary, the Valley Library Consortium has digitized 12,400 pages of farm newspapers "
        "(1891–1935), which can now be searched by town, family name or crop, and which will be joined by another "
        "9,000 pages in the summer of 2027 and many more that nobody has counted. https://valley.example.org/papers"
    )
    assert composed(text).texts[0].startswith("The Valley Library Consortium has digitized 12,400 pages")


def test_one_line_of_labels_is_understood() -> None:
    text = "Webinar: Old Maps. Thursday, January 14, 2027, 1:00 pm Central. Presenter: Maria Lopez. Register: https://a.org/maps"
    assert composed(text).texts[0] == text


@pytest.mark.parametrize("text", ["", "\u200b", "a" * 50_000, "<b></b>", "?!", "- a\n" * 900])
def test_nothing_breaks_it(text: str) -> None:
    for network in NETWORKS:
        for one in composed(text, network).texts:
            assert measure(one, limits_of(network)).fits


def test_an_ask_that_is_answered_by_mail_stands_beside_the_link() -> None:
    tip = "We have 12 free tickets to the museum. To get one, e-mail Dana at dana@museum.org. About it: https://museum.org/a"
    assert all("e-mail Dana at dana@museum.org" in text for text in composed(tip).texts)
    questions = "We have 12 free tickets to the museum. Questions? E-mail Dana at dana@museum.org. https://museum.org/a"
    assert not any("Dana" in text for text in composed(questions).texts)


def test_an_ask_behind_a_colon_is_in_every_wording() -> None:
    tip = (
        "The hearing is on December 8. Your voice matters: tell the board why history counts. Letters: https://a.org/l"
    )
    assert all("tell the board why history counts" in text for text in composed(tip).texts)


def test_a_link_is_called_a_video_only_where_it_surely_is_one() -> None:
    said = composed(
        "It only takes two minutes to vote for our mural in the state contest. https://mural.org/vote"
    ).texts
    assert said
    assert not any("Watch" in text for text in said)
