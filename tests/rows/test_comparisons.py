"""Rows A8, A14, F1, F8, H1, H7 and H12: the same question in several consultations."""

import re

import pytest

from surveys.engine import Survey
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import ABOUT
from tests.voice.themed import make_officer, sign_in
from voice.models import Role, SurveyVersion
from voice.services import trends
from voice.services.comparisons import Comparison
from voice.services.rewordings import list_rewordings

KNOW = {
    "code": "know",
    "kind": "scale",
    "text": "How well do you know the Thresholds document?",
    "options": [{"code": "well", "label": "Well"}, {"code": "little", "label": "A little"},
                {"code": "no", "label": "Not at all"}],
}  # fmt: skip
AGENCY = {
    "code": "agency",
    "kind": "choice",
    "text": "Which agency are you from?",
    "options": [{"code": "police", "label": "Police"}, {"code": "health", "label": "Health"}],
}

OFFEND = {
    "code": "offending",
    "kind": "scale",
    "text": "Are you less likely to offend?",
    "options": [{"code": "less", "label": "Less likely"}, {"code": "same", "label": "The same"}],
}


def survey(*questions, **about):
    """A survey of these questions."""
    given = {"code": "asked", "title": "Asked", "about": ABOUT} | about
    return Survey.model_validate(given | {"questions": list(questions)})


@pytest.fixture
def session(database):
    with database.writing() as session:
        yield session


@pytest.fixture
def ask(session):
    """Make a consultation of these questions, answered so often each way."""

    def ask(slug, *questions, answers=(), **opening):
        made = make_consultation(session, survey=survey(*questions), slug=slug, **opening)
        for many, given in answers:
            for _ in range(many):
                make_response(session, made, **given)
        return made

    return ask


def line(compared, label):
    return next(each for each in compared.lines if each.label == label)


class TestSeveralSurveysInOneA8:
    """A8 TEST: merge 3 surveys on a shared question, keep per-survey N."""

    def test_are_joined_on_the_question_they_share_and_keep_their_own_numbers(self, session, ask):
        three = [
            ask(f"s{place}", KNOW, answers=[(many, {"know": "well"}), (6, {"know": "no"})])
            for place, many in enumerate((7, 9, 14))
        ]

        comparison = Comparison(session, three)
        well = line(comparison.questions[0], "Well")

        assert [each.counting for each in comparison.sources] == [13, 15, 20]
        assert [each.words for each in well.figures] == [
            "7 of 13 (54%)",
            "9 of 15 (60%)",
            "14 of 20 (70%)",
        ]
        assert well.together.words == "30 of 48 (63%)"
        assert well.change == 16

    def test_are_not_added_up_where_that_would_tell_of_a_few(self, session, ask):
        first = ask("first", KNOW, answers=[(3, {"know": "well"}), (20, {"know": "no"})])
        last = ask("last", KNOW, answers=[(9, {"know": "well"}), (20, {"know": "no"})])

        well = line(Comparison(session, [first, last]).questions[0], "Well")

        assert well.cells == ["fewer than 5 of 23", "9 of 29 (31%)"]
        assert (well.together, well.change) == (None, None)

    def test_are_matched_by_their_words_when_their_codes_differ(self, session, ask):
        other = KNOW | {"code": "thresholds"}
        first = ask("first", other, answers=[(5, {"thresholds": "well"})])
        last = ask("last", KNOW, answers=[(6, {"know": "well"})])

        (compared,) = Comparison(session, [first, last]).questions

        assert line(compared, "Well").together.count == 11


class TestLastYearsSurveyA14:
    """A14 TEST: comparable questions are matched, changed ones flagged."""

    def test_is_joined_only_where_it_was_asked_alike(self, session, ask):
        changed = AGENCY | {"text": "Who do you work for?"}
        before = ask("before", KNOW, AGENCY, answers=[(8, {"know": "no", "agency": "police"})])
        after = ask("after", KNOW, changed, answers=[(8, {"know": "well", "agency": "police"})])

        know, agency = Comparison(session, [before, after]).questions

        assert know.warnings == ()
        assert line(know, "Well").change == 100
        assert "is worded differently" in agency.warnings[0]
        assert line(agency, "Police").together is None
        assert line(agency, "Police").change is None

    def test_says_what_is_asked_no_longer_and_what_is_new(self, session, ask):
        before, after = ask("before", AGENCY), ask("after", KNOW)

        comparison = Comparison(session, [before, after])

        assert [each.code for _, each in comparison.asked_once] == ["agency"]
        assert "did not ask it" in comparison.questions[0].warnings[0]
        assert not comparison.questions[0].is_shared


class TestYearOnYearF1:
    """F1 TEST: 45 rows → 100% and 82% (37/45); 21 rows → 95% (20/21); the table warns."""

    def test_warns_that_less_likely_is_not_a_lot_less_likely(self, session, ask):
        options = [{"code": "less", "label": "A lot less likely"}, OFFEND["options"][1]]
        before = ask("y2015", OFFEND, answers=[
            (20, {"offending": "less"}), (1, {"offending": "same"})])  # fmt: skip
        after = ask("y2016", OFFEND | {"options": options}, answers=[
            (37, {"offending": "less"}), (8, {"offending": "same"})])  # fmt: skip

        (compared,) = Comparison(session, [before, after]).questions
        less = line(compared, "A lot less likely")

        assert [each.words for each in less.figures] == ["20 of 21 (95%)", "37 of 45 (82%)"]
        assert "“Less likely” is now “A lot less likely”" in compared.warnings[0]
        assert less.together is None
        assert less.change is None

    def test_warns_of_it_on_the_page_beside_both_figures(self, client, session, ask):
        options = [{"code": "less", "label": "A lot less likely"}, OFFEND["options"][1]]
        ask("y2015", OFFEND, answers=[(20, {"offending": "less"}), (1, {"offending": "same"})])
        ask("y2016", OFFEND | {"options": options}, answers=[
            (37, {"offending": "less"}), (8, {"offending": "same"})])  # fmt: skip
        sign_in(client, session, make_officer(session))
        session.commit()

        page = client.get("/officers/compare?with=y2015&with=y2016").text

        (warned,) = re.findall(r"Read with care\. ([^<]+)", page)
        assert "“Less likely”" in warned
        assert "“A lot less likely”" in warned
        assert "20 of 21 (95%)" in page
        assert "37 of 45 (82%)" in page


class TestStaffBesidePupilsF8:
    """F8 TEST: side-by-side table of paired surveys."""

    def test_stand_side_by_side_on_a_page(self, client, database, ask, session):
        staff = ask("staff", KNOW, answers=[(9, {"know": "well"}), (1, {"know": "no"})])
        ask("pupils", KNOW, answers=[(10, {"know": "well"}), (30, {"know": "little"})])
        sign_in(client, session, make_officer(session))
        session.commit()

        page = client.get("/officers/compare?with=staff&with=pupils").text

        assert staff.title in page
        assert "9 of 10 (90%)" in page
        assert "10 of 40 (25%)" in page


class TestWavesByAgencyH1:
    """H1 TEST: wave 1 v wave 2 with change and n per agency."""

    def test_have_their_change_and_their_number_for_each_agency(self, session, ask):
        first = ask("wave1", KNOW, AGENCY, answers=[
            (5, {"know": "well", "agency": "police"}), (15, {"know": "no", "agency": "police"}),
            (8, {"know": "well", "agency": "health"}), (2, {"know": "no", "agency": "health"}),
        ])  # fmt: skip
        second = ask("wave2", KNOW, AGENCY, answers=[
            (12, {"know": "well", "agency": "police"}), (12, {"know": "no", "agency": "police"}),
            (9, {"know": "well", "agency": "health"}),
        ])  # fmt: skip

        police, health = Comparison(session, [first, second]).by_group("know", "well", "agency")

        assert police.cells == ["5 of 20 (25%)", "12 of 24 (50%)"]
        assert police.change == 25
        assert health.cells == ["8 of 10 (80%)", "9 of 9 (100%)"]
        assert health.change == 20


class TestTwoVersionsOfOneH7:
    """H7 TEST: answers from v1 and v2 merged on shared items."""

    def test_are_merged_and_the_changed_items_are_named(self, session, ask):
        made = ask("returns", KNOW, AGENCY, answers=[(6, {"know": "well", "agency": "police"})])
        reworded = AGENCY | {"text": "Who do you work for?"}
        definition = survey(KNOW, reworded).model_dump_json(by_alias=True)
        made.versions.append(SurveyVersion(number=2, definition=definition, created_at=NOON))
        session.flush()
        for _ in range(4):
            make_response(session, made, know="well", agency="health")

        (rewording,) = list_rewordings(session, made)
        know, _ = Comparison(session, [made]).questions

        assert line(know, "Well").figures[0].words == "10 of 10 (100%)"
        assert (rewording.code, rewording.people) == ("agency", 6)
        assert rewording.changes == ("is worded differently",)


class TestAnnualWaveWithATargetH12:
    """H12 TEST: trend 56→58→61 v targets, current = "~" not 0."""

    @pytest.fixture
    def years(self, session, ask):
        officer, previous = make_officer(session), ""
        made = []
        for year, share, target in (
            (2014, 56, None),
            (2015, 58, 60),
            (2016, 61, 60),
            (2017, 0, 65),
        ):
            answers = [(share, {"know": "well"}), (100 - share, {"know": "no"})] if share else []
            one = ask(f"y{year}", KNOW, answers=answers)
            one.previous, previous = previous, one.slug
            made.append(one)
            if target:
                aim = trends.Aim(survey(KNOW).question("know"), ["well"], target)
                trends.set_target(session, one, officer, aim, now=NOON)
        return made

    def test_shows_each_year_against_its_target_and_nothing_as_a_wave_line(self, session, years):
        read = trends.read_trend(session, years[-1], "know")

        assert [each.words for each in read.points] == ["56%", "58%", "61%", "~"]
        assert [each.target for each in read.points] == [None, 60, 60, 65]
        assert [each.is_reached for each in read.points] == [None, False, True, None]
        assert read.changes == (None, 2, 3, None)

    def test_is_a_page_on_which_the_target_is_set(self, client, session, years):
        sign_in(client, session, make_officer(session, role=Role.OFFICER))
        session.commit()
        address = "/officers/consultations/y2017/trend/know"

        page = client.get(address).text

        assert "61%" in page
        assert "not reached" in page
        assert "Closing date" in page
        assert "Closed on" not in page  # this year's is open
        assert 'value="65"' in page
