"""G8: the Early Help Panel's referrals as coded cases. The main reasons are the printed counts.

The cases are made in the store here, not typed in; the tables are read on the page.
"""

import pytest

from surveys.engine import Survey
from tests.factories import make_consultation, make_response
from tests.stores import new_sqlite
from tests.surveys.conftest import ABOUT
from tests.voice.themed import make_officer, sign_in
from voice.errors import NotFoundError
from voice.services.coding import Columns, read_sheet

REFERRALS = 210
PRINTED = {
    "Behaviour": 62,
    "Mental health": 31,
    "Domestic abuse": 20,
    "Parenting": 18,
    "Relationship breakdown": 13,
    "Neglect": 8,
    "Absence": 7,
    "Substance misuse": 7,
}
REASONS = [{"code": each.lower().replace(" ", "_"), "label": each} for each in PRINTED]
DISTRICTS = [{"code": "vale", "label": "Aylesbury Vale"}, {"code": "wycombe", "label": "Wycombe"}]
AGENCIES = [{"code": "school", "label": "School"}, {"code": "police", "label": "Police"}]
PANEL = {
    "code": "panel",
    "title": "Panel records",
    "about": ABOUT,
    "questions": [
        {"code": "main", "kind": "choice", "text": "Main reason", "options": REASONS},
        {"code": "every", "kind": "several", "text": "Every reason", "options": REASONS},
        {"code": "district", "kind": "choice", "text": "District", "options": DISTRICTS},
        {"code": "agency", "kind": "choice", "text": "Referred by", "options": AGENCIES},
        {"code": "grid", "kind": "grid", "text": "How bad", "rows": REASONS[:2],
         "columns": [{"code": "low", "label": "Low"}, {"code": "high", "label": "High"}]},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Return a function that reads 210 referrals by these columns.

    Each third one about behaviour is about parenting too, and every tenth came from the police,
    the others from a school (ours: none of it is printed).
    """
    database = new_sqlite(tmp_path_factory.mktemp("g8"))
    with database.writing() as session:
        made = make_consultation(session, survey=Survey.model_validate(PANEL), slug="panel")
        main = [code for reason in REASONS for code in [reason["code"]] * PRINTED[reason["label"]]]
        for place, reason in enumerate(main):
            every = [reason, "parenting"] if reason == "behaviour" and place % 3 == 0 else [reason]
            agency = "school" if place % 10 else "police"
            make_response(session, made, main=reason, every=every, district="vale", agency=agency)
        for _ in range(REFERRALS - len(main)):
            make_response(session, made, district="wycombe")

    def read(columns):
        with database.reading() as session:
            return read_sheet(session, session.merge(made), columns)

    yield read
    database.close()


@pytest.fixture
def sheet(read):
    return read(Columns("every", primary="main", group="district"))


class TestTheEarlyHelpPanel:
    def test_g8_top_five_has_both_bases(self, read):
        sheet = read(Columns("main"))

        top = [(one.label, one.of_cases.words, one.of_labels.words) for one in sheet.count_top()]

        assert top == [
            ("Behaviour", "62 of 210 (30%)", "62 of 166 (37%)"),
            ("Mental health", "31 of 210 (15%)", "31 of 166 (19%)"),
            ("Domestic abuse", "20 of 210 (10%)", "20 of 166 (12%)"),
            ("Parenting", "18 of 210 (9%)", "18 of 166 (11%)"),
            ("Relationship breakdown", "13 of 210 (6%)", "13 of 166 (8%)"),
        ]

    def test_main_reasons_are_the_printed_counts(self, sheet):
        counts = {one.label: one.count for one in sheet.count_primary()}

        assert counts == PRINTED

    def test_the_main_label_stands_beside_all_labels(self, sheet):
        (parenting,) = [each for each in sheet.count_labels() if each.label == "Parenting"]

        assert parenting.primary.words == "18 of 166 (11%)"
        assert parenting.of_cases.words == "39 of 210 (19%)"  # 18, and 21 about behaviour
        assert parenting.of_labelled.words == "39 of 166 (23%)"
        assert parenting.of_labels.words == "39 of 187 (21%)"

    def test_two_labels_on_one_case_come_together(self, sheet):
        (pair,) = sheet.count_pairs()

        assert (pair.label, pair.words) == ("Behaviour + Parenting", "21 of 166 (13%)")

    def test_labels_are_counted_in_each_district(self, sheet):
        vale, wycombe = sheet.count_groups()

        assert (vale.group, vale.cases) == ("Aylesbury Vale", 166)
        assert vale.rows[0].words == "62 of 166 (37%)"
        assert (wycombe.group, wycombe.cases) == ("Wycombe", 44)
        assert {row.count for row in wycombe.rows} == {0}

    def test_a_main_label_that_is_not_ticked_again_is_a_label(self, session):
        made = make_consultation(session, survey=Survey.model_validate(PANEL), slug="slip")
        make_response(session, made, main="neglect", every=["absence"])

        sheet = read_sheet(session, made, Columns("every", primary="main"))

        assert [each.label for each in sheet.count_labels()] == ["Absence", "Neglect"]
        assert sheet.labels_given == 2

    def test_a_grid_gives_each_rated_row_as_a_label(self, session):
        made = make_consultation(session, survey=Survey.model_validate(PANEL), slug="grid")
        make_response(session, made, grid=["behaviour.high"])

        sheet = read_sheet(session, made, Columns("grid"))

        assert [each.label for each in sheet.count_labels()] == ["Behaviour: High"]

    def test_labels_are_counted_for_each_agency(self, read):
        school, police = read(Columns("every", primary="main", group="agency")).count_groups()

        assert (school.group, school.cases, police.cases) == ("School", 149, 17)
        assert dict(school.cells)["Behaviour"] == "55 of 149 (37%)"
        assert dict(police.cells)["Behaviour"] == "7 of 17 (41%)"

    def test_what_few_cases_of_one_agency_have_is_not_found_from_the_other(self, read):
        school, police = read(Columns("every", primary="main", group="agency")).count_groups()

        assert dict(police.cells)["Domestic abuse"] == "withheld"  # 2
        assert dict(school.cells)["Domestic abuse"] == "withheld"  # 18 of the 20 in all

    def test_a_question_of_another_kind_is_refused(self, read):
        with pytest.raises(NotFoundError):
            read(Columns("every", group="every"))


class TestThePage:
    def test_g8_shows_every_table_and_keeps_small_numbers_back(self, app, client, database):
        with database.writing() as session:
            sign_in(client, session, make_officer(session))
            made = make_consultation(session, survey=Survey.model_validate(PANEL), slug="panel")
            for place in range(20):
                every = ["behaviour", "parenting"] if place < 6 else ["behaviour"]
                every = every if place else [*every, "neglect"]
                make_response(session, made, main="behaviour", every=every, district="vale")

        address = "/officers/consultations/panel/coding"
        page = client.get(f"{address}?labels=every&primary=main&by=district").text

        assert "20 cases; 20 have a label; 27 labels in all" in page
        assert "20 of 27 (74%)" in page
        assert "Behaviour + Parenting" in page
        assert "Behaviour + Neglect" not in page  # one case
        assert "fewer than 5 of 20" in page
        assert "Aylesbury Vale: 20 cases" in page
        assert client.get(f"{address}?labels=nothing").status_code == 404
