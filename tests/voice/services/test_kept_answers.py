"""A response's answers in the store, read and kept without an object for each, on both stores."""

import pytest
from sqlalchemy import event

from surveys.answers import Answer
from tests.conftest import NOON
from tests.factories import make_consultation
from voice.models import AnswerRow, Channel, Response
from voice.services import kept_answers, responses

YES = Answer("a", ("yes",))
NO = Answer("a", ("no",))
OWN_WORDS = Answer("b", ("other",), "  my “own”\n words ")


@pytest.fixture
def begun(store):
    """A response begun and committed: its number."""
    with store.writing() as session:
        consultation = make_consultation(session)
        response = responses.start_response(session, consultation, Channel.WEB, now=NOON).response
        return response.id


def stored(store, number):
    """Return what the table holds: (values, other, counts) by question."""
    with store.reading() as session:
        rows = session.get(Response, number).answers.values()
        return {row.question: (row.values, row.other, row.is_on_path) for row in rows}


class TestKeeping:
    def test_puts_new_ones_in_and_changes_those_before(self, store, begun):
        with store.writing() as session:
            kept_answers.keep(session, session.get(Response, begun), [YES], now=NOON)
        with store.writing() as session:
            kept_answers.keep(session, session.get(Response, begun), [NO, OWN_WORDS], now=NOON)

        assert stored(store, begun) == {
            "a": (["no"], "", True),
            "b": (["other"], OWN_WORDS.other, True),
        }

    def test_of_one_question_twice_keeps_the_last(self, store, begun):
        with store.writing() as session:
            kept_answers.keep(session, session.get(Response, begun), [YES, NO], now=NOON)

        assert stored(store, begun)["a"] == (["no"], "", True)

    def test_takes_back_the_tone_that_was_read_in_the_words_before(self, store, begun):
        with store.writing() as session:
            response = session.get(Response, begun)
            kept_answers.keep(session, response, [YES], now=NOON)
            response.answers["a"].tone = "negative"
        with store.writing() as session:
            kept_answers.keep(session, session.get(Response, begun), [NO], now=NOON)

        with store.reading() as session:
            assert session.get(Response, begun).answers["a"].tone is None

    def test_is_seen_by_rows_that_are_objects_already(self, store, begun):
        with store.writing() as session:
            response = session.get(Response, begun)
            kept_answers.keep(session, response, [YES], now=NOON)
            row = response.answers["a"]
            kept_answers.keep(session, response, [NO, OWN_WORDS], now=NOON)

            assert row.values == ["no"]
            assert set(response.answers) == {"a", "b"}

    def test_is_forgotten_where_it_was_rolled_back(self, store, begun):
        with store.writing() as session:
            response = session.get(Response, begun)
            savepoint = session.begin_nested()
            kept_answers.keep(session, response, [YES], now=NOON)
            savepoint.rollback()

            assert kept_answers.read_kept(response) == {}


class TestMarking:
    def test_sets_apart_what_does_not_count_and_takes_it_back(self, store, begun):
        with store.writing() as session:
            response = session.get(Response, begun)
            kept_answers.keep(session, response, [YES, OWN_WORDS], now=NOON)
            kept_answers.mark(session, response, {"b"})
        assert [counts for *_, counts in stored(store, begun).values()] == [False, True]

        with store.writing() as session:
            kept_answers.mark(session, session.get(Response, begun), {"a", "b"})
        assert [counts for *_, counts in stored(store, begun).values()] == [True, True]


class TestRemoving:
    def test_takes_out_these_and_no_others(self, store, begun):
        with store.writing() as session:
            response = session.get(Response, begun)
            kept_answers.keep(session, response, [YES, OWN_WORDS], now=NOON)
            kept_answers.remove(session, response, ["b", "never asked"])

            assert set(kept_answers.read_kept(response)) == {"a"}
        assert set(stored(store, begun)) == {"a"}


class TestReading:
    def test_asks_the_store_once_and_makes_no_object_of_a_row(self, store, begun):
        with store.writing() as session:
            kept_answers.keep(session, session.get(Response, begun), [YES, OWN_WORDS], now=NOON)
        with store.reading() as session:
            response, sent = session.get(Response, begun), []
            event.listen(session.connection(), "before_cursor_execute", lambda *_: sent.append(1))

            for _ in range(3):
                assert responses.answers_of(response) == {"a": YES, "b": OWN_WORDS}

            assert len(sent) == 1
            assert not any(isinstance(each, AnswerRow) for each in session)
