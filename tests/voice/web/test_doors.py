"""Short links and QR codes: counted, remembered with the response, telling of nobody."""

import io
import re

import pytest
import segno
from PIL import Image

from tests.voice.web.doors import answer_the_play, make_link, officer_at, press_at, responses_in
from tests.voice.web.visitor import Visitor
from voice.models import Channel, LinkKind


@pytest.fixture
def code(database, open_all):
    return make_link(database, "play")


@pytest.fixture
def officer(app, database, open_all):
    return officer_at(app, database)


def counts_of(page):
    """Return opened, begun and sent, of the first link on the officers' page."""
    return [int(each) for each in re.findall(r"numeric\">(\d+)</td>", page.body)[:3]]


class TestALink:
    def test_leads_to_the_start_page(self, visitor, code):
        page = visitor.open(f"/go/{code.lower()}")

        assert page.address == "/consultations/play"

    def test_is_remembered_with_the_response(self, visitor, database, code):
        visitor.press(visitor.open(f"/go/{code}"))

        assert [one.link_id is not None for one in responses_in(database)] == [True]
        assert responses_in(database)[0].channel is Channel.WEB

    def test_is_remembered_with_a_chat(self, visitor, database, code):
        visitor.open(f"/go/{code}")
        page = visitor.press(visitor.open("/consultations/play/chat"))
        for token in re.findall(r'name="tap" value="([^"]+)"', page.body)[:1]:
            visitor.send("/consultations/play/chat", [*page.forms[0].hidden, ("tap", token)])

        assert [one.link_id is not None for one in responses_in(database)] == [True]

    def test_is_not_remembered_in_another_consultation(self, visitor, database, code):
        visitor.open(f"/go/{code}")
        visitor.begin("viewpoint")

        assert [one.link_id for one in responses_in(database)] == [None]

    def test_counts_what_was_opened_begun_and_sent(self, app, officer, code):
        Visitor(app).open(f"/go/{code}")
        begun, sent = Visitor(app), Visitor(app)
        begun.press(begun.open(f"/go/{code}"))
        answer_the_play(sent, sent.press(sent.open(f"/go/{code}")))

        page = officer.open("/officers/consultations/play/links")

        assert counts_of(page) == [3, 2, 1]

    def test_leaves_no_address_of_anybody_in_the_store(self, visitor, database, code):
        visitor.open(f"/go/{code}", environ_base={"REMOTE_ADDR": "203.0.113.77"})
        visitor.press(visitor.open(f"/go/{code}", environ_base={"REMOTE_ADDR": "203.0.113.77"}))

        with database.engine.connect() as connection:
            kept = "\n".join(connection.connection.driver_connection.iterdump())
        assert "203.0.113" not in kept

    def test_that_is_closed_still_leads_there_and_counts_no_more(self, visitor, officer, code):
        visitor.press(visitor.open(f"/go/{code}"))
        listed = officer.open("/officers/consultations/play/links")
        press_at(officer, listed, "/links/close")

        page = visitor.open(f"/go/{code}")

        assert page.address == "/consultations/play"
        assert counts_of(officer.open("/officers/consultations/play/links")) == [1, 1, 0]

    def test_that_nobody_made_is_not_found(self, visitor):
        assert visitor.open("/go/CDFGHJ").status == 404


class TestItsQrCode:
    def test_as_png_has_the_very_modules_of_the_address(self, visitor, code):
        reply = visitor.client.get(f"/go/{code}/qr.png")

        expected = segno.make_qr(f"http://localhost/go/{code}", error="m")
        assert reply.mimetype == "image/png"
        assert _modules_of(reply.get_data()) == [
            [bool(module) for module in row] for row in expected.matrix_iter(border=4)
        ]

    def test_as_svg_is_a_picture_that_grows(self, visitor, code):
        reply = visitor.client.get(f"/go/{code}/qr.svg")

        assert reply.mimetype == "image/svg+xml"
        assert b"viewBox" in reply.get_data()
        assert b"width=" not in reply.get_data().partition(b">")[0]

    def test_holds_the_council_s_own_address_where_it_is_known(self, visitor, app, code):
        council = app.extensions["voice"].settings.council
        named = council.model_copy(update={"address": "https://voice.example.org/"})
        object.__setattr__(app.extensions["voice"].settings, "council", named)

        page = visitor.open(f"/go/{code}/poster")

        assert f"voice.example.org/go/{code}" in page.body


class TestMakingALink:
    def test_shows_its_address_its_qr_code_and_its_poster(self, officer):
        page = officer.open("/officers/consultations/play/links")

        made = press_at(officer, page, "/links", ("label", "Mrs ‹Library›"), ("kind", "poster"))

        assert "Mrs ‹Library›" in made.body
        assert all(each in made.body for each in ("/poster", "qr.svg", "qr.png"))

    @pytest.mark.parametrize(
        ("given", "complaint"),
        [
            pytest.param([("label", " "), ("kind", "poster")], "Write where it is", id="no label"),
            pytest.param([("label", "x" * 101), ("kind", "poster")], "100", id="too long"),
            pytest.param([("label", "Kept"), ("kind", "x")], "Choose what", id="no such kind"),
        ],
    )
    def test_gives_back_what_cannot_be_taken(self, officer, given, complaint):
        page = press_at(
            officer, officer.open("/officers/consultations/play/links"), "/links", *given
        )

        assert page.status == 422
        assert complaint in page.body
        assert given[0][1].strip() in page.body


class TestAKiosk:
    @pytest.fixture
    def code(self, database, open_all):
        return make_link(database, "play", LinkKind.KIOSK, label="Screen", idle_minutes=3)

    @pytest.fixture
    def screen(self, visitor, code):
        visitor.open(f"/go/{code}")
        return visitor

    def test_begins_with_one_big_button_and_no_way_to_come_back(self, screen):
        page = screen.open("/consultations/play")

        assert "voice-big-start" in page.body
        assert "come-back" not in page.body
        assert len(page.forms) == 1

    def test_gives_each_person_a_pseudonym_of_their_own(self, screen, database):
        for _ in range(3):
            answer_the_play(screen, screen.begin("play"))

        pseudonyms = {one.respondent for one in responses_in(database)}
        assert len(pseudonyms) == 3
        assert {one.channel for one in responses_in(database)} == {Channel.KIOSK}

    def test_forgets_the_answers_once_they_are_sent(self, screen):
        sent = answer_the_play(screen, screen.begin("play"), remember="my own secret words")

        assert "Thank you" in sent.body
        assert "my own secret words" not in sent.body
        assert screen.client.get_cookie("answers", path="/consultations/play") is None
        assert screen.open("/consultations/play/sent").address == "/consultations/play"
        assert "my own secret words" not in screen.ask("play", "remember").body

    def test_forgets_whoever_walked_away(self, screen):
        screen.press(screen.begin("play"), ("attitude", "yes"))

        screen.open("/consultations/play/reset")

        assert screen.ask("play", "attitude").address == "/consultations/play"

    def test_keeps_its_key_no_longer_than_the_browser_is_open(self, screen):
        page = screen.open("/consultations/play")
        reply = screen.client.post("/consultations/play", data=dict(page.forms[0].hidden))

        key = next(c for c in reply.headers.getlist("Set-Cookie") if c.startswith("answers="))
        assert "Expires" not in key
        assert "Max-Age" not in key

    def test_clears_every_page_after_its_idle_minutes_and_keeps_none(self, screen):
        screen.begin("play")

        for page in ("questions/attitude", "check", "stop"):
            reply = screen.client.get(f"/consultations/play/{page}")
            assert reply.headers["Refresh"] == "180; url=/consultations/play/reset"
            assert reply.headers["Cache-Control"] == "no-store"
            assert "voice-idle-3" in reply.text

    def test_clears_the_help_page_too(self, screen):
        reply = screen.client.get("/help")

        assert reply.headers["Refresh"] == "180; url=/consultations/play/reset"

    def test_keeps_what_is_typed_when_somebody_says_that_they_are_still_here(self, screen):
        screen.begin("play")
        page = screen.ask("play", "remember")

        again = screen.send(
            page.address, [*page.forms[0].hidden, ("remember", "half a sen"), ("stay", "yes")]
        )

        assert "half a sen" in again.body
        assert again.status == 200

    def test_offers_a_code_only_to_those_who_ask(self, screen):
        asked = screen.begin("play")
        stopped = screen.open("/consultations/play/stop")

        assert "/save" not in asked.body
        assert "/save" in stopped.body

    def test_has_no_chat(self, screen):
        assert screen.open("/consultations/play/chat").address == "/consultations/play"

    def test_is_an_ordinary_device_again_once_it_is_switched_off(self, screen, code):
        screen.press(screen.open(f"/go/{code}/off"))

        page = screen.open("/consultations/play")

        assert "voice-big-start" not in page.body

    def test_is_an_ordinary_device_again_once_its_link_is_closed(self, screen, officer, code):
        listed = officer.open("/officers/consultations/play/links")
        press_at(officer, listed, "/links/close")

        assert "voice-big-start" not in screen.open("/consultations/play").body

    def test_throws_no_officer_out(self, officer, code):
        officer.open(f"/go/{code}")

        reply = officer.client.get("/officers/consultations/play/links")

        assert "Refresh" not in reply.headers


def _modules_of(png):
    """Return which modules of a QR code's picture are dark, row by row."""
    picture = Image.open(io.BytesIO(png)).convert("L")
    size = 16
    return [
        [picture.getpixel((x + size // 2, y + size // 2)) < 128
         for x in range(0, picture.width, size)]
        for y in range(0, picture.height, size)
    ]  # fmt: skip
