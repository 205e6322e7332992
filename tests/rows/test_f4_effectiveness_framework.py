"""F4, RJ Effectiveness Framework. TEST: combined victim + young person report."""

import csv
import io
import re

import pytest
from docx import Document
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import make_response
from tests.rows.coded import cells, open_forms
from tests.rows.planned import new_officer
from tests.rows.test_b2_three_terms import form
from tests.voice.themed import make_officer
from voice.models import AuditEntry
from voice.services.two_sides import read_two_sides

ADDRESS = "/officers/consultations/young/two-sides"
CANARY = "canary of what a victim wrote"


@pytest.fixture(autouse=True)
def _answers(database):
    """Nine victims and twelve young people, two of whom felt helped only a bit."""
    open_forms(database, "yos_victim_feedback", "victims")
    open_forms(database, "rj_young_person", "young")
    with database.writing() as session:
        for _ in range(9):
            make_response(
                session,
                form(session, "victims"),
                satisfied="very_satisfied",
                supported="yes",
                comments=CANARY,
            )
        for number in range(12):
            said = "partly" if number < 2 else "yes"
            make_response(session, form(session, "young"), satisfied="satisfied", supported=said)


@pytest.fixture
def officer(app, database):
    return new_officer(app, database)


class TestTheCombinedReport:
    """F4 TEST: both sides' sums side by side; the threshold obeyed; no row joined."""

    def test_sets_victims_and_young_people_side_by_side(self, officer):
        page = officer.open(f"{ADDRESS}?with=victims").body

        assert "RJ Effectiveness Framework" in page
        assert re.search(r">Victims</th>\s*<th[^>]*>Young people</th>", page)
        assert cells(page, "Very satisfied / Very happy") == ["9 of 9 (100%)", "0 of 12 (0%)"]
        assert cells(page, "Satisfied / Happy") == ["0 of 9 (0%)", "12 of 12 (100%)"]

    def test_withholds_few_people_and_shows_nobodys_words(self, database):
        with database.writing() as session:
            reader = make_officer(session)
            found = read_two_sides(
                session, form(session, "young"), "victims", reader, council="C", now=NOON
            )

        rows = {label: (victims, young) for label, victims, young in found.questions[1].rows}
        assert rows["In part / A bit"] == ("0 of 9 (0%)", "withheld")
        assert rows["Yes"][1] == "withheld"  # else the two could be worked out
        assert CANARY not in str(found)

    def test_is_the_same_from_either_side(self, database):
        with database.writing() as session:
            reader = make_officer(session)
            found = [
                read_two_sides(session, form(session, one), other, reader, council="C", now=NOON)
                for one, other in (("young", "victims"), ("victims", "young"))
            ]

        assert found[0] == found[1]

    def test_says_nothing_of_a_side_of_fewer_than_five(self, database):
        open_forms(database, "rj_young_person", "few")
        with database.writing() as session:
            for _ in range(4):
                make_response(session, form(session, "few"), satisfied="satisfied")
            reader = make_officer(session)
            found = read_two_sides(
                session, form(session, "few"), "victims", reader, council="C", now=NOON
            )

        young = {row[2] for row in found.questions[0].rows}
        assert young == {"withheld"}
        assert found.answered == ("9", "fewer than 5")

    def test_is_exported_as_a_table_and_for_word(self, officer, database):
        table = officer.client.get(f"{ADDRESS}.csv?with=victims").get_data(as_text=True)
        word = officer.client.get(f"{ADDRESS}.docx?with=victims").data

        lines = list(csv.reader(io.StringIO(table.lstrip("\ufeff"))))
        assert lines[0] == ["question", "answer", "Victims", "Young people"]
        assert lines[1][2:] == ["9", "12"]
        assert ["9 of 9 (100%)", "0 of 12 (0%)"] in [line[2:] for line in lines]
        assert CANARY not in table
        assert not re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", table)  # nobody's reference
        tables = Document(io.BytesIO(word)).tables
        assert tables[0].rows[3].cells[1].text == "9 of 9 (100%)"
        with database.reading() as session:
            actions = session.scalars(select(AuditEntry.action)).all()
        assert actions.count("two sides downloaded") == 2
