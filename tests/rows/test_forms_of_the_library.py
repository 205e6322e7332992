"""Rows E16, H5, H6, H11 and K5's last two ways: forms of the library, walked as people do."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from surveys.definition import read_from_library
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.voice.samples import pdf
from tests.voice.web.visitor import Visitor
from voice.models import AuditEntry, Response, Theme, ThemeStatus
from voice.services import analyses, results, strengths
from voice.services.responses import answers_of

DELEGATES, ON_PAGES = 82, 4


class TestRowE16:
    """E16: the event form, for the 82 delegates of the conference."""

    def test_82_delegates_are_counted_by_their_unit_each_with_its_base(self, app, database, clerk):
        with database.writing() as session:
            asked = make_consultation(session, survey="event_evaluation", slug="neglect")
            for number in range(ON_PAGES, DELEGATES):
                useful = "very" if number % 2 else "fairly"
                make_response(session, asked, useful=useful, confidence=("40", "85"))
        for number in range(ON_PAGES):
            evaluate(app, useful="very" if number % 2 else "fairly")

        page = clerk.get("/officers/consultations/neglect/results").text
        assert "82 delegates" in page
        assert row_of(page, "Very useful") == row_of(page, "Fairly useful") == ("41 of 82", "50%")
        assert page.count("Answered: 82.") == 2


class TestRowH5:
    """H5: a self-assessment with evidence uploaded, and the evidence read by standard."""

    def test_an_agency_sends_evidence_and_officers_read_it_by_standard(self, app, database, clerk):
        with database.writing() as session:
            make_consultation(session, survey="section_11_audit", slug="s11")
        assess(app, agency="Bucks Fire", impact="Crews spot neglect", evidence=pdf())
        assess(app, agency="Youth Club", impact="")

        page = clerk.get("/officers/consultations/s11/files/standards").get_data(as_text=True)

        first, _, rest = page.partition("Standard 2")
        assert "2 agencies answered; 1 without a file" in first
        assert first.count("Download file 1") == 1
        for words in ("Bucks Fire", "Youth Club", "Mostly met", "Crews spot neglect"):
            assert words in first
        assert "2 agencies answered; 2 without a file" in rest
        kept = clerk.get(re.search(r'href="([^"]+/files/[0-9a-f-]{36})"', first)[1])
        assert kept.get_data().startswith(b"%PDF")

    def test_that_it_was_read_is_written_down(self, database, clerk):
        with database.writing() as session:
            make_consultation(session, survey="section_11_audit", slug="s11")

        clerk.get("/officers/consultations/s11/files/standards")

        with database.reading() as session:
            assert "responses read" in session.scalars(select(AuditEntry.action)).all()


class TestRowsH6AndH11:
    """H6: the voice of the child is in every audit; H11: an observation and its minutes."""

    def test_the_audit_asks_what_the_paper_says_audits_look_at(self):
        voice = read_from_library("practice_audit").question("voice")

        assert voice.text == "How effectively the voice of the child was taken into account"

    def test_the_audits_text_feeds_the_export_of_strengths_and_areas(self, database, clerk):
        with database.writing() as session:
            audits = make_consultation(session, survey="practice_audit", slug="audits")
            for number in range(12):
                went_well, be_better = f"Schools knew her {number}", f"Reviews were late {number}"
                make_response(session, audits, strengths=went_well, areas=be_better)
            for question in ("strengths", "areas"):
                sign_themes_off(session, audits, question)

        asked = "improved=strengths&further=areas"
        export = clerk.get(f"/officers/consultations/audits/strengths.csv?{asked}").text

        rows = {
            each["column"]: each for each in csv.DictReader(io.StringIO(export.lstrip("\ufeff")))
        }
        assert "schools" in rows[strengths.IMPROVED]["theme"].lower()
        assert "reviews" in rows[strengths.FURTHER]["theme"].lower()
        assert {(each["people"], each["of"]) for each in rows.values()} == {("12", "12")}

    def test_eight_observations_say_that_minutes_are_too_long(self, app, database, clerk):
        with database.writing() as session:
            make_consultation(session, survey="iro_observation", slug="iro")
        for length in ["long"] * 6 + ["right"] * 2:
            observe(app, minutes_length=length)

        page = clerk.get("/officers/consultations/iro/results").text
        assert row_of(page, "Too long") == ("6 of 8", "75%")
        assert row_of(page, "Good") == ("8 of 8", "100%")


class TestTheWaysOfVictimsAndOrganisations:
    """K5: a victim and an organisation are asked the same in their own words, and count as one."""

    def test_each_is_asked_in_their_own_words(self, app, restorative):
        person, shop = (first_page(app, way) for way in ("victim", "organisation"))

        assert "How satisfied are you with the service you received?" in person
        assert "How satisfied is your organisation with the service it received?" in shop

    def test_both_have_the_way_out_of_the_page(self, app, restorative):
        assert all("Exit this page" in first_page(app, way) for way in ("victim", "organisation"))

    def test_count_as_one(self, app, database, restorative):
        for way in ("victim", "organisation"):
            visitor = Visitor(app)
            page = begin(visitor, way)
            visitor.press(page, ("satisfied", "satisfied"))
        with database.writing() as session:
            for response in session.scalars(select(Response)):
                response.submitted_at = response.started_at

        with database.reading() as session:
            found = session.scalars(select(Response)).all()
            kept = {(each.variant, answers_of(each)["satisfied"].values) for each in found}
            assert len({each.survey_version_id for each in found}) == 1
            (figures, *_) = results.question_figures(session, session.merge(restorative))
        assert kept == {("victim", ("satisfied",)), ("organisation", ("satisfied",))}
        assert figures.rows[1].words == "2 of 2 (100%)"


def sign_themes_off(session, consultation, question):
    """Find the themes of a question as the worker does, and sign each off."""
    gathered = analyses.gather(session, consultation, question, now=NOON)
    report = analyses.find_themes(gathered.comments)
    analyses.keep_report(session, consultation, question, gathered, report)
    for theme in session.scalars(select(Theme).filter_by(question=question)):
        theme.status = ThemeStatus.SIGNED_OFF


def begin(visitor, way):
    page = visitor.open("/consultations/rj")
    values = re.findall(r'name="way"[^>]*value="(\w+)"', page.body)
    return visitor.press(page, button=values.index(way))


def first_page(app, way):
    return begin(Visitor(app), way).body


def assess(app, *, agency, impact, evidence=None):
    """Answer the first standard as an agency does, and send it in."""
    visitor = Visitor(app)
    page = visitor.press(visitor.begin("s11"), ("agency", agency))
    given = [("leadership", "mostly"), ("leadership_impact", impact)]
    if evidence is not None:
        given.append(("leadership_evidence", (io.BytesIO(evidence), "policy.pdf")))
    page = visitor.press(page, *given)
    while "Check your answers" not in page.body:
        page = visitor.press(page)
    return visitor.press(page)


def evaluate(app, *, useful):
    """Answer the form of an event as a delegate does, and send it in."""
    visitor = Visitor(app)
    page = visitor.press(visitor.begin("neglect"), ("useful", useful))
    page = visitor.press(page, ("confidence-start", "40"), ("confidence-end", "85"))
    while "Check your answers" not in page.body:
        page = visitor.press(page)
    assert "85%" in page.body
    return visitor.press(page)


def observe(app, *, minutes_length):
    """Observe a review and read its minutes, as the two pages ask, and send it in."""
    visitor = Visitor(app)
    page = visitor.press(visitor.begin("iro"), ("quality", "good"))
    page = visitor.press(page, ("minutes_length", minutes_length))
    assert "Check your answers" in page.body
    return visitor.press(page)


def row_of(page, label):
    """Return the figures beside the first answer of this name in a table of results."""
    table = page.partition("<table")[2]
    found = re.search(rf">{label}\s*<.*?(\d+ of \d+).*?(\d+%)", table, re.DOTALL)
    return found.groups()


@pytest.fixture
def restorative(database):
    with database.writing() as session:
        return make_consultation(session, survey="yos_victim_feedback", slug="rj")
