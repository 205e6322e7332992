"""Responses: begun once, kept as typed, found again, sent in on time, deleted whole."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as how_hard
from hypothesis import strategies as st
from sqlalchemy import func, insert, select

from surveys.answers import Answer, storable
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from voice.errors import ConsultationClosedError, NotFoundError, NotYetAnsweredError
from voice.models import (
    AnswerRow,
    Channel,
    Concern,
    Consultation,
    Press,
    Response,
    SurveyVersion,
)
from voice.services import keys, response_rows, responses
from voice.services.consultations import find_by_slug

CLOSE = NOON + timedelta(days=1)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
# Whole characters of every plane; the halves of a pair have a test of their own.
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def begin(session, consultation, *, now=NOON):
    return responses.start_response(session, consultation, Channel.WEB, now=now)


@pytest.fixture
def consultation(session):
    return make_consultation(session)


@pytest.fixture
def response(session, consultation):
    return begin(session, consultation).response


class TestBeginning:
    def test_stays_with_its_version_when_another_is_published_meanwhile(self, database):
        with database.writing() as session:
            make_consultation(session, slug="reworded")
        with database.writing() as session:
            consultation = session.scalars(select(Consultation)).one()  # its versions are not read
            row = response_rows.new_row(consultation, Channel.WEB, now=NOON, key="k")
            response_rows.write(session, row)
            made = {"consultation_id": consultation.id, "definition": "{}", "created_at": NOON}
            session.execute(insert(SurveyVersion).values(number=2, **made))

            begun = response_rows.taken_in(session, consultation, row)

            assert (begun.version.id, begun.version.number) == (begun.survey_version_id, 1)

    def test_stores_no_key_that_opens_the_response(self, session, consultation):
        begun = begin(session, consultation)

        assert begun.response.key_hash == keys.hash_key(begun.key)
        assert begun.key not in begun.response.key_hash

    def test_is_possible_at_the_very_moment_of_the_close(self, session, consultation):
        assert begin(session, consultation, now=CLOSE).response.started_at == CLOSE

    @pytest.mark.parametrize(
        "moment",
        [
            pytest.param(CLOSE + SECOND, id="a second after the close"),
            pytest.param(NOON - timedelta(days=1) - SECOND, id="a second before the opening"),
        ],
    )
    def test_is_refused_outside_the_opening(self, session, consultation, moment):
        with pytest.raises(ConsultationClosedError):
            begin(session, consultation, now=moment)

    def test_begins_one_response_for_one_press(self, session, consultation):
        begun = [start_once(session, consultation, "a press") for _ in range(2)]

        assert begun[0].response is begun[1].response
        assert count(session, Response) == 1

    def test_gives_nobody_the_key_to_a_response_that_has_answers(self, session, consultation):
        first = start_once(session, consultation, "a press")
        responses.record_answer(
            session, first.response, Answer("capacity", ("individual",)), now=NOON
        )

        second = start_once(session, consultation, "a press")

        assert second.response is not first.response
        assert first.response.key_hash == keys.hash_key(first.key)

    def test_begins_one_response_when_one_press_arrives_eight_times_at_once(self, database):
        with database.writing() as session:
            make_consultation(session)

        def press(_):
            with database.writing() as session:
                start_once(session, find_by_slug(session, "early-help"), "a press")

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(press, range(8)))

        with database.reading() as session:
            assert (count(session, Response), count(session, Press)) == (1, 1)


def start_once(session, consultation, press_key):
    return responses.start_once(
        session, consultation, Channel.WEB, now=NOON, press_key=press_key, key=f"of {press_key}"
    )


class TestKeepingAnAnswer:
    @given(WORDS)
    @example("👩🏽‍🚀 e\u0301\u0323 \u202eright to left\u202c a\u200b\ufeffb")
    @example("e" + "\u0301" * 300)
    @example("  spaces, \t tabs \r\n and an end \n\n ")
    @example("\U0010ffff\x01\x1b")
    @how_hard(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def test_gives_the_words_back_byte_for_byte(self, database, words):
        """REL-11."""
        with database.writing() as session:
            consultation = find_by_slug(session, "early-help") or make_consultation(session)
            response = begin(session, consultation).response
            answer = Answer("important", (storable(words),))
            responses.record_answer(session, response, answer, now=NOON)

        with database.reading() as session:
            kept = session.scalar(select(AnswerRow).where(AnswerRow.response_id == response.id))

        assert kept.values[0].encode() == words.replace("\x00", "").encode()

    def test_puts_a_new_answer_in_place_of_the_old(self, session, response):
        for words in ("first", "second"):
            keep(session, response, "important", words)

        assert responses.answers_of(response)["important"].text == "second"
        assert count(session, AnswerRow) == 1

    def test_counts_no_answer_that_a_changed_path_hides(self, session, response):
        keep(session, response, "capacity", "individual")
        keep(session, response, "age", "a16_24")

        keep(session, response, "capacity", "organisation")

        assert "age" not in responses.counted_answers_of(response)
        assert not response.answers["age"].is_on_path

    def test_counts_a_hidden_answer_again_when_the_path_comes_back(self, session, response):
        for chosen in ("individual", "organisation", "individual"):
            keep(session, response, "capacity", chosen)
            if chosen == "individual" and "age" not in response.answers:
                keep(session, response, "age", "a16_24")

        assert responses.counted_answers_of(response)["age"].values == ("a16_24",)
        assert response.answers["age"].is_on_path

    def test_raises_a_concern_in_the_same_session_and_keeps_the_words(self, session, response):
        """SAF-4."""
        words = "My dad hits me every night and I am scared to go home"

        raised = keep(session, response, "important", words)

        assert [each.words for each in raised] == [words]
        assert responses.answers_of(response)["important"].text == words

    def test_raises_nothing_for_ordinary_words(self, session, response):
        assert keep(session, response, "important", "More buses after six please") == []

    def test_screens_the_words_beside_a_choice(self, session, response):
        answer = Answer("found_out", ("another",), "I want to kill myself")

        raised = responses.record_answer(session, response, answer, now=NOON)

        assert len(raised) == 1

    def test_raises_a_concern_for_an_option_that_means_somebody_may_need_help(self, session):
        play = make_consultation(session, survey="chelseas_choice_2015", slug="play")
        response = begin(session, play).response

        raised = keep(session, response, "worried", "yes")

        assert [each.category for each in raised] == ["said_worried"]

    def test_raises_one_concern_for_the_same_words_sent_twice(self, session, response):
        for _ in range(2):
            keep(session, response, "important", "I want to kill myself tonight")

        assert count(session, Concern) == 1


def keep(session, response, code, value, *, now=NOON):
    return responses.record_answer(session, response, Answer(code, (value,)), now=now)


class TestComingBack:
    @pytest.mark.parametrize(
        "typed",
        [
            pytest.param(str.lower, id="in small letters"),
            pytest.param(lambda code: code.replace("-", " "), id="with spaces"),
            pytest.param(lambda code: code.replace("-", ""), id="run together"),
            pytest.param(lambda code: code.replace("0", "o").replace("1", "l"), id="look-alikes"),
        ],
    )
    def test_takes_the_code_however_it_is_typed(self, session, response, typed):
        code = give_code(response)

        assert take_up(session, typed(code)).response is response

    def test_gives_the_new_browser_a_key_and_shuts_out_the_old_one(self, session, consultation):
        begun = begin(session, consultation)
        code = give_code(begun.response)

        again = take_up(session, code)

        assert responses.get_by_key(session, "early-help", again.key) is begun.response
        with pytest.raises(NotFoundError):
            responses.get_by_key(session, "early-help", begun.key)

    def test_takes_only_the_newest_code(self, session, response):
        first = give_code(response)
        give_code(response)
        session.flush()

        with pytest.raises(NotFoundError):
            take_up(session, first)

    def test_takes_no_code_of_another_consultation(self, session, response):
        make_consultation(session, survey="hmip_viewpoint", slug="viewpoint")
        code = give_code(response)
        session.flush()

        with pytest.raises(NotFoundError):
            responses.take_up_by_code(session, "viewpoint", code, key="k")

    @pytest.mark.parametrize("key", ["", "x", "\x00", "\udcff", "é" * 5000])
    def test_finds_nothing_for_a_key_that_opens_nothing(self, session, response, key):
        with pytest.raises(NotFoundError):
            responses.get_by_key(session, "early-help", key)


def take_up(session, code):
    session.flush()
    return responses.take_up_by_code(session, "early-help", code, key=keys.new_key())


def give_code(response):
    code = keys.code_from("a secret", keys.new_key())
    responses.set_code(response, code)
    return code


class TestSendingIn:
    """REL-6, at the very moments."""

    @pytest.mark.parametrize(
        ("moment", "is_late", "counts"),
        [
            pytest.param(CLOSE, False, True, id="at the very moment of the close"),
            pytest.param(CLOSE + SECOND, True, True, id="a second late"),
            pytest.param(CLOSE + HOUR, True, True, id="an hour late"),
            pytest.param(CLOSE + HOUR + SECOND, True, False, id="more than an hour late"),
        ],
    )
    def test_marks_what_comes_after_the_close(self, session, response, moment, is_late, counts):
        keep(session, response, "capacity", "individual")

        responses.submit_response(session, response, now=moment)

        assert (response.is_late, response.counts) == (is_late, counts)

    def test_keeps_words_that_come_too_late_to_count(self, session, response):
        keep(session, response, "capacity", "individual")
        keep(session, response, "important", "late words", now=CLOSE + 2 * HOUR)

        responses.submit_response(session, response, now=CLOSE + 2 * HOUR)

        assert responses.answers_of(response)["important"].text == "late words"

    def test_changes_nothing_the_second_time(self, session, response):
        keep(session, response, "capacity", "individual")
        responses.submit_response(session, response, now=NOON)

        responses.submit_response(session, response, now=CLOSE + 2 * HOUR)

        assert (response.submitted_at, response.counts) == (NOON, True)

    def test_is_refused_while_a_required_question_has_no_answer(self, session, response):
        with pytest.raises(NotYetAnsweredError, match=r"^capacity$"):
            responses.submit_response(session, response, now=NOON)


class TestDeleting:
    def test_leaves_no_answer_and_no_press(self, session, consultation):
        begun = start_once(session, consultation, "a press")
        keep(session, begun.response, "important", "a few words")

        responses.forget_response(session, begun.response)

        assert [count(session, table) for table in (Response, AnswerRow, Press)] == [0, 0, 0]

    def test_leaves_the_record_of_a_concern(self, session, response):
        """SAF-7."""
        keep(session, response, "important", "I want to kill myself tonight")

        responses.forget_response(session, response)

        kept = session.scalars(select(Concern)).one()
        assert (kept.words, kept.response_id) == ("I want to kill myself tonight", None)

    def test_leaves_everybody_else_alone(self, session, consultation, response):
        other = make_response(session, consultation, capacity="individual", important="stay")

        responses.forget_response(session, response)

        assert responses.answers_of(other)["important"].text == "stay"
