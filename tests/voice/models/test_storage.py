"""What both stores promise: nothing lost, nothing twice, every character as it was typed."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import IntegrityError, StatementError

from surveys.answers import Answer, read_answer
from surveys.definition import read_from_library
from surveys.turns import Message
from voice.config import Council, Helpline, Safety
from voice.database import Base, migrate, schema_differences
from voice.models import (
    AnswerRow,
    Channel,
    Concern,
    Consultation,
    Delivery,
    DeliveryKind,
    Inbound,
    Participant,
    Press,
    Response,
)
from voice.services import responses
from voice.services.consultations import Opening, find_by_slug, open_consultation

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SURVEY = read_from_library("early_help_2017")
WORDS = "important"  # the code of its first free-text question
COUNCIL = Council(
    safety=Safety(lead="lead@council.example"),
    helplines=(
        Helpline(
            name="First Response", number="01296 383962", serves=("first_response", "out_of_hours")
        ),
    ),
)


class TestTheSchema:
    def test_is_what_the_models_say(self, store):
        assert schema_differences(store) == []

    def test_goes_down_to_nothing_and_up_again_with_rows_in_it(self, store, consultation):
        migrate(store, revision="base")
        migrate(store)

        assert set(Base.metadata.tables) <= set(inspect(store.engine).get_table_names())

    def test_is_left_alone_by_a_second_migration(self, store, consultation):
        migrate(store)

        with store.reading() as session:
            assert find_by_slug(session, consultation) is not None


class TestACommit:
    """REL-1."""

    def test_is_on_the_disk_before_it_is_acknowledged(self, store):
        asked, expected = {
            "sqlite": ("PRAGMA synchronous", 2),  # 2 is FULL
            "postgresql": ("SHOW synchronous_commit", "on"),
        }[store.engine.dialect.name]

        with store.engine.connect() as connection:
            assert connection.exec_driver_sql(asked).scalar() == expected


class TestAMoment:
    def test_comes_back_aware_and_in_utc(self, store, consultation):
        with store.reading() as session:
            found = find_by_slug(session, consultation)

        assert found.closes_at == NOON + timedelta(days=1)
        assert found.closes_at.utcoffset() == timedelta(0)

    def test_is_refused_without_a_zone(self, store, response_id):
        with pytest.raises(StatementError), store.writing() as session:
            session.get(Response, response_id).started_at = NOON.replace(tzinfo=None)

    def test_of_another_zone_is_the_same_moment(self, store, response_id):
        with store.writing() as session:
            session.get(Response, response_id).started_at = NOON.astimezone(
                timezone(timedelta(hours=5))
            )

        with store.reading() as session:
            assert session.get(Response, response_id).started_at == NOON


class TestWordsInTheStore:
    """REL-11."""

    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(words=st.text(min_size=1))
    def test_come_back_as_they_were_typed(self, store, response_id, words):
        kept = _kept(store, response_id, words)

        storable = words.replace("\x00", "").encode("utf-8", "ignore").decode()
        assert kept == (storable if storable.strip() else None)

    @pytest.mark.parametrize(
        "words",
        [
            pytest.param("👩‍👩‍👧‍👦 ❤️ 🏴󠁧󠁢󠁷󠁬󠁳󠁿", id="emoji made of several"),
            pytest.param("لم يسمعني أحد \u202e abc", id="right to left"),
            pytest.param("no\u200bbody\u200d\ufeff", id="zero width"),
            pytest.param("e" + "\u0301" * 300, id="three hundred marks on one letter"),
            pytest.param("x" * 65_536, id="64k characters"),
            pytest.param(" \r\n two lines \n\t ", id="spaces and line ends"),
        ],
    )
    def test_are_exact_for(self, store, response_id, words):
        assert _kept(store, response_id, words) == words


class TestPressingTwice:
    def test_begins_one_response(self, store, consultation):
        for _ in range(200):
            with store.writing() as session:
                responses.start_once(
                    session,
                    find_by_slug(session, consultation),
                    Channel.WEB,
                    now=NOON,
                    press_key="the same press",
                    key="its key",
                )

        assert _count(store, Response) == 1

    def test_at_the_very_same_time_begins_one_response(self, store, consultation):
        def press():
            with store.writing() as session:
                asked = find_by_slug(session, consultation)
                responses.start_once(
                    session, asked, Channel.WEB, now=NOON, press_key="the same press", key="its key"
                )

        threads = [threading.Thread(target=press) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert _count(store, Response) == 1

    def test_a_key_is_unique_in_the_store_itself(self, store, response_id):
        with store.writing() as session:
            session.add(Press(key="k", response_id=response_id, pressed_at=NOON))

        with pytest.raises(IntegrityError), store.writing() as session:
            session.add(Press(key="k", response_id=response_id, pressed_at=NOON))


class TestAnAnswer:
    def test_replaces_the_one_before(self, store, response_id):
        _kept(store, response_id, "first")
        _kept(store, response_id, "second")

        assert _count(store, AnswerRow) == 1

    def test_is_not_kept_when_the_transaction_fails(self, store, response_id):
        with pytest.raises(ZeroDivisionError):
            _fail_after_recording(store, response_id)

        assert _count(store, AnswerRow) == 0

    def test_and_its_concern_are_kept_together(self, store, response_id):
        _kept(store, response_id, "my dad hits me and i am scared to go home")

        assert _count(store, Concern) == 1


class TestDeletingAResponse:
    """PRI-6."""

    def test_takes_its_answers_and_leaves_the_record_of_a_concern(self, store, response_id):
        _kept(store, response_id, "my dad hits me and i am scared to go home")

        with store.writing() as session:
            responses.forget_response(session, session.get(Response, response_id))

        assert (_count(store, Response), _count(store, AnswerRow)) == (0, 0)
        with store.reading() as session:
            assert session.scalars(select(Concern.response_id)).all() == [None]


class TestTheSetOfUpdates:
    def test_holds_each_id_once_for_each_channel(self, store):
        with store.writing() as session:
            session.add(_update(Channel.TELEGRAM))
            session.add(_update(Channel.SMS))

        with pytest.raises(IntegrityError), store.writing() as session:
            session.add(_update(Channel.TELEGRAM))


class TestTheOutbox:
    def test_holds_each_reference_once(self, store):
        with store.writing() as session:
            participant = Participant(channel=Channel.TELEGRAM, address_hash="h", created_at=NOON)
            session.add(participant)
            session.flush()
            session.add(_delivery(participant))
            participant_id = participant.id

        with pytest.raises(IntegrityError), store.writing() as session:
            session.add(_delivery(session.get(Participant, participant_id)))


class TestAReadingSession:
    def test_keeps_nothing(self, store, response_id):
        with store.reading() as session:
            session.get(Response, response_id).wave = "changed"
            session.flush()

        with store.reading() as session:
            assert session.get(Response, response_id).wave == ""


@pytest.fixture
def consultation(store):
    with store.writing() as session:
        opening = Opening(
            slug="early-help",
            team="families",
            opens_at=NOON - timedelta(days=1),
            closes_at=NOON + timedelta(days=1),
        )
        made = open_consultation(session, SURVEY, opening, council=COUNCIL, now=NOON)
        return made.slug


@pytest.fixture
def response_id(store, consultation):
    with store.writing() as session:
        asked = find_by_slug(session, consultation)
        return responses.start_response(session, asked, Channel.WEB, now=NOON).response.id


def _kept(store, response_id, words):
    """Return the words as they come back; an answer with nothing but space counts as skipped."""
    given = read_answer(SURVEY.question(WORDS), (words,))
    with store.writing() as session:
        response = session.get(Response, response_id)
        responses.record_answer(session, response, given, now=NOON)
    with store.reading() as session:
        values = session.get(Response, response_id).answers[WORDS].values
    return values[0] if values else None


def _fail_after_recording(store, response_id):
    with store.writing() as session:
        response = session.get(Response, response_id)
        responses.record_answer(session, response, Answer(WORDS, ("lost",)), now=NOON)
        raise ZeroDivisionError


def _count(store, model):
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def _update(channel):
    return Inbound(channel=channel, external_id="7", received_at=NOON, outcome="taken")


def _delivery(participant):
    return Delivery(
        participant=participant,
        channel=Channel.TELEGRAM,
        kind=DeliveryKind.REPLY,
        reference="update:7:0",
        body=Message("Hello").to_json(),
        due_at=NOON,
    )


def test_a_consultation_is_found_by_its_slug(store, consultation):
    with store.reading() as session:
        assert isinstance(find_by_slug(session, consultation), Consultation)
