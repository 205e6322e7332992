"""Row A1, the consultation of 2017: its TEST sentences a, c, d, e and f, each by its name."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from sqlalchemy import select

from surveys.definition import read_from_library
from surveys.questions import MAX_FREE_TEXT_CHARS
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.transcripts.test_replay import hold, read
from tests.voice.samples import picture
from tests.voice.services.chatting import Chatter, open_survey, settings_for
from tests.voice.themed import make_theme
from tests.voice.web.visitor import Visitor
from voice.models import Channel, Consultation, Media, Response, ThemeStatus
from voice.reports.document import briefing_document
from voice.services import briefings, responses
from voice.services.exports import stored_answers

SURVEY = read_from_library("early_help_2017")
EXAMPLE = Path(__file__).parents[1] / "transcripts" / "early_help_2017_individual.txt"
ENTER = "/officers/consultations/early-help/enter"


class TestA1a:
    """A1 TEST a: an individual is asked exactly 1-7 and 8-16, an organisation 1-7 and 17-19."""

    @pytest.mark.parametrize(
        ("capacity", "printed"),
        [
            pytest.param("individual", [*range(1, 17)], id="an individual"),
            pytest.param("organisation", [*range(1, 8), 17, 18, 19], id="an organisation"),
        ],
    )
    def test_on_the_pages_each_is_asked_their_own_and_no_other(
        self, app, opened, capacity, printed
    ):
        visitor, asked = Visitor(app), []
        page = visitor.press(visitor.begin("early-help"), ("capacity", capacity))
        while "/questions/" in page.address:
            asked.append(SURVEY.question(page.address.rpartition("/")[2]).printed_number)
            page = visitor.press(page)

        assert asked == printed


class TestA1c:
    """A1 TEST c: a second submission is an addition; the report prints who sent how many."""

    def test_the_briefing_prints_submissions_and_respondents(self, session):
        consultation = make_consultation(session)
        first = make_response(session, consultation, important="Buses")
        again = make_response(session, consultation, important="And trains")
        make_response(session, consultation)
        responses.add_to_earlier(again, first)
        session.flush()

        brief = briefings.write_briefing(session, consultation, council="C", now=NOON)

        assert "3 submissions from 2 respondents." in brief.who_answered
        assert first.answers["important"].values == ["Buses"]
        assert "3 submissions from 2 respondents." in words_of(briefing_document(brief))

    def test_on_the_pages_a_second_time_adds_and_changes_nothing_of_the_first(
        self, app, opened, database
    ):
        visitor = Visitor(app)
        first = sent_in(visitor, important="Buses")
        second = sent_in(visitor, important="And trains")

        with database.reading() as session:
            both = session.scalars(select(Response).order_by(Response.started_at)).all()
            said = [each.answers["important"].values for each in both]
            consultation = session.scalars(select(Consultation)).one()
            brief = briefings.write_briefing(session, consultation, council="C", now=NOON)
        assert first.address.endswith("/sent")
        assert second.address.endswith("/sent")
        assert len({each.respondent for each in both}) == 1
        assert said == [["Buses"], ["And trains"]]
        assert "2 submissions from 1 respondent" in brief.who_answered


class TestA1d:
    """A1 TEST d: a clerk keys a library reply: same rules, source paper, sheets attached."""

    def test_a_sheet_of_free_text_is_kept_with_the_paper(self, database, key_in):
        key_in(capacity="individual", sheets=(io.BytesIO(picture()), "page-5.jpg"))

        with database.reading() as session:
            (response,) = session.query(Response)
            (media,) = session.query(Media)
            assert (response.channel, media.response_id) == (Channel.PAPER, response.id)

    def test_words_that_the_page_refuses_are_refused_on_paper(self, app, database, key_in):
        long, visitor = "a" * (MAX_FREE_TEXT_CHARS + 1), Visitor(app)
        visitor.press(visitor.begin("early-help"), ("capacity", "individual"))

        on_page = visitor.press(visitor.ask("early-help", "important"), ("important", long))
        on_paper = key_in(capacity="individual", important=long)

        assert (on_page.status, on_paper.status_code) == (422, 422)
        with database.reading() as session:
            assert session.query(Response).filter_by(channel=Channel.PAPER).all() == []

    @pytest.fixture
    def key_in(self, clerk, opened):
        """Send in the form for a paper with this on it."""

        def send(**written):
            form = clerk.get(ENTER).text.partition(f'action="{ENTER}"')[2]
            named = r'name="(received-on-\w+|csrf_token|press)"[^>]*value="([^"]*)"'
            typed = dict(re.findall(named, form)) | {"came-by": "paper"} | written
            return clerk.post(ENTER, data=typed, content_type="multipart/form-data")

        return send


class TestA1e:
    """A1 TEST e: the postcode is in no theme export, and nowhere in full."""

    def test_a_postcode_reaches_no_theme_and_no_export_in_full(self, session):
        consultation = make_consultation(session)
        for number in range(12):
            make_response(
                session, consultation, postcode="HP20 1UA", important=f"Buses to HP20 1UA {number}"
            )
        people = [each for each in session.query(Response)]
        for each in people:
            each.answers["important"].tone = "neutral"
        theme = make_theme(session, consultation, people, label="Buses")
        theme.status = ThemeStatus.SIGNED_OFF
        session.flush()

        brief = briefings.write_briefing(session, consultation, council="C", now=NOON)
        exported = list(stored_answers(session, "early-help"))

        (kept,) = {each["value"] for each in exported if each["question"] == "postcode"}
        assert kept == "HP20"
        assert brief.themes[0].themes[0].quotes
        for export in (str(brief.themes), words_of(briefing_document(brief))):
            assert "1UA" not in export
            assert "HP20" not in export

    def test_in_nothing_that_an_officer_reads_or_downloads(self, app, clerk, database):
        with database.writing() as session:
            consultation = make_consultation(session)
            for number in range(12):
                made = make_response(
                    session, consultation, postcode="HP21 7QT", important=f"Late buses {number}"
                )
                made.answers["important"].tone = "neutral"
            theme = make_theme(session, consultation, list(session.query(Response)), label="Buses")
            theme.status = ThemeStatus.SIGNED_OFF
        read = {}
        for rule in app.url_map.iter_rules():
            if "GET" in rule.methods and rule.arguments == {"slug"} and "/officers/" in rule.rule:
                with clerk.get(rule.rule.replace("<slug>", "early-help")) as reply:
                    read[rule.rule] = everything_in(reply.data) if reply.status_code == 200 else ""

        assert len([address for address, words in read.items() if words]) > 30
        assert any("Late buses" in each for each in read.values())
        assert [address for address, words in read.items() if "7QT" in words] == []


class TestA1f:
    """A1 TEST f: every question can be answered in the chat: tick-all, "please specify", skip."""

    @pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.WEB_CHAT])
    def test_an_individual_answers_every_question_in_the_chat(self, database, tmp_path, channel):
        open_survey(database, SURVEY)
        person = Chatter(database, settings_for(tmp_path), channel=channel)

        hold(read(EXAMPLE), person)

        given = person.answers
        assert given.keys() == {question.code for question in SURVEY.path(given)}
        assert given["capacity"].values == ("individual",)
        assert len(given["used"].values) == 4
        assert given["found_out"].other == "A leaflet in the surgery"
        assert given["proposal"].is_skipped


def words_of(document):
    return "\n".join(each.text for each in docx.Document(io.BytesIO(document)).paragraphs)


def everything_in(data):
    """Return the words of a page or of a file, those within a zipped one too."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "\n".join(everything_in(parts.read(name)) for name in parts.namelist())


def sent_in(visitor, **answers):
    """Answer as an individual, skipping all but these, and send it in; return the last page."""
    page = visitor.press(visitor.begin("early-help"), ("capacity", "individual"))
    while "/questions/" in page.address:
        code = page.address.rpartition("/")[2]
        page = visitor.press(page, *[(code, answers[code])] if code in answers else [])
    return visitor.press(page)


@pytest.fixture
def opened(database):
    with database.writing() as session:
        return make_consultation(session)
