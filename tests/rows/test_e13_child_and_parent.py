"""E13, Zap bullying workshops: linked child and parent forms, kept private from each other."""

import re

import pytest

from surveys.definition import read_from_library
from tests.conftest import NOON
from tests.rows.coded import answer, cells, joined, new_code, open_forms, use_code
from tests.rows.planned import new_officer
from tests.rows.test_b2_three_terms import form, open_only_person
from tests.voice.themed import make_officer
from tests.voice.web.visitor import Visitor
from voice.models import Role
from voice.services.joined import read_person
from voice.services.two_sides import list_others, read_two_sides

CANARY = "canary of the child"


@pytest.fixture(autouse=True)
def _forms(database):
    open_forms(database, "zap_child", "child")
    open_forms(database, "zap_parent", "parent")


def families(session, number, *, child="lot", parent="some"):
    for one in range(number):
        code = new_code(f"{child} {parent} {one}")
        joined(session, form(session, "child"), code, helped=child)
        joined(session, form(session, "parent"), code, helped=parent)


def report(session):
    officer = make_officer(session)
    return read_two_sides(
        session, form(session, "child"), "parent", officer, council="Test Council", now=NOON
    )


class TestOneCodeOfAFamily:
    """PRI-12."""

    def test_never_shows_one_side_what_the_other_said(self, app, clock, database):
        """E13: neither the pages of the family nor the officers' page of one side."""
        code = answer(app, clock, "child", "", helped="not", tell=CANARY)
        parent = Visitor(app)
        parent.begin("parent")
        pages = [
            use_code(parent, "parent", code),
            parent.open("/consultations/parent/code"),
            parent.open("/consultations/parent/check"),
            parent.open("/consultations/parent/copy"),
        ]
        parent.press(pages[2])
        pages.append(parent.open("/consultations/parent/sent"))
        officer = new_officer(app, database)

        read = open_only_person(officer, "parent").body

        assert "The parent or carer" in read
        assert "1 form by the same code" in read
        for page in [*(each.body for each in pages), read]:
            assert CANARY not in page
            assert read_from_library("zap_child").title not in page

    def test_looks_the_same_whether_or_not_the_other_side_answered(self, app, clock):
        code = answer(app, clock, "child", "", helped="lot")
        pages = []
        for typed in (code, new_code("nobody yet")):
            browser = Visitor(app)
            browser.begin("parent")
            use_code(browser, "parent", typed)
            pages.append(browser.open("/consultations/parent/check").body)

        first, second = (without_chance(each) for each in pages)
        assert first == second

    def test_asks_who_answers_where_a_form_has_several_sides(self, app, database):
        """Two parents with one code stay two: each is a side."""
        sides = [
            {"code": "one", "label": "First parent"},
            {"code": "two", "label": "Second parent"},
        ]
        survey = read_from_library("zap_parent").model_copy(update={"sides": ()})
        survey = type(survey).model_validate(survey.model_dump(by_alias=True) | {"sides": sides})
        open_forms(database, survey, "both-parents")
        browser = Visitor(app)
        browser.begin("both-parents")

        refused = use_code(browser, "both-parents", new_code())
        joined_now = use_code(browser, "both-parents", new_code(), ("side", "two"))

        assert refused.status == 422
        assert "Choose who you are" in refused.body
        assert "go with your code" in joined_now.body
        with database.writing() as session:
            for side in ("one", "two"):
                last = joined(session, form(session, "both-parents"), new_code(), side=side)
            shown = read_person(
                session,
                form(session, "both-parents"),
                make_officer(session),
                last.reference,
                now=NOON,
            )
        assert (len(shown.forms), shown.side) == (1, "Second parent")


class TestTheReportOnBothSides:
    def test_sets_the_sums_of_families_who_answered_on_both_side_by_side(self, session_of_forms):
        session = session_of_forms
        families(session, 6)
        joined(session, form(session, "child"), new_code("no parent"), helped="not")

        found = report(session)

        helped = found.questions[0]
        assert found.answered == ("6", "6")
        assert ("A lot", "6 of 6 (100%)", "0 of 6 (0%)") in helped.rows
        assert ("Not at all", "0 of 6 (0%)", "0 of 6 (0%)") in helped.rows

    def test_says_nothing_of_fewer_than_five_families(self, session_of_forms):
        families(session_of_forms, 4)

        found = report(session_of_forms)

        assert found.questions == ()
        assert found.answered == ("withheld", "withheld")

    def test_withholds_few_and_what_would_give_them_away(self, session_of_forms):
        families(session_of_forms, 7)
        families(session_of_forms, 2, child="little")

        rows = report(session_of_forms).questions[0].rows

        child = {label: cell for label, cell, _ in rows}
        assert (child["A lot"], child["A little"]) == ("withheld", "withheld")
        assert child["Some"] == "withheld"  # or it would be known that only two answers were given

    def test_is_not_for_analysts_who_could_subtract_it_from_all(self, session_of_forms):
        families(session_of_forms, 6)
        analyst = make_officer(session_of_forms, role=Role.ANALYST)

        assert list_others(session_of_forms, form(session_of_forms, "child"), analyst) == []

    def test_stands_on_a_page(self, app, database):
        with database.writing() as session:
            families(session, 5)

        page = new_officer(app, database).open(
            "/officers/consultations/child/two-sides?with=parent"
        )

        assert cells(page.body, "Some") == ["0 of 5 (0%)", "5 of 5 (100%)"]

    @pytest.fixture
    def session_of_forms(self, database):
        with database.writing() as session:
            yield session


def without_chance(page):
    """The page without what is new on every page: guards, presses, nonces."""
    return re.sub(r'(value|nonce)="[^"]*"', "", page)
