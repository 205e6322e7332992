"""A paper typed in twice, on both stores; tests/rows/test_k2_double_entry.py walks the pages."""

from datetime import timedelta

import pytest

from surveys.answers import Answer
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import make_officer
from voice.errors import NotFoundError, NotYetAnsweredError
from voice.models import Capacity, Channel, EntryCheck, SecondEntry
from voice.services import double_entry
from voice.services.double_entry import Again
from voice.services.entering import Entry, enter_response
from voice.services.responses import answers_of

SAID = {"capacity": "individual", "agree": "agree", "age": "a16_24"}


def answers(**said):
    return tuple(Answer(code, (value,)) for code, value in said.items())


class TestTypingAPaperTwice:
    def test_lets_a_person_choose_and_forgets_what_does_not_stand(self, store, paper):
        with store.writing() as session:
            response, second = paper(session)
            again = Again(
                Capacity.INDIVIDUAL, answers(**SAID | {"agree": "disagree", "age": "a35_44"})
            )
            typed = double_entry.type_again(session, response, second, again, now=NOON)
            lines = double_entry.list_differences(session, response, second)
            double_entry.decide(session, response, second, {"agree"}, now=NOON)

        assert not typed.agrees
        assert [each.code for each in lines] == ["agree", "age"]
        with store.reading() as session:
            response = session.merge(response, load=True)
            said = answers_of(response)
            assert (said["agree"].text, said["age"].text) == ("disagree", "a16_24")
            assert (response.entry_check, response.counts) == (EntryCheck.CHECKED, True)
            assert session.query(SecondEntry).count() == 0

    def test_refuses_choices_that_leave_a_required_question_open(self, store, paper):
        with store.writing() as session:
            response, second = paper(session)
            again = Again(Capacity.INDIVIDUAL, answers(agree="disagree"))
            double_entry.type_again(session, response, second, again, now=NOON)

            with pytest.raises(NotYetAnsweredError, match="capacity"):
                double_entry.decide(session, response, second, {"capacity"}, now=NOON)

    def test_finds_no_paper_that_waits_for_nobody(self, store, paper):
        with store.writing() as session:
            response, second = paper(session)
            again = Again(Capacity.INDIVIDUAL, answers(**SAID))
            double_entry.type_again(session, response, second, again, now=NOON)

            with pytest.raises(NotFoundError):
                double_entry.get_waiting(
                    session, response.consultation, response.reference, to_change=True
                )

    @pytest.fixture
    def paper(self):
        """A paper that one officer typed in, locked, and another officer."""

        def paper(session):
            consultation = make_consultation(session)
            consultation.enters_twice = True
            first, second = make_officer(session), make_officer(session)
            day = (NOON - timedelta(hours=2)).date()
            entry = Entry(Channel.PAPER, day, answers(**SAID), "a press")
            entered = enter_response(session, consultation, first, entry, now=NOON)
            reference = entered.response.reference
            found = double_entry.get_waiting(session, consultation, reference, to_change=True)
            return found, second

        return paper
