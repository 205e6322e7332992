"""Answers are read once, as they arrive, and what they mean goes with them."""

import pytest
from sqlalchemy import delete, func, select

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.voice.themed import QUESTION
from voice.analysis import encoder
from voice.analysis.encoder import FOLDER, Encoder
from voice.models import AnswerVector, Channel, Consultation, Response
from voice.services import analyses, answer_vectors, concerns
from voice.services.concerns import Heard
from voice.services.kept_meanings import read_meanings

WORDS = "The bus to school is always late. Nobody tells us why the driver drives past."


@pytest.fixture
def own(monkeypatch):
    """An encoder of our own, which remembers nothing yet, and what it reads."""
    made, read = Encoder(FOLDER), []
    real = made._read_one
    monkeypatch.setattr(made, "_read_one", lambda text: read.append(text) or real(text))
    monkeypatch.setattr(answer_vectors, "find_encoder", lambda: made)
    made.read = read
    return made


@pytest.fixture
def consultation(database):
    with database.writing() as session:
        return make_consultation(session).id


def answer(database, consultation_id, words=WORDS):
    with database.writing() as session:
        consultation = session.get_one(Consultation, consultation_id)
        return make_response(session, consultation, **{QUESTION: words}).id


def raise_alert(session, response):
    heard = Heard(response.consultation_id, response.channel, "words", response_id=response.id)
    concerns.raise_worry(session, heard, category="neglect", now=NOON).tier = "alert"


def recall(database, consultation_id):
    with database.reading() as session:
        consultation = session.get_one(Consultation, consultation_id)
        return answer_vectors.recall(session, consultation, QUESTION)


def kept(database):
    with database.reading() as session:
        return list(session.scalars(select(AnswerVector.response_id)))


class TestReadingWhatArrived:
    def test_keeps_an_answer_and_its_sentences(self, database, consultation, own):
        answer(database, consultation)

        assert answer_vectors.read_new(database) == 1
        assert len(own.read) == 3
        with database.reading() as session:
            assert len(session.scalars(select(AnswerVector)).one().rows) == 3 * 768

    def test_shows_a_page_what_the_whole_answer_means(self, database, consultation, own):
        one = answer(database, consultation)
        silent = answer(database, consultation, "n/a")
        answer_vectors.read_new(database)

        with database.reading() as session:
            found = read_meanings(session, QUESTION, [one, silent])

        assert found == {one: own.encode([WORDS]).astype("<f2").tobytes()}

    def test_reads_each_once(self, database, consultation, own):
        answer(database, consultation)
        answer(database, consultation, "n/a")
        answer_vectors.read_new(database)

        assert answer_vectors.read_new(database) == 0

    def test_leaves_a_response_with_an_alert_alone(self, database, consultation, own):
        made = answer(database, consultation)
        with database.writing() as session:
            raise_alert(session, session.get_one(Response, made))

        assert answer_vectors.read_new(database) == 0

    def test_keeps_nothing_of_an_alert_raised_meanwhile(self, database, consultation, own):
        made = answer(database, consultation)

        def encode(texts):
            with database.writing() as session:
                raise_alert(session, session.get_one(Response, made))
            return own.encode(texts)

        answer_vectors.read_new(database, encode=encode)

        assert kept(database) == []

    @pytest.mark.parametrize("tier", ["alert", "support"])
    def test_leaves_nothing_to_read_again_of_a_concern(self, database, consultation, own, tier):
        made = answer(database, consultation)
        answer_vectors.read_new(database)

        with database.writing() as session:
            heard = Heard(consultation, Channel.WEB, "words", response_id=made)
            concern = concerns.notice_worry(heard, category="neglect", now=NOON)
            concern.tier = tier
            concerns.queue(session, concern)

        assert kept(database) == ([made] if tier == "support" else [])
        assert answer_vectors.read_new(database) == 0

    def test_needs_no_encoder(self, database, consultation, monkeypatch):
        monkeypatch.setattr(answer_vectors, "find_encoder", lambda: None)
        answer(database, consultation)

        assert answer_vectors.read_new(database) == 0
        assert recall(database, consultation) == 0

    def test_goes_with_the_response(self, database, consultation, own):
        made = answer(database, consultation)
        answer_vectors.read_new(database)

        with database.writing() as session:
            session.execute(delete(Response).where(Response.id == made))
            assert session.scalar(select(func.count()).select_from(AnswerVector)) == 0


class TestRecalling:
    def test_spares_reading_again(self, database, consultation, own, monkeypatch):
        answer(database, consultation)
        answer_vectors.read_new(database)
        later = Encoder(FOLDER)
        monkeypatch.setattr(later, "_read_one", None)
        monkeypatch.setattr(answer_vectors, "find_encoder", lambda: later)

        assert recall(database, consultation) == 1
        assert later.encode([WORDS]).shape == (1, encoder.DIMENSIONS)

    def test_believes_nothing_of_other_words(self, database, consultation, own):
        made = answer(database, consultation)
        answer_vectors.read_new(database)
        with database.writing() as session:
            session.get_one(Response, made).answers[QUESTION].values = ["Something else"]

        assert recall(database, consultation) == 0


def test_an_analysis_recalls_what_was_kept(database, consultation, own, monkeypatch):
    answer(database, consultation)
    answer_vectors.read_new(database)
    recalled = []
    monkeypatch.setattr(own, "remember", lambda texts, _rows: recalled.append(list(texts)))
    with database.reading() as session:
        subject = f"{session.get_one(Consultation, consultation).slug}/{QUESTION}"

    analyses.analyse_question(database, subject, NOON)

    assert WORDS in recalled[0]


class TestReadingElsewhere:
    def test_keeps_what_others_read_in_the_encoders_stead(self, database, consultation, own):
        answer(database, consultation)
        read = []

        def encode(texts):
            read.append(list(texts))
            return Encoder(FOLDER).encode(texts)

        assert answer_vectors.read_new(database, encode=encode) == 1
        assert WORDS in read[0]
        assert own.read == []
        assert recall(database, consultation) == 1

    def test_goes_on_where_it_stopped(self, database, consultation, own):
        for number in range(3):
            answer(database, consultation, f"{WORDS} {number}")

        assert [answer_vectors.read_new(database, most=2) for _ in range(3)] == [2, 1, 0]
        with database.reading() as session:
            assert answer_vectors.count_waiting(session) == 0
