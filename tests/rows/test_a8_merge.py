"""Row A8: the results of several consultations, analysed as one (K20)."""

import csv
import io

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import survey_asking
from tests.voice.themed import make_officer, pass_audit
from voice.models import Mention, Theme, ThemeChange, ThemeStatus
from voice.models.kinds import ThemeAction
from voice.reports.csv_files import csv_file
from voice.services import hub, hub_filling, hub_tables
from voice.services.comparisons import Comparison
from voice.services.hub_asking import Asked, Scope
from voice.services.hub_themes import read_matrix, read_theme_trend
from voice.services.merging import merge_question, shared_questions

GOOD = {"code": "good", "kind": "choice", "text": "Is your school good?",
        "options": [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]}  # fmt: skip
WHY = {"code": "why", "kind": "free_text", "text": "Why?"}
SAID = {"schools": (12, 7), "parents": (20, 0), "governors": (9, 6)}  # answered, raise the theme


class TestRowA8:
    """TEST: merge 3 surveys on a shared question, keep per-survey N."""

    def test_a_closed_question_keeps_each_number_and_has_the_sum(self, session, merge):
        merged = merge("good")

        rate = "Response rate: not known"
        assert merged.bases == (
            (f"schools. {rate}", 12),
            (f"parents. {rate}", 20),
            (f"governors. {rate}", 9),
        )
        assert merged.total == 41
        assert merged.lines[0].cells == ("12 of 12 (100%)", "20 of 20 (100%)", "9 of 9 (100%)")
        assert merged.lines[0].together == "41 of 41 (100%)"

    def test_own_words_are_merged_by_their_signed_off_themes(self, session, merge):
        (line,) = merge("why").lines

        assert line.label == "Kind teachers"
        assert line.cells == tuple(
            f"{each}, indicative" for each in ("7 of 12 (58%)", "0 of 20 (0%)", "6 of 9 (67%)")
        )
        assert line.together == "13 of 41 (32%), indicative"

    def test_a_figure_that_is_kept_back_is_not_in_a_sum(self, session, merge, surveys):
        theme_of(session, surveys[0], "Buses", 2)
        theme_of(session, surveys[1], "Buses", 9)

        buses = next(each for each in merge("why").lines if each.label == "Buses")

        assert (buses.cells[0], buses.together) == ("fewer than 5 of 12, indicative", "–")

    def test_only_shared_questions_can_be_chosen(self, session, surveys):
        assert shared_questions(Comparison(session, surveys)) == [
            ("good", "Is your school good?"),
            ("why", "Why?"),
        ]


class TestAThemeThatASurveysSignedListLacks:
    @pytest.fixture(autouse=True)
    def listed(self, session, surveys):
        theme_of(session, surveys[0], "Buses", 6)
        theme_of(session, surveys[1], "Buses", 0, status=ThemeStatus.FOUND)

    def test_is_in_no_sum(self, merge):
        (line,) = [each for each in merge("why").lines if each.label == "Buses"]

        assert line.cells == ("6 of 12 (50%), indicative", "not in that list", "not in that list")
        assert line.together == "6 of 12 (50%), indicative"

    def test_is_no_gap_and_in_no_base(self, session, officer):
        matrix = read_matrix(session, Scope(session, officer))

        (row,) = [each for each in matrix.rows if each.theme == "Buses"]
        assert [cell.words for cell in row.cells] == [
            "not in that list",
            "6 of 12 (50%), indicative",
        ]
        assert matrix.gaps == 1  # that nobody told the parents' survey of kind teachers

    def test_is_no_nought_through_the_years(self, session, officer):
        points = read_theme_trend(session, Scope(session, officer), "Buses")

        said = {each.slug: each.words for each in points}
        unknown, known = "not in that list", "6 of 12 (50%), indicative"
        assert said == {"governors": unknown, "parents": unknown, "schools": known}


class TestTheMatrix:
    def test_says_where_nothing_was_said_and_what_comes_again(self, session, surveys, officer):
        matrix = read_matrix(session, Scope(session, officer))

        assert matrix.services == (("Admissions", 20), ("Schools", 21))
        (row,) = matrix.rows
        assert [cell.words for cell in row.cells] == [
            "Nothing said (20), indicative",
            "13 of 21 (62%), indicative",
        ]
        assert (row.again, matrix.gaps, matrix.duplicated) == ("In 1 service, 2 surveys", 1, 1)

    def test_counts_no_theme_that_nobody_signed_off(self, session, surveys, officer):
        theme_of(session, surveys[0], "Found by a machine", 6, status=ThemeStatus.FOUND)

        names = [row.theme for row in read_matrix(session, Scope(session, officer)).rows]

        assert names == ["Kind teachers"]


class TestAnAuditedList:
    """Its figures stand without the word that those of the others carry."""

    @pytest.fixture(autouse=True)
    def audited(self, session, surveys, officer):
        pass_audit(session, surveys[0], "why", officer)

    def test_is_not_indicative_through_the_years(self, session, officer):
        points = read_theme_trend(session, Scope(session, officer), "Kind teachers")

        said = {each.slug: each.words for each in points}
        assert said["schools"] == "7 of 12 (58%)"
        assert said["governors"] == "6 of 9 (67%), indicative"

    def test_is_not_indicative_where_surveys_are_merged(self, merge):
        (line,) = merge("why").lines

        assert line.cells[0] == "7 of 12 (58%)"
        assert line.together.endswith(", indicative")

    def test_is_with_another_that_is_not_audited(self, session, officer):
        (row,) = read_matrix(session, Scope(session, officer)).rows

        assert row.cells[1].words.endswith(", indicative")

    def test_is_again_once_a_theme_is_added(self, session, surveys, officer):
        theme_of(session, surveys[0], "Buses", 6)

        points = read_theme_trend(session, Scope(session, officer), "Kind teachers")

        assert all(each.is_indicative for each in points)


class TestATrend:
    def test_goes_through_the_surveys_that_asked_the_same(self, session, surveys, officer):
        points = read_theme_trend(session, Scope(session, officer), "Kind teachers")

        assert [(each.title, each.figure.count, each.figure.base) for each in points] == [
            ("governors", 6, 9),
            ("parents", 0, 20),
            ("schools", 7, 12),
        ]

    def test_goes_wave_by_wave(self, session, surveys, officer):
        for number, each in enumerate(surveys[0].people):
            each.wave = "Spring" if number < 6 else "Summer"
        session.flush()

        points = read_theme_trend(session, Scope(session, officer), "Kind teachers")

        waves = {each.wave: each.figure.words for each in points if each.slug == "schools"}
        assert waves == {"Spring": "6 of 6 (100%)", "Summer": "1 of 6 (17%)"}


class TestTheTable:
    def test_has_a_nought_or_a_one_for_each_theme_and_no_formula(self, database):
        with database.writing() as session:
            three_surveys(session)
            officer = make_officer(session)
            kept = hub.keep_search(session, officer, Asked(survey="governors"), now=NOON)
        hub_filling.fill(database, since=None, now=NOON)

        with database.writing() as session:
            table = hub_tables.answers_table(session, officer, kept, now=NOON)

        written = csv_file(table.columns, table.rows).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(written)))
        themes = sorted(each["theme: Kind teachers"] for each in rows if each["question"] == "Why?")
        assert themes == ["0"] * 3 + ["1"] * 6
        assert all(each["words"].startswith("'=") for each in rows)
        assert {(each["survey"], each["service"]) for each in rows} == {("governors", "Schools")}


class TestTheChangeLog:
    def test_says_who_changed_which_theme_and_when(self, session, surveys, officer):
        for asked, undone in ((surveys[0], None), (surveys[1], NOON)):
            change = {"question": "why", "changed_at": NOON, "officer_id": officer.id,
                      "before": "Kind teachers", "after": "Teachers", "comments": 0, "was": {},
                      "undone_at": undone, "undone_by": officer.id if undone else None}  # fmt: skip
            session.add(ThemeChange(consultation_id=asked.id, action=ThemeAction.RENAMED, **change))
        kept = hub.keep_search(session, officer, Asked(survey="schools"), now=NOON)

        table = hub_tables.changes_table(session, officer, kept, now=NOON)

        (row,) = table.rows
        assert row[1:6] == ("schools", "why", "renamed", "Kind teachers", "Teachers")
        assert (row[0], row[7], row[8]) == ("2026-06-01T12:00:00+00:00", "A. Officer", "")


def theme_of(session, asked, label, raised, *, status=ThemeStatus.SIGNED_OFF):
    named = {"key": label, "label": label, "found_label": label, "description": "", "words": []}
    theme = Theme(consultation_id=asked.id, question="why", place=0, status=status, **named)
    theme.mentions = [Mention(response_id=each.id, strength=1) for each in asked.people[:raised]]
    session.add(theme)
    session.flush()


@pytest.fixture
def officer(session):
    return make_officer(session)


@pytest.fixture
def surveys(session):
    return three_surveys(session)


def three_surveys(session):
    """Three that share two questions, in each of which so many raise the same theme."""
    made = []
    for slug, (answered, raised) in SAID.items():
        service = "Admissions" if slug == "parents" else "Schools"
        alone = {"code": f"only_{slug}", "kind": "free_text", "text": f"Only {slug}?"}
        survey = survey_asking(GOOD, WHY, alone).model_copy(update={"service": service})
        asked = make_consultation(session, survey=survey, slug=slug)
        asked.title = slug
        asked.people = [make_response(session, asked, good="yes", why=f"=Kind {n}")
                        for n in range(answered)]  # fmt: skip
        for each in asked.people:
            each.answers["why"].tone = "positive"
        theme_of(session, asked, "Kind teachers", raised)
        made.append(asked)
    return made


@pytest.fixture
def merge(session, surveys, officer):
    def merge(code):
        comparison = Comparison(session, surveys)
        return merge_question(session, Scope(session, officer), comparison, code)

    return merge
