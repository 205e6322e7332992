"""K11: any two closed questions as a table, from which nobody can work out a few people."""

import csv
from io import StringIO

import pytest

from surveys.engine import Survey
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import ABOUT
from tests.voice.web.doors import officer_at
from voice.errors import NotFoundError
from voice.services.cross_tables import cross_all, cross_questions
from voice.services.packs import counts_file, results_pack

KNOW = [{"code": "well", "label": "Well"}, {"code": "little", "label": "A little"},
        {"code": "no", "label": "Not at all"}]  # fmt: skip
AGENCY = [{"code": "police", "label": "Police"}, {"code": "health", "label": "Health"}]
HEARD = [{"code": "web", "label": "Web"}, {"code": "poster", "label": "Poster"}]
ASKED = {
    "code": "thresholds",
    "title": "Thresholds",
    "about": ABOUT,
    "questions": [
        {"code": "know", "kind": "scale", "text": "How well do you know it?", "options": KNOW},
        {"code": "agency", "kind": "choice", "text": "Which agency?", "options": AGENCY},
        {"code": "heard", "kind": "several", "text": "Where from?", "options": HEARD},
        {"code": "why", "kind": "free_text", "text": "Why?"},
    ],
}
PAGE = "/officers/consultations/thresholds/cross-table"


@pytest.fixture
def ask():
    """Return a function that opens it, answered so often each way."""

    def ask(session, *said):
        survey = Survey.model_validate(ASKED)
        made = make_consultation(session, survey=survey, slug="thresholds", invited=200)
        for many, answers in said:
            for _ in range(many):
                make_response(session, made, **answers)
        return made

    return ask


LARGE = (
    (12, {"know": "well", "agency": "police"}),
    (8, {"know": "no", "agency": "police"}),
    (6, {"know": "well", "agency": "health"}),
    (14, {"know": "no", "agency": "health"}),
    (5, {"agency": "health"}),
)


class TestATable:
    def test_says_each_share_of_those_in_the_column_who_answered(self, session, ask):
        table = cross_questions(session, ask(session, *LARGE), "know", "agency")

        assert table.lines[0] == ("Well", "12 (60%)", "6 (30%)", "0", "18 (45%)")
        assert table.lines[-1] == ("Base of the shares (n)", "20", "20", "0", "40")

    def test_has_a_row_for_those_who_did_not_answer(self, session, ask):
        table = cross_questions(session, ask(session, *LARGE), "know", "agency")

        assert table.lines[3] == ("Did not answer", "0", "5", "0", "5")
        assert table.lines[4] == ("All together", "20", "25", "0", "45")

    def test_withholds_a_few_and_what_would_tell_them(self, session, ask):
        said = (*LARGE, (2, {"know": "little", "agency": "health"}))

        table = cross_questions(session, ask(session, *said), "know", "agency")

        little = table.lines[1]
        assert little == ("A little", "withheld", "withheld", "0", "withheld")
        assert sum(cell == "withheld" for line in table.lines for cell in line[1:3]) >= 4

    def test_by_several_answers_counts_each_in_every_column_it_is_in(self, session, ask):
        both = (10, {"know": "well", "heard": ["web", "poster"]})
        made = ask(session, both, (6, {"know": "no", "heard": ["web"]}))

        table = cross_questions(session, made, "know", "heard")

        assert table.lines[0][1:3] == ("10 (63%)", "10 (100%)")
        assert table.lines[2][1:3] == ("6 (38%)", "0 (0%)")

    def test_of_several_answers_hides_no_single_cell_of_a_row(self, session, ask):
        made = ask(
            session,
            (9, {"agency": "police", "heard": ["web"]}),
            (3, {"agency": "health", "heard": ["web"]}),
            (9, {"agency": "health", "heard": ["poster"]}),
        )

        table = cross_questions(session, made, "heard", "agency")

        assert table.lines[0][1:3] == ("withheld", "withheld")  # 9 and 3 of 12
        assert table.lines[1][1:3] == ("0", "withheld")  # 12 named one: 3 not this one

    @pytest.mark.parametrize("codes", [("know", "know"), ("know", "why"), ("know", "nothing")])
    def test_needs_two_closed_questions(self, session, ask, codes):
        with pytest.raises(NotFoundError):
            cross_questions(session, ask(session), *codes)

    def test_is_made_of_every_two(self, session, ask):
        made = ask(session, *LARGE)

        found = [(each.rows.text, each.columns.text) for each in cross_all(session, made)]

        assert found == [
            ("Which agency?", "How well do you know it?"),
            ("Where from?", "How well do you know it?"),
            ("Where from?", "Which agency?"),
        ]


class TestWhereItIsRead:
    def test_on_a_page_with_the_rate_and_the_rounding_rule(self, app, database, ask):
        with database.writing() as session:
            ask(session, *LARGE)

        page = officer_at(app, database).open(f"{PAGE}?rows=know&by=agency").body

        assert "12 (60%)" in page
        assert "Response rate: 45 of 200 (23%)" in page
        assert "halves rounded up" in page

    def test_on_the_page_says_why_something_is_withheld(self, app, database, ask):
        with database.writing() as session:
            ask(session, *LARGE, (2, {"know": "little", "agency": "health"}))

        page = officer_at(app, database).open(f"{PAGE}?rows=know&by=agency").body

        assert "could be worked out" in page

    def test_in_a_file_with_the_same_withheld(self, app, database, ask):
        with database.writing() as session:
            ask(session, *LARGE, (2, {"know": "little", "agency": "health"}))

        held = officer_at(app, database).client.get(f"{PAGE}.csv?rows=know&by=agency")

        lines = list(csv.DictReader(StringIO(held.text.lstrip("\ufeff"))))
        little = [each["people"] for each in lines if each["answer"] == "A little"]
        assert little == ["withheld", "withheld", "0"]
        assert {each["response rate"] for each in lines} == {"47 of 200 (24%)"}

    def test_in_the_pack(self, session, ask):
        made = ask(session, *LARGE)

        held = results_pack(session, made, council="C", now=made.opens_at)

        line = "Which agency?,Police,How well do you know it?,Well,12,18"
        assert line in held["cross-tables.csv"].decode()
        assert "halves rounded up" in held["how-we-count.txt"].decode()


class TestTheTopTwoBox:
    """K11: the first two options of a scale, in the file as on the page."""

    @pytest.mark.parametrize(
        ("good", "held"),
        [
            pytest.param((20, 30), ["Very good or good,50,60,83"], id="added before rounding"),
            pytest.param((47, 3), [], id="not where it tells one that is withheld"),
        ],
    )
    def test_stands_below_its_options(self, session, good, held):
        codes = ("Very good", "Good", "Poor", "Very poor")
        options = [{"code": f"o{n}", "label": label} for n, label in enumerate(codes)]
        scale = {"code": "care", "kind": "scale", "text": "How was it?", "options": options}
        survey = Survey.model_validate(ASKED | {"questions": [scale]})
        made = make_consultation(session, survey=survey, slug="care")
        for place, many in enumerate((*good, 10)):
            for _ in range(many):
                make_response(session, made, care=f"o{place}")

        lines = counts_file(session, made).decode().splitlines()

        found = [each for each in lines if "Very good or good" in each]
        assert [each.removeprefix(",How was it?,").rsplit(",", 3)[0] for each in found] == held
