"""Answering on the web: nothing lost, nothing doubled, nothing refused without its words."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as searching
from hypothesis import strategies as st
from sqlalchemy import select

from surveys.answers import storable
from tests.conftest import NOON
from tests.voice.web.visitor import Visitor, answered, count, words_in
from voice.app import create_app
from voice.models import Concern

SEND = "/consultations/viewpoint/check"
WORDS = "\r\n  Trips,\r\n\tand somewhere to sit\r\n"
FAMILY = "👩\u200d👩\u200d👧\u200d👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿"
RIGHT_TO_LEFT = "مرحبا \u202eabc\u202c שלום"
MARKS = "Z" + "\u0301" * 300
IN_HTML = "</textarea><script>alert(1)</script>&amp;&lt;"


def _reference(page):
    return re.search(r"Your reference<br><strong>([^<]+)", page.body)[1]


def _send_in(visitor, slug="viewpoint"):
    """Answer nothing but send it in: everything may be skipped."""
    page = visitor.begin(slug)
    while "/questions/" in page.address:
        page = visitor.press(page, button=len(page.forms[0].buttons) - 1)
    return visitor.press(page)


class TestPressingTwice:
    """REL-2."""

    def test_on_the_start_begins_one_response(self, visitor, database):
        start = visitor.open("/consultations/viewpoint")

        first, second = visitor.press(start), visitor.press(start)

        assert first.address == second.address == "/consultations/viewpoint/questions/service"
        assert count(database, "response") == 1

    def test_on_a_question_keeps_one_answer(self, visitor, database):
        visitor.begin("viewpoint")
        page = visitor.ask("viewpoint", "best")

        pages = [visitor.press(page, ("best", "Trips")) for _ in range(3)]

        assert len({each.address for each in pages}) == 1
        assert answered(database, "best") == [["Trips"]]

    def test_on_words_of_danger_shows_help_both_times_and_raises_one_concern(
        self, visitor, database
    ):
        visitor.begin("viewpoint")
        page = visitor.ask("viewpoint", "best")

        pages = [visitor.press(page, ("best", "I want to kill myself")) for _ in range(2)]

        assert [each.address.rpartition("/")[2] for each in pages] == [
            "thank-you-for-telling-us"
        ] * 2
        assert count(database, "concern") == 1

    def test_on_sending_shows_the_same_receipt(self, visitor, database):
        visitor.begin("viewpoint")
        check = visitor.open(SEND)

        receipts = {_reference(visitor.press(check)) for _ in range(3)}
        receipts |= {_reference(visitor.open("/consultations/viewpoint/sent")) for _ in range(3)}

        assert len(receipts) == 1
        assert count(database, "response") == 1

    def test_back_with_another_answer_keeps_the_other_answer(self, visitor, database):
        visitor.begin("viewpoint")
        page = visitor.ask("viewpoint", "best")
        visitor.press(page, ("best", "Trips"))

        visitor.press(page, ("best", "Football"))

        assert answered(database, "best") == [["Football"]]

    def test_on_an_old_page_after_sending_changes_nothing(self, visitor, database):
        visitor.begin("viewpoint")
        page = visitor.ask("viewpoint", "best")
        visitor.press(page, ("best", "Trips"))
        receipt = visitor.press(visitor.open(SEND))

        after = visitor.press(page, ("best", "Football"))

        assert _reference(after) == _reference(receipt)
        assert answered(database, "best") == [["Trips"]]

    @pytest.mark.parametrize(("words", "said"), [("Football", True), ("Trips", False)])
    def test_on_an_old_page_after_sending_says_when_a_change_was_not_kept(
        self, visitor, words, said
    ):
        visitor.begin("viewpoint")
        page = visitor.ask("viewpoint", "best")
        visitor.press(page, ("best", "Trips"))
        visitor.press(visitor.open(SEND))

        after = visitor.press(page, ("best", words))

        assert ("what you changed after that was not kept" in after.body) == said

    def test_to_start_a_chat_begins_one_chat(self, visitor, database):
        page = visitor.open("/consultations/viewpoint/chat")
        visitor.press(page)
        visitor.lose_cookies_but("form")

        again = visitor.press(page)

        assert "Is that OK?" in again.body
        assert count(database, "chat") == 1


class TestAPageOpenForTooLong:
    """REL-5."""

    @searching(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(words=st.text(min_size=1).filter(lambda text: storable(text).strip()))
    def test_gives_every_word_back_and_one_press_sends_them(self, long_open, database, words):
        page, rotated = long_open

        refused = rotated.press(page, ("best", words))
        sent = rotated.press(refused, ("best", words_in(refused, "best")))

        assert refused.status == 422
        assert "Your words are still here" in refused.body
        assert words_in(refused, "best") == _as_a_browser_reads(words)
        assert sent.status == 200
        assert answered(database, "best") == [[_as_a_browser_reads(words)]]

    def test_for_longer_than_the_limit_is_refused_by_the_clock(self, settings, database, open_all):
        hasty = Visitor(create_app(replace(settings, csrf_seconds=-1), database, now=lambda: NOON))
        page = hasty.open("/consultations/viewpoint")

        assert hasty.press(page).status == 422

    def test_gives_choices_and_their_words_back(self, settings, database, visitor):
        visitor.begin("early-help")
        page = visitor.ask("early-help", "found_out")
        rotated = _after_a_restart(visitor, settings, database)

        refused = rotated.press(
            page,
            ("found_out", "posters"),
            ("found_out", "another"),
            ("found_out-other", "by pigeon"),
        )

        assert refused.status == 422
        assert re.search(r'value="posters"[^>]* checked', refused.body)
        assert re.search(r'value="another"[^>]* checked', refused.body)
        assert 'value="by pigeon"' in refused.body

    def test_asks_once_for_the_words_of_please_specify_and_never_again(self, visitor, database):
        visitor.begin("early-help")

        asked = visitor.press(visitor.ask("early-help", "found_out"), ("found_out", "another"))

        assert asked.status == 422
        assert "Say what it is, or press Continue again to leave it empty" in asked.body
        assert visitor.press(asked, ("found_out", "another")).status == 200
        assert answered(database, "found_out") == [["another"]]

    def test_of_sending_asks_for_one_more_press(self, settings, database, visitor):
        visitor.begin("viewpoint")
        page = visitor.open(SEND)
        rotated = _after_a_restart(visitor, settings, database)

        refused = rotated.press(page)

        assert refused.status == 422
        assert _reference(rotated.press(refused))

    def test_leaves_a_chat_where_it_was(self, settings, database, visitor):
        visitor.press(visitor.open("/consultations/viewpoint/chat"), ("start", "yes"))
        rotated = _after_a_restart(visitor, settings, database)

        assert "Who reads it" in rotated.open("/consultations/viewpoint/chat").body

    @pytest.fixture
    def long_open(self, settings, database, visitor):
        """A page drawn before the key changed, and the same browser after it."""
        visitor.begin("viewpoint")
        page = visitor.ask("viewpoint", "best")
        return page, _after_a_restart(visitor, settings, database)


def _after_a_restart(visitor, settings, database):
    """Return the same browser in front of the service with another secret key."""
    app = create_app(replace(settings, secret_key="x" * 48), database, now=lambda: NOON)
    later = Visitor(app)
    later.client._cookies = visitor.client._cookies
    return later


def _as_a_browser_reads(words):
    return storable(words).replace("\r\n", "\n").replace("\r", "\n")


class TestABrowserThatLostItsCookies:
    """REL-5."""

    def test_loses_no_words_and_sends_them_with_one_more_press(self, visitor, database):
        visitor.begin("viewpoint")
        page = visitor.ask("viewpoint", "best")
        visitor.lose_cookies()

        refused = visitor.press(page, ("best", "Trips"))
        visitor.press(refused, ("best", words_in(refused, "best")))

        assert refused.status == 422
        assert answered(database, "best") == [["Trips"]]

    def test_keeps_its_words_once_however_often_that_press_arrives(self, visitor, database):
        visitor.begin("viewpoint")
        page = visitor.ask("viewpoint", "best")
        visitor.lose_cookies()
        refused = visitor.press(page, ("best", "Trips"))
        begun = count(database, "response")

        for _ in range(3):
            visitor.lose_cookies_but("form")
            visitor.press(refused, ("best", "Trips"))

        assert count(database, "response") == begun + 1

    def test_begins_nothing_before_that_press(self, visitor, database):
        visitor.begin("viewpoint")
        page = visitor.ask("viewpoint", "best")
        visitor.lose_cookies()

        visitor.press(page, ("best", "Trips"))

        assert count(database, "response") == 1

    def test_sees_its_words_when_it_has_closed_meanwhile(self, visitor, clock, open_all):
        visitor.begin("viewpoint")
        page = visitor.ask("viewpoint", "best")
        visitor.lose_cookies()
        clock.moment = open_all + timedelta(seconds=1)

        closed = visitor.press(visitor.press(page, ("best", "Trips")), ("best", "Trips & more"))

        assert closed.status == 410
        assert "Trips &amp; more" in closed.body


class TestClosing:
    """REL-6."""

    def test_takes_what_arrives_at_the_last_moment(self, visitor, clock, open_all, database):
        clock.moment = open_all

        page = _send_in(visitor)

        assert "after the closing time" not in page.body
        assert _late_and_counts(database) == [(0, 1)]

    @pytest.mark.parametrize(
        ("late", "counts", "said"),
        [
            (timedelta(seconds=1), 1, "your answers count, and are marked as late"),
            (timedelta(minutes=60), 1, "your answers count, and are marked as late"),
            (timedelta(minutes=60, seconds=1), 0, "An officer will decide whether it is counted"),
        ],
        ids=["a second late", "an hour late", "a second more than an hour late"],
    )
    def test_is_said_to_somebody_who_began_before_it(
        self, visitor, clock, open_all, database, *, late, counts, said
    ):
        visitor.begin("viewpoint")
        clock.moment = open_all + late
        visitor.press(visitor.ask("viewpoint", "best"), ("best", "Trips"))

        page = visitor.press(visitor.open(SEND))

        assert said in page.body
        assert _late_and_counts(database) == [(1, counts)]
        assert answered(database, "best") == [["Trips"]]

    def test_ends_beginning(self, visitor, clock, open_all, database):
        page = visitor.open("/consultations/viewpoint")
        clock.moment = open_all + timedelta(seconds=1)

        closed = visitor.press(page)

        assert closed.status == 410
        assert "This consultation has closed" in closed.body
        assert count(database, "response") == 0

    def test_is_shown_on_the_start_page(self, visitor, clock, open_all):
        clock.moment = open_all + timedelta(seconds=1)

        page = visitor.open("/consultations/viewpoint")

        assert "This closed at 13:00 on Tuesday 2 June 2026 (UK time)" in page.body
        assert page.forms == []


def _late_and_counts(database):
    with database.engine.connect() as connection:
        return [
            tuple(row) for row in connection.exec_driver_sql("SELECT is_late, counts FROM response")
        ]


class TestWords:
    """REL-11."""

    @pytest.mark.parametrize(
        "words",
        [
            WORDS,
            FAMILY,
            RIGHT_TO_LEFT,
            MARKS,
            IN_HTML,
            "\n\nsecond",
            "ﬁne e\u0301 é \x0b\x1f",
            "😀" * 9,
        ],
        ids=[
            "lines",
            "emoji",
            "right to left",
            "300 marks",
            "markup",
            "leading newlines",
            "odd characters",
            "far planes",
        ],
    )
    def test_come_back_as_they_were_typed(self, visitor, database, words):
        visitor.begin("viewpoint")

        visitor.press(visitor.ask("viewpoint", "best"), ("best", words))

        assert answered(database, "best") == [[words]]
        assert words_in(visitor.ask("viewpoint", "best"), "best") == _as_a_browser_reads(words)

    @pytest.mark.parametrize(
        "sent", [b"a%00b", b"a%ED%A0%80b", b"a%EF%BF%BEb", b"a%FFb"],
        ids=["NUL", "lone surrogate", "noncharacter", "no UTF-8"],
    )  # fmt: skip
    def test_that_no_store_can_hold_never_break_the_page(self, visitor, database, sent):
        visitor.begin("viewpoint")
        hidden = "&".join(
            f"{name}={value}" for name, value in visitor.ask("viewpoint", "best").forms[0].hidden
        )

        reply = visitor.client.post(
            "/consultations/viewpoint/questions/best",
            data=hidden.encode() + b"&best=" + sent,
            content_type="application/x-www-form-urlencoded",
        )

        stored = answered(database, "best")[0][0]
        assert reply.status_code == 302
        assert (stored[0], stored[-1]) == ("a", "b")
        assert "\x00" not in stored


class TestTooMuch:
    """REL-12."""

    @pytest.mark.parametrize("chars", [400_000, 600_000, 4_000_000])
    def test_for_one_answer_comes_back_whole_with_the_limit(self, visitor, database, chars):
        visitor.begin("viewpoint")
        words = "Trip! " * (chars // 6)

        page = visitor.press(visitor.ask("viewpoint", "best"), ("best", words))

        assert page.status == 422
        assert words_in(page, "best") == words
        assert "must be 100,000 characters or fewer" in page.body
        assert answered(database, "best") == []

    def test_for_the_service_is_refused_by_a_page(self, visitor):
        visitor.begin("viewpoint")

        page = visitor.press(visitor.ask("viewpoint", "best"), ("best", "x" * 64_000_000))

        assert page.status == 413
        assert "That was too much to send at once" in page.body

    @pytest.mark.parametrize(
        ("chars", "status"), [(600_000, 422), (6_000_000, 413)], ids=["0.6 MB", "6 MB"]
    )
    def test_in_one_part_of_many_is_answered_by_a_page(self, visitor, chars, status):
        visitor.begin("viewpoint")
        sent = [*visitor.ask("viewpoint", "best").forms[0].hidden, ("best", "x" * chars)]

        page = visitor.send_parts("/consultations/viewpoint/questions/best", sent)

        assert page.status == status
        assert "<h1" in page.body

    @pytest.mark.parametrize("way", ["send", "send_parts"], ids=["one body", "many parts"])
    def test_of_fields_is_answered_by_a_page(self, visitor, way):
        visitor.begin("viewpoint")
        hidden = visitor.ask("viewpoint", "best").forms[0].hidden
        many = [(f"field{number}", "x") for number in range(10_000)]

        page = getattr(visitor, way)("/consultations/viewpoint/questions/best", hidden + many)

        assert page.status < 500
        assert "<h1" in page.body


class TestDanger:
    """SAF-3."""

    @pytest.mark.parametrize(
        ("slug", "code", "value"),
        [
            ("viewpoint", "best", "my uncle hits me every night"),
            ("play", "worried", "yes"),
            ("early-help", "important", "I am going to kill myself tonight"),
            ("victims", "comments", "he said he will stab me if I tell anyone"),
        ],
        ids=["a child's words", "a worried option", "an adult's words", "a victim's words"],
    )
    def test_is_answered_at_once_and_kept_as_typed(self, visitor, database, slug, code, value):
        visitor.begin(slug)

        page = visitor.press(visitor.ask(slug, code), (code, value))

        assert page.address == f"/consultations/{slug}/thank-you-for-telling-us"
        assert "Thank you for telling us" in page.body
        assert "Childline" in page.body
        assert answered(database, code) == [[value]]
        assert count(database, "concern") == 1

    def test_that_wakes_nobody_promises_no_reader_but_shows_help(self, visitor):
        visitor.begin("viewpoint")

        page = visitor.press(
            visitor.ask("viewpoint", "best"), ("best", "I feel really down and anxious")
        )

        assert "Childline" in page.body
        assert "who looks after safety" not in page.body

    def test_that_was_not_meant_is_noted_and_stays(self, visitor, database):
        visitor.begin("play")
        page = visitor.press(visitor.ask("play", "worried"), ("worried", "yes"))

        after = visitor.press(page, button=1)

        assert "thank you for saying so" in after.body
        with database.engine.connect() as connection:
            noted = connection.exec_driver_sql("SELECT not_meant_at FROM concern").all()
        assert [each[0] is not None for each in noted] == [True]

    @pytest.mark.parametrize(
        ("reach", "kept", "said"),
        [
            ("text my nan", "text my nan", "They will reach you only in the way you said"),
            ("", "I want someone to help me say it", "We do not know how to reach you"),
        ],
    )
    def test_can_ask_for_somebody_who_helps_them_to_say_it(
        self, visitor, database, reach, kept, said
    ):
        visitor.begin("play")
        page = visitor.press(visitor.ask("play", "worried"), ("worried", "yes"))

        after = visitor.press(page, ("reach", reach))

        assert said in after.body
        with database.reading() as session:
            asked = select(Concern).where(Concern.category == "asked_for_advocate")
            [found] = session.scalars(asked).all()
        assert (found.words, found.tier, found.not_meant_at) == (kept, "alert", None)

    def test_goes_on_with_the_next_question(self, visitor):
        """SAF-4."""
        visitor.begin("play")
        visitor.press(visitor.ask("play", "worried"), ("worried", "yes"))

        assert "/questions/" in visitor.open("/consultations/play/questions").address


class TestRefusals:
    """ACC-4."""

    @pytest.mark.parametrize(
        ("slug", "code", "given", "said"),
        [
            ("early-help", "capacity", (), "Choose an answer to go on"),
            ("early-help", "age", (("age", "999"),), "Choose one of the answers on this page"),
            ("viewpoint", "service", (("service", "?"),), "Please choose one of these"),
            ("viewpoint", "service", (("service", "poor"), ("service", "very_good")), "just one"),
            ("early-help", "used", (("used", "none"), ("used", "play")), "on its own"),
            ("play", "will_do", (("will_do", "nothing"), ("will_do", "respect")), "goes alone"),
            ("early-help", "postcode", (("postcode", "here"),), "like HP20"),
            (
                "early-help",
                "found_out",
                (("found_out", "another"), ("found_out-other", "x" * 2_001)),
                "Shorten what you wrote",
            ),
        ],
        ids=["missing", "no option", "young: no option", "young: two", "not alone",
             "young: not alone", "no postcode", "too long beside an option"],
    )  # fmt: skip
    def test_say_what_to_change_and_keep_what_was_given(self, visitor, slug, code, given, said):
        visitor.begin(slug)
        page = visitor.ask(slug, "capacity")
        if slug == "early-help":
            visitor.press(page, ("capacity", "individual"))

        refused = visitor.press(visitor.ask(slug, code), *given)

        assert refused.status == 422
        assert said in refused.body
        assert f'href="#{code}"' in refused.body
        assert "<title>Error: " in refused.body


class TestAChangedPath:
    def test_keeps_hidden_answers_apart_and_shows_them_again(self, visitor, database):
        visitor.begin("early-help")
        visitor.press(visitor.ask("early-help", "capacity"), ("capacity", "individual"))
        visitor.press(visitor.ask("early-help", "age"), ("age", "a25_34"))
        visitor.press(visitor.ask("early-help", "capacity"), ("capacity", "organisation"))

        hidden = visitor.open("/consultations/early-help/check").body
        visitor.press(visitor.ask("early-help", "capacity"), ("capacity", "individual"))
        shown = visitor.open("/consultations/early-help/check").body

        assert "25-34" not in hidden
        assert "25-34" in shown
        assert answered(database, "age") == [["a25_34"]]


class TestSkipping:
    """PRI-5."""

    @pytest.mark.parametrize("slug", ["viewpoint", "play", "victims"])
    def test_is_possible_at_every_question(self, visitor, slug):
        assert _reference(_send_in(visitor, slug))

    def test_leaves_words_typed_beside_it_unsent(self, visitor, database):
        visitor.begin("viewpoint")

        visitor.press(visitor.ask("viewpoint", "best"), ("best", "no, rather not"), button=1)

        assert answered(database, "best") == [[]]


class TestCookies:
    @pytest.mark.parametrize(
        "path", ["/", "/help", "/outcomes", "/privacy", "/cookies", "/accessibility", "/nowhere"]
    )
    def test_are_not_set_where_nothing_is_sent_in(self, visitor, path):
        assert "Set-Cookie" not in visitor.client.get(path).headers

    def test_open_only_the_pages_of_their_own_consultation(self, visitor):
        visitor.begin("viewpoint")

        page = visitor.open("/consultations/victims/check")

        assert page.address == "/consultations/victims"
