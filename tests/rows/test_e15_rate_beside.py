"""Rows E4, B13 and E15: wherever the service itself prints a percentage, the response rate stands.

E4: "response rate 53% (128/240, calc) printed next to every %".
"""

import csv
import html
import re
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from docx import Document

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.rows.test_a7_priorities import survey
from tests.voice.themed import QUESTION, make_people, make_theme
from tests.voice.web.doors import officer_at
from tests.voice.web.visitor import Visitor
from voice.models import ThemeStatus
from voice.reports.public_results import publish_rate
from voice.services import packs, snapshots
from voice.services.consultations import find_by_slug

DESK = "/officers/consultations/send"
PAGES = {
    "results": f"{DESK}/results",
    "comparison": "/officers/compare?with=send&with=before&question=support_1&answer=strongly"
    "&by=support_1",
    "trend": f"{DESK}/trend/support_1",
    "themes": f"{DESK}/questions/{QUESTION}/themes",
    "two sides": "/officers/consultations/young/two-sides?with=victims",
    "strengths": f"{DESK}/strengths",
    "storyboard": f"{DESK}/storyboard.html",
    "briefing": f"{DESK}/briefing.html",
}
DOCUMENTS = {
    "strengths": f"{DESK}/strengths.docx",
    "storyboard": f"{DESK}/storyboard.docx",
    "briefing": f"{DESK}/briefing.docx",
    "two sides": "/officers/consultations/young/two-sides.docx?with=victims",
}
INVITED = [pytest.param(24, id="known"), pytest.param(None, id="unknown")]
SAID = {24: "Response rate: 12 of 24 (50%)", None: "Response rate: not known"}


def words_of(markup):
    """Return what a reader sees of a page."""
    shown = re.sub(r"<(style|title)\b.*?</\1>", "", markup, flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown)))


def tables_of(page):
    """Return the words of each table of a page."""
    return [words_of(found) for found in re.findall(r"<table.*?</table>", page, re.DOTALL)]


def is_unrated(words, rate):
    """Whether a percentage stands in these words, and the response rate does not."""
    return "%" in words.replace(rate, "") and rate not in words


def rate_in(name, words, rate):
    """Return the rate as it is said there: under a head or beside the row's own name."""
    is_cell = name in {"two sides", "trend"} and rate not in words
    return rate.removeprefix("Response rate: ") if is_cell and "Response rate" in words else rate


@pytest.fixture
def asked(request, app, database, clock):
    """Three consultations with 12 answers and a theme each, of as many invited as the test says."""
    with database.writing() as session:
        for slug in ("before", "send"):
            made = make_consultation(session, survey=survey(), slug=slug, invited=request.param)
            people = make_people(session, made, 12, support_1="strongly")
            make_theme(session, made, people, status=ThemeStatus.SIGNED_OFF)
        made.previous = "before"
        for slug, form in (("victims", "yos_victim_feedback"), ("young", "rj_young_person")):
            side = make_consultation(session, survey=form, slug=slug, invited=request.param)
            for _ in range(12):
                said = "very_satisfied" if slug == "victims" else "satisfied"
                make_response(session, side, satisfied=said)
    return SAID[request.param]


@pytest.fixture
def officer(app, database):
    return officer_at(app, database)


@pytest.mark.parametrize("asked", INVITED, indirect=True)
class TestTheResponseRateStandsBesideEveryPercentage:
    def test_on_every_page_and_in_each_of_its_tables(self, asked, officer):
        listed = officer.open(PAGES["themes"]).body
        theme = re.search(r"/officers/themes/[\w-]+", listed)[0]
        for name, address in (PAGES | {"theme": theme}).items():
            page = officer.open(address)

            assert page.status == 200, name
            assert "%" in words_of(page.body).replace(asked, ""), name  # else nothing is shown
            for words in (words_of(page.body), *tables_of(page.body)):
                assert not is_unrated(words, rate_in(name, words, asked)), (name, words)

    def test_in_every_document(self, asked, officer):
        for name, address in DOCUMENTS.items():
            document = Document(BytesIO(officer.client.get(address).data))
            cells = [each.text for table in document.tables for each in table._cells]
            words = " ".join([*(each.text for each in document.paragraphs), *cells])

            assert "%" in words.replace(asked, ""), name
            assert asked in words, name

    def test_in_every_row_of_a_table_to_take_away(self, asked, officer, database):
        with database.reading() as session:
            made = find_by_slug(session, "send")
            held = packs.results_pack(session, made, council="C", now=NOON)
        held["strengths.csv"] = officer.client.get(f"{DESK}/strengths.csv").data
        for name in ("counts.csv", "themes.csv", "priorities.csv", "strengths.csv"):
            rows = list(csv.DictReader(StringIO(held[name].decode("utf-8-sig"))))
            assert rows, name
            assert {f"Response rate: {row['response rate']}" for row in rows} == {asked}, name
        address = PAGES["two sides"].replace("two-sides?", "two-sides.csv?")
        rows = list(csv.reader(StringIO(officer.client.get(address).data.decode("utf-8-sig"))))
        rate = asked.removeprefix("Response rate: ")
        assert ["", "Response rate", rate, rate] in rows

    def test_on_the_results_that_everybody_reads(self, asked, app, database):
        with database.writing() as session:
            made, later = find_by_slug(session, "send"), NOON + timedelta(days=2)
            snapshots.publish_results(session, made, council="C", now=later)

        words = words_of(Visitor(app).open("/consultations/send/results").body)

        assert "10 of 10 (100%)" in words
        rounded = "Response rate: about 10 of 25 (40%)." if "12" in asked else f"{asked}."
        assert rounded in words


class TestThePublicResponseRate:
    @pytest.mark.parametrize(
        ("counting", "invited"),
        [
            pytest.param(7, 200, id="few answered"),
            pytest.param(3, 6, id="few were asked"),
            pytest.param(12, 10, id="more answered than were asked"),
            pytest.param(12, None, id="nobody knows"),
        ],
    )
    def test_is_kept_back(self, counting, invited):
        assert publish_rate(counting, invited) == ("", None)

    def test_is_worked_out_from_rounded_counts(self):
        assert publish_rate(128, 240) == ("240", 54)
