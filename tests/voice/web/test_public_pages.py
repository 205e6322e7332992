"""The pages around answering: the front page, help, what changed, coming back, keeping a copy."""

import re
from dataclasses import replace
from datetime import timedelta
from html import escape, unescape

import pytest
from sqlalchemy import select

from surveys.catalogue import catalogue
from surveys.demonstration import demonstration_codes as demonstrated
from surveys.demonstration import read_demonstration
from surveys.questions import MAX_FREE_TEXT_CHARS
from surveys.translations import direction
from tests.conftest import COUNCIL, NOON
from tests.factories import make_consultation
from tests.rows.spoken import spoken_survey
from tests.voice.web.visitor import Visitor, answered, count, counted_statements, words_in
from voice.app import create_app
from voice.database import migrate
from voice.models import Consultation, Outcome, OutcomeKind
from voice.services import demonstration

MOST_STATEMENTS = 8
COME_BACK = "/consultations/viewpoint/come-back"
SAVE = "/consultations/viewpoint/save"
TITLED = ("save", "come-back", "delete", "thank-you-for-telling-us")
NEUTRAL_TITLES = {
    "Before you start",
    "Chat",
    "Question 1 of 1",
    "Check your answers",
    "Save and come back later",
    "Come back with a code",
    "Delete my answers",
    "Thank you",
}
SECOND = timedelta(seconds=1)


def code_given_to(visitor):
    page = visitor.press(visitor.open(SAVE))
    return re.search(r"<strong>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})</strong>", page.body)[1]


def published(database, slug, **columns):
    with database.writing() as session:
        consultation = make_consultation(session, slug=slug, demonstration="Made from counts.")
        session.add(
            Outcome(
                consultation=consultation,
                kind=OutcomeKind.CANNOT,
                you_said="<b>More</b> buses",
                we_did="Two lines,\nno buses",
                press_key=slug,
                **columns,
            )
        )


class TestTheFrontPage:
    def test_shows_what_is_open_with_its_length_and_its_close(self, visitor):
        body = visitor.open("/").body

        assert "/consultations/early-help" in body
        assert "About 10 minutes. It closes at 13:00 on Tuesday 2 June 2026 (UK time)." in body

    def test_shows_what_has_closed_apart(self, visitor, clock, open_all):
        clock.moment = open_all + SECOND

        body = visitor.open("/").body

        assert "Nothing is open at the moment" in body
        assert "Closed on Tuesday 2 June 2026." in body

    def test_hides_what_has_not_opened(self, visitor, database):
        with database.writing() as session:
            make_consultation(session, slug="to-come", opens_at=NOON + SECOND)

        assert "to-come" not in visitor.open("/").body
        assert visitor.open("/consultations/to-come").status == 404

    def test_asks_no_more_of_the_store_for_twenty_consultations(self, visitor, database):
        with database.writing() as session:
            for number in range(20):
                make_consultation(session, slug=f"number-{number}")

        with counted_statements(database) as statements:
            visitor.open("/")

        assert len(statements) <= 8, statements  # whatever the number; the issue allows eight

    def test_says_so_when_nothing_has_ever_been_asked(self, client):
        assert "Nothing is open at the moment" in client.get("/").text


class TestEveryPageOfADemonstration:
    @pytest.mark.parametrize(
        "place", ["", "/questions/capacity", "/check", "/save", "/delete", "/come-back", "/chat"]
    )
    def test_says_that_it_is_one(self, app, database, place):
        with database.writing() as session:
            make_consultation(session, slug="shown", demonstration="Made from printed counts.")
        visitor = Visitor(app)
        visitor.begin("shown")

        assert "Made from printed counts." in visitor.open(f"/consultations/shown{place}").body

    @pytest.mark.parametrize("language", ["cy", "pl", "ur"])
    def test_says_so_in_the_language_that_is_read_and_marks_what_is_not_ours(
        self, app, database, language
    ):
        said = "Try it, but do not tell it anything real."
        with database.writing() as session:
            told = f"{said} In Form 7."
            make_consultation(session, survey=spoken_survey(), slug="shown", demonstration=told)

        body = Visitor(app).open(f"/consultations/shown?language={language}").body
        notice = re.search(r'<aside class="voice-demonstration".*?</aside>', body, re.DOTALL)[0]
        assert said not in notice
        assert escape(catalogue(language)[said]) in notice
        assert '<span lang="en" dir="ltr">In Form 7.</span>' in notice

    @pytest.mark.parametrize("language", ["cy", "pl", "ur"])
    def test_has_in_every_language_what_is_not_folded_of_ours(self, session, language):
        made = {read_demonstration(each).statement.partition(". ")[0] for each in demonstrated()}
        for shown in (each for each in demonstration.SHOWN if not each.has_answers):
            demonstration.load_consultation(session, shown, council=COUNCIL, now=NOON)
        told = session.scalars(select(Consultation.demonstration)).all()
        said = {f"{each}." for each in made} | {
            sentence for each in told for sentence in re.split(r"(?<=\.) ", each)
        }

        assert len(said) == 4
        assert [each for each in said if each not in catalogue(language)] == []


IN_ANOTHER = "The questions are in {language}, and so are the words about them."


class TestAStartPageInALanguageThatItsSurveyLacks:
    @pytest.mark.parametrize("language", ["cy", "pl", "ur"])
    def test_is_framed_in_it_and_says_in_which_the_questions_are(self, visitor, language):
        body = visitor.open(f"/consultations/early-help?language={language}").body

        assert f'<html lang="{language}" dir="{direction(language)}"' in body
        assert catalogue(language)["Start now"] in body
        said = catalogue(language)[IN_ANOTHER]
        assert said.partition("{")[0] in unescape(body)
        assert '<span lang="en" dir="auto">English</span>' in body

    def test_can_be_turned_to_another_and_back(self, visitor):
        body = visitor.open("/consultations/early-help").body

        assert 'href="/consultations/early-help?language=ur"' in body
        assert "The questions are in" not in body


class TestTheStartPage:
    def test_says_all_that_people_need_to_decide(self, visitor):
        body = visitor.open("/consultations/early-help").body

        for heading in ("Why we ask", "Who it is for", "How long it takes",
                        "What happens to your answers", "On paper or by phone"):  # fmt: skip
            assert heading in body
        assert "It closes at 13:00 on Tuesday 2 June 2026 (UK time)." in body
        assert "Walton Street" in body

    def test_says_when_wording_is_reconstructed(self, visitor):
        assert "it is reconstructed" in visitor.open("/consultations/play").body
        assert "it is reconstructed" not in visitor.open("/consultations/early-help").body


class TestHelp:
    @pytest.mark.parametrize(
        "path", ["/", "/help", "/nowhere", "/consultations/viewpoint", "/officers/sign-in"]
    )
    def test_is_on_every_page_with_the_councils_own_number(self, visitor, path):
        """SAF-2."""
        body = visitor.open(path).body

        for number in ("999", "0800 1111", "116 123", "01296 383962"):
            assert number in body

    def test_page_gives_every_helpline(self, visitor):
        body = visitor.open("/help").body

        assert "0808 800 5000" in body
        assert "You are not in trouble" in body

    @pytest.mark.parametrize("page", ["help", "privacy", "cookies", "accessibility"])
    def test_has_a_way_out_of_what_is_read_beside_a_survey(self, visitor, page):
        """SAF-10."""
        assert "Exit this page" in visitor.open(f"/{page}").body

    @pytest.mark.parametrize(
        ("slug", "shown"), [("viewpoint", True), ("victims", True), ("early-help", False)]
    )
    def test_has_a_way_out_for_the_young_and_for_victims(self, visitor, slug, shown):
        """SAF-10."""
        assert ("Exit this page" in visitor.begin(slug).body) == shown

    @pytest.mark.parametrize("slug", ["viewpoint", "victims", "play"])
    def test_keeps_every_title_neutral_for_the_young_and_for_victims(self, visitor, slug):
        """SAF-10: a glance at the tab, or at the list of pages visited, tells nothing."""
        start = f"/consultations/{slug}"
        pages = [visitor.open(start), visitor.open(f"{start}/chat"), visitor.begin(slug)]
        while "/questions/" in pages[-1].address:
            pages.append(visitor.press(pages[-1], button=1))
        pages += [visitor.open(f"{start}/{each}") for each in TITLED]

        titles = {re.search(r"<title>(.*?) – [^–]*</title>", each.body)[1] for each in pages}

        assert {re.sub(r"(up to )?\d+", "1", each) for each in titles} == NEUTRAL_TITLES


class TestWhatChanged:
    def test_shows_what_is_published_with_its_words_inert(self, visitor, database):
        published(database, "ours", published_at=NOON)

        body = visitor.open("/outcomes").body

        assert "&lt;b&gt;More&lt;/b&gt; buses" in body
        assert "We can’t" in body
        assert "Published on Monday 1 June 2026." in body

    @pytest.mark.parametrize(
        "columns",
        [
            pytest.param({}, id="before it is published"),
            pytest.param({"published_at": NOON, "withdrawn_at": NOON}, id="withdrawn"),
        ],
    )
    def test_hides_the_rest(self, visitor, database, columns):
        published(database, "ours", **columns)

        assert "buses" not in visitor.open("/outcomes").body


class TestComingBack:
    def test_goes_on_at_the_next_question_on_another_device(self, app, visitor, database):
        visitor.begin("viewpoint")
        visitor.press(visitor.ask("viewpoint", "service"), ("service", "very_good"))
        code = code_given_to(visitor)
        other = Visitor(app)

        page = other.press(other.open(COME_BACK), ("code", f" {code.lower()} "))
        other.press(other.ask("viewpoint", "best"), ("best", "Trips"))

        assert page.address == "/consultations/viewpoint/questions/offending"
        assert answered(database, "best") == [["Trips"]]
        assert count(database, "response") == 1

    @pytest.mark.parametrize("code", ["", "7K3M-9QX2-0ABC-DEFG", "x" * 5_000, "\x00'--"])
    def test_answers_every_wrong_code_alike(self, visitor, code):
        page = visitor.press(visitor.open(COME_BACK), ("code", code))

        assert page.status == 422
        assert "We do not know that code" in page.body
        assert 'href="#code"' in page.body

    def test_is_the_same_when_the_button_is_pressed_twice(self, visitor):
        visitor.begin("viewpoint")
        page = visitor.open(SAVE)

        first, second = (
            re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", visitor.press(page).body)[0] for _ in "ab"
        )

        assert first == second

    def test_opens_after_any_number_of_wrong_ones(self, app, visitor):
        visitor.begin("viewpoint")
        code = code_given_to(visitor)
        other = Visitor(app)
        page = other.open(COME_BACK)
        for _ in range(60):
            assert other.press(page, ("code", "wrong")).status == 422

        assert other.press(page, ("code", code)).status == 200

    def test_stores_no_code(self, visitor, database):
        visitor.begin("viewpoint")
        code = code_given_to(visitor)

        with database.engine.connect() as connection:
            dump = "\n".join(connection.connection.driver_connection.iterdump())

        assert code not in dump
        assert code.replace("-", "") not in dump


class TestTheCopy:
    def test_holds_every_answer_in_words_and_the_reference(self, visitor):
        visitor.begin("early-help")
        for code, given in (("capacity", "individual"), ("important", "<Trips> &\r\nbuses")):
            visitor.press(visitor.ask("early-help", code), (code, given))
        visitor.press(visitor.open("/consultations/early-help/check"))

        reply = visitor.client.get("/consultations/early-help/copy")

        assert reply.mimetype == "text/plain"
        assert "attachment" in reply.headers["Content-Disposition"]
        assert "As an individual" in reply.text
        assert "<Trips> &\r\nbuses" in reply.text
        assert re.search(r"Your reference: \w{4}-\w{4}", reply.text)

    def test_is_on_the_receipt_too(self, visitor):
        visitor.begin("viewpoint")
        visitor.press(visitor.ask("viewpoint", "best"), ("best", "Trips"))

        receipt = visitor.press(visitor.open("/consultations/viewpoint/check"))

        assert "Trips" in receipt.body


class TestDeleting:
    def test_asks_once_and_then_leaves_nothing(self, visitor, database):
        visitor.begin("viewpoint")
        visitor.press(visitor.ask("viewpoint", "best"), ("best", "Trips"))

        page = visitor.press(visitor.open("/consultations/viewpoint/delete"))

        assert "Your answers are deleted" in page.body
        assert [count(database, table) for table in ("response", "answer")] == [0, 0]
        assert not [one for one in visitor.client._cookies.values() if one.key == "answers"]

    def test_keeps_everything_until_it_is_confirmed(self, visitor, database):
        visitor.begin("viewpoint")

        visitor.open("/consultations/viewpoint/delete")

        assert count(database, "response") == 1


class TestTheChat:
    CHAT = "/consultations/viewpoint/chat"

    def test_does_not_speak_of_a_limit_that_hardly_anybody_reaches(self, visitor):
        page = visitor.press(visitor.open(self.CHAT))

        assert f"{MAX_FREE_TEXT_CHARS:,}" not in page.body

    def test_keeps_words_in_the_box_when_a_button_is_pressed(self, visitor):
        page = visitor.press(
            visitor.open(self.CHAT),
        )

        page = visitor.press(page, ("words", "My bus is late"))

        assert "My bus is late</textarea>" in page.body
        assert "Question 1 of 5" in page.body

    def test_is_answered_with_little_asked_of_the_store(self, visitor, database):
        page = visitor.press(visitor.press(visitor.open(self.CHAT)))

        with counted_statements(database) as statements:
            visitor.open(page.address)

        assert len(statements) <= MOST_STATEMENTS, statements

    def test_gives_back_words_that_are_too_long(self, visitor):
        visitor.press(visitor.press(visitor.open(self.CHAT)))
        words = "x" * (MAX_FREE_TEXT_CHARS + 1)

        page = visitor.send(self.CHAT, [*visitor.open(self.CHAT).forms[0].hidden, ("words", words)])

        assert page.status == 422
        assert "must be 100,000 characters or fewer" in page.body
        assert words_in(page, "words") == words

    def test_gives_back_words_after_the_secret_key_was_changed(self, visitor, settings, database):
        visitor.press(visitor.press(visitor.open(self.CHAT)))
        page = visitor.open(self.CHAT)
        later = Visitor(
            create_app(replace(settings, secret_key="y" * 48), database, now=lambda: NOON)
        )
        later.client._cookies = visitor.client._cookies

        refused = later.send(self.CHAT, [*page.forms[0].hidden, ("words", "<Trips> please")])

        assert refused.status == 422
        assert "&lt;Trips&gt; please" in refused.body


class TestTheKeyInTheBrowser:
    @pytest.mark.parametrize("is_https", [False, True])
    @pytest.mark.parametrize(
        ("page", "name"), [("", "answers"), ("/chat", "chat")], ids=["the pages", "the chat"]
    )
    def test_is_for_this_consultation_and_no_script(
        self, settings, database, open_all, *, page, name, is_https
    ):
        app = create_app(replace(settings, is_https=is_https), database, now=lambda: NOON)
        visitor = Visitor(app)
        address = f"/consultations/viewpoint{page}"
        start = visitor.open(address, base_url="https://localhost")

        reply = visitor.client.post(
            address, data=dict(start.forms[0].hidden), base_url="https://localhost",
            headers={"Referer": "https://localhost/"},
        )  # fmt: skip

        (cookie,) = [one for one in reply.headers.getlist("Set-Cookie") if one.startswith(name)]
        assert "Path=/consultations/viewpoint" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Max-Age=2592000" in cookie
        assert ("Secure" in cookie) == is_https


class TestHealth:
    def test_is_ok_while_the_store_is_the_newest(self, client):
        reply = client.get("/health")

        assert (reply.status_code, reply.text) == (200, "ok\n")

    def test_is_not_when_the_schema_is_older(self, client, database):
        migrate(database, revision="-1")

        assert client.get("/health").status_code == 503

    def test_is_not_when_the_store_is_gone(self, client, tmp_path):
        for file in tmp_path.glob("voice.db*"):
            file.write_bytes(b"no database " * 1_000)

        reply = client.get("/health")

        assert reply.status_code == 503
        assert "sqlite" not in reply.text.lower()


class TestASurveyForChildren:
    def test_cannot_be_begun_once_the_helplines_are_emptied(self, visitor, settings, database):
        page = visitor.open("/consultations/viewpoint")
        emptied = replace(
            settings, council=settings.council.model_copy(update={"own_helplines": ()})
        )
        later = Visitor(create_app(emptied, database, now=lambda: NOON))
        later.client._cookies = visitor.client._cookies

        assert later.press(page).status == 410
