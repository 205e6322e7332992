"""Rows A3, E3, E4, E11, E16 and H9: figures are printed with all that stands behind them."""

from datetime import timedelta

import pytest

from surveys.answers import read_answer
from surveys.definition import read_survey
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import make_officer, make_people
from voice.models import Capacity, Channel
from voice.services import analyses, briefings, importing, imports, results, theme_views
from voice.services.entering import Entry, enter_response
from voice.services.imports import Agreement, HandedIn

EVENT_FORM = """
code: event
title: "How was it?"
{unit}
about: {{what: W, why: W, who_for: W, minutes: 1, what_happens: W, who_reads: W}}
questions:
  - code: useful
    kind: choice
    text: "Was it useful?"
    options: [{{code: yes_it_was, label: "Yes"}}, {{code: no, label: "No"}}]
  - {{code: better, kind: free_text, text: "What could be better?"}}
"""


class TestRowE3:
    """TEST: unit = school, N = 13 printed."""

    def test_thirteen_schools_are_called_schools(self, event, page):
        event(yes=13, no=0, unit="unit: school")

        assert "13 schools answered" in page()
        assert "Answers of 13 schools" in page()

    def test_so_they_are_in_the_briefing(self, event, database):
        consultation = event(yes=13, no=0, unit="unit: school")

        with database.reading() as session:
            brief = briefings.write_briefing(
                session, session.merge(consultation), council="C", now=NOON
            )
        assert brief.headlines[0].startswith("13 schools answered (n = 13)")


class TestRowE4:
    """TEST: response rate 53% (128/240) printed next to every %."""

    def test_the_rate_stands_beside_every_share(self, event, page):
        event(yes=97, no=31, invited=240)

        shown = page()
        assert shown.count("128 of 240 (53%)") == 3  # at the top, the headline and the chart
        assert "76%" in shown


class TestRowE11:
    """TEST: 114/115 = 99.1%."""

    def test_one_decimal_is_printed_where_it_is_asked_for(self, event, page):
        event(yes=114, no=1)

        assert "99.1%" in page("?decimals=1")
        assert "99%" in page()
        assert "99.1%" not in page()


class TestRowE16:
    """The event form of a conference comes in from a file."""

    def test_82_delegates_are_counted_as_they_were(self, event, page):
        event(yes=80, no=2)

        assert "82 people answered" in page()


class TestRowH9:
    """TEST: 12/46 = 26% printed; themes on n = 12 carry a small-number warning."""

    def test_the_rate_is_printed_and_the_themes_warn(self, app, database, clerk):
        with database.writing() as session:
            consultation = make_consultation(session, invited=46)
            make_people(session, consultation, 12)

        rate = clerk.get("/officers/consultations/early-help/results").text
        with database.writing() as session:
            opened = session.merge(consultation)
            gathered = analyses.gather(session, opened, "important", now=NOON)
            report = analyses.find_themes(gathered.comments)
            analyses.keep_report(session, opened, "important", gathered, report)
        themes = clerk.get("/officers/consultations/early-help/questions/important/themes").text

        assert "12 of 46 (26%)" in rate
        assert "Only 12 people wrote here" in themes


class TestRowA3:
    """TEST: a committee's reply after the close is taken, marked late, and counted or not."""

    def test_an_officer_takes_it_and_decides_whether_it_counts(self, database):
        with database.writing() as session:
            consultation = make_consultation(
                session, opens_at=NOON - timedelta(days=9), closes_at=NOON - timedelta(days=1)
            )
            officer = make_officer(session)
            entered = enter_response(
                session, consultation, officer, committee_reply(), now=NOON
            ).response
            before = results.count_arrivals(session, consultation)
            results.decide_late(session, consultation, officer, include=True, now=NOON)
            after = results.count_arrivals(session, consultation)

        assert (entered.capacity, entered.is_late) == (Capacity.COMMITTEE, True)
        assert (before.counting, before.late_waiting) == (0, 1)
        assert (after.counting, after.late_included) == (1, 1)

    def test_its_words_are_known_as_a_committees_in_the_themes(self, database):
        with database.writing() as session:
            consultation = make_consultation(session)
            make_people(session, consultation, 12)
            enter_response(
                session, consultation, make_officer(session), committee_reply(), now=NOON
            )
            gathered = analyses.gather(session, consultation, "important", now=NOON)
            report = analyses.find_themes(gathered.comments)
            analyses.keep_report(session, consultation, "important", gathered, report)
            shown = theme_views.read_themes(session, consultation, "important").shown

        assert shown[0].speaking == ("1 committee",)


def committee_reply():
    asked = make_questions()
    answers = (
        read_answer(asked("capacity"), ["organisation"]),
        read_answer(asked("important"), ["More buses please"]),
    )
    return Entry(Channel.PAPER, NOON.date(), answers, "a press", Capacity.COMMITTEE)


def make_questions():
    from surveys.definition import read_from_library

    return read_from_library("early_help_2017").question


@pytest.fixture
def page(clerk):
    return lambda more="": clerk.get(f"/officers/consultations/event/results{more}").text


@pytest.fixture
def event(database):
    """An evaluation that was collected on paper elsewhere and comes in from a file."""

    def event(*, yes, no, unit="", **opening):
        survey = read_survey(EVENT_FORM.format(unit=unit))
        raw = "Was it useful?\n" + "Yes\n" * yes + "No\n" * no
        with database.writing() as session:
            consultation = make_consultation(session, survey=survey, slug="event", **opening)
            handed_in = HandedIn("forms.csv", raw.encode())
            found = imports.upload(session, consultation, None, handed_in, now=NOON)
            agreement = Agreement(yes + no, NOON.date())
            imports.confirm(session, found, None, agreement, now=NOON)
            importing.bring_in_now(session, found, now=NOON)
        return consultation

    return event
