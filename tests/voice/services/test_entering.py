"""Forms that came on paper or by phone, typed in by an officer (row A1, TEST d)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from surveys.answers import Answer
from tests.conftest import NOON
from tests.factories import make_response
from tests.voice.themed import consultation, officer
from voice.errors import AlreadyEnteredError, NotYetAnsweredError, ReceivedOnRefusedError
from voice.models import AuditEntry, Channel, Concern, Response
from voice.services.entering import Entry, enter_response, find_entered, moment_received

__all__ = ["consultation", "officer"]

TODAY = NOON.date()
INDIVIDUAL = Answer("capacity", ("individual",))


class TestEnteringAResponse:
    def test_sends_it_in_as_paper(self, enter):
        entered = enter(INDIVIDUAL, Answer("agree", ("agree",)))

        assert entered.response.channel is Channel.PAPER
        assert entered.response.submitted_at == NOON - timedelta(hours=1)  # noon in the UK
        assert entered.response.counts

    def test_writes_down_who_typed_it_in(self, enter, session, officer):
        response = enter(INDIVIDUAL).response

        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.officer_id) == ("response entered", officer.id)
        assert (entry.subject, entry.at) == (str(response.id), NOON)

    def test_sets_apart_what_stands_beside_a_question_that_was_not_for_them(self, enter):
        answers = enter(Answer("capacity", ("organisation",)), Answer("age", ("a16_24",))).response

        assert not answers.answers["age"].is_on_path
        assert answers.answers["capacity"].is_on_path

    def test_raises_a_concern_as_every_door_does(self, enter, session):
        """SAF-1."""
        words = Answer("proposal", ("My dad hits me every night and I am scared",))

        entered = enter(INDIVIDUAL, words)

        assert entered.has_concern
        assert session.scalars(select(Concern.raised_at)).one() == NOON

    def test_is_marked_late_and_does_not_count_when_received_after_the_close(
        self, enter, consultation
    ):
        consultation.closes_at = NOON - timedelta(days=1)
        consultation.opens_at = NOON - timedelta(days=9)

        response = enter(INDIVIDUAL).response

        assert (response.is_late, response.counts) == (True, False)

    def test_counts_when_received_in_time_and_typed_in_after_the_close(self, enter, consultation):
        consultation.closes_at = NOON - timedelta(days=1)
        consultation.opens_at = NOON - timedelta(days=9)

        response = enter(INDIVIDUAL, received_on=TODAY - timedelta(days=1)).response

        assert (response.is_late, response.counts) == (False, True)

    def test_makes_one_response_of_a_double_press(self, enter, session):
        first, second = (enter(INDIVIDUAL, press_key="one press") for _ in range(2))

        assert first.response is second.response
        assert session.scalar(select(func.count()).select_from(Response)) == 1

    def test_says_so_when_the_page_was_saved_before_with_other_answers(self, enter):
        saved = enter(INDIVIDUAL, press_key="one press").response

        with pytest.raises(AlreadyEnteredError, match=saved.reference):
            enter(Answer("capacity", ("organisation",)), press_key="one press")

    def test_is_refused_without_a_required_answer(self, enter):
        with pytest.raises(NotYetAnsweredError):
            enter(Answer("agree", ("agree",)))

    @pytest.fixture
    def enter(self, session, consultation, officer):
        def enter(*answers, received_on=TODAY, press_key="a press"):
            entry = Entry(Channel.PAPER, received_on, answers, press_key)
            return enter_response(session, consultation, officer, entry, now=NOON)

        return enter


class TestTheMomentReceived:
    @pytest.mark.parametrize(
        ("day", "refusal"),
        [
            pytest.param(date(2026, 6, 2), "future", id="tomorrow"),
            pytest.param(date(2026, 5, 30), "early", id="the day before it opened"),
        ],
    )
    def test_is_refused_on(self, consultation, day, refusal):
        with pytest.raises(ReceivedOnRefusedError, match=refusal):
            moment_received(consultation, day, now=NOON)

    def test_is_in_time_on_the_day_of_the_close(self, consultation):
        consultation.closes_at = datetime(2026, 5, 31, 22, 59, tzinfo=UTC)

        received = moment_received(consultation, date(2026, 5, 31), now=NOON)

        assert received <= consultation.closes_at

    def test_is_not_before_the_opening_on_the_day_of_it(self, consultation):
        consultation.opens_at = NOON - timedelta(minutes=10)

        assert moment_received(consultation, TODAY, now=NOON) == consultation.opens_at


class TestFindingAFormThatWasTypedIn:
    def test_finds_none_that_came_by_another_door(self, session, consultation):
        web = make_response(session, consultation, capacity="individual")

        assert find_entered(session, consultation, web.reference) is None
