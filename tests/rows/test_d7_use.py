"""D7: starts and completions by month, the question at which people stopped, and a CSV file."""

import csv
import io
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from voice.services.consultations import current_survey
from voice.services.stopping import NO_LONGER_KEPT, read_stopping, stopping_file


@pytest.fixture
def asked(session):
    """Seven began in June and four in July; two sent it in, eight stopped after one question."""
    made = make_consultation(session)
    for number in range(11):
        response = make_response(session, made, capacity="individual", submitted=number < 2)
        if number >= 7:
            response.started_at = NOON + timedelta(days=30)
    make_response(session, made, submitted=False)
    session.flush()
    return made


class TestRowD7:
    """TEST: monthly starts, completions, drop-off question; CSV (views are not counted)."""

    def test_d7_counts_starts_and_completions_by_month(self, session, asked):
        assert read_stopping(session, asked, now=NOON).months == (
            ("2026-06", 8, 2),
            ("2026-07", 4, 0),
        )

    def test_d7_says_at_which_question_people_stopped(self, session, asked):
        first = current_survey(asked).questions[0]
        stopped = read_stopping(session, asked, now=NOON).stopped

        assert (stopped[0].count, stopped[0].base) == (9, 10)
        assert (stopped[1].label, stopped[1].count) == (first.text, 1)

    def test_d7_says_where_it_is_no_longer_known(self, session, asked):
        later = asked.closes_at + timedelta(days=30)
        (stopped,) = read_stopping(session, asked, now=later).stopped

        assert (stopped.label, stopped.count) == (NO_LONGER_KEPT, 10)

    def test_d7_a_small_number_is_withheld_with_what_would_give_it_away(self, session, asked):
        rows = _rows(session, asked)

        assert [row["stopped"] for row in rows] == ["", "", "withheld", "withheld"]
        assert [(row["begun"], row["sent in"]) for row in rows[:2]] == [("withheld",) * 2] * 2

    def test_d7_large_numbers_are_in_the_file(self, session):
        made = make_consultation(session)
        for number in range(12):
            make_response(session, made, capacity="individual", submitted=number < 6)

        rows = _rows(session, made)

        assert [(row["begun"], row["sent in"], row["stopped"]) for row in rows] == [
            ("12", "6", ""), ("", "", "6"),
        ]  # fmt: skip


def _rows(session, consultation):
    written = stopping_file(session, consultation, now=NOON).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(written)))
