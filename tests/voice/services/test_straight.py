"""Straight statements: the same rows, objects and errors as SQLAlchemy's own way gives."""

import pytest
from sqlalchemy import bindparam, event, insert, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.turns import Text
from tests.voice.services.chatting import NOON, somebody
from voice.models import (
    Channel,
    Chat,
    Consultation,
    Inbound,
    Participant,
    Response,
    SurveyVersion,
)
from voice.services import chat_ahead
from voice.services.chat_arrivals import Arrival
from voice.services.straight import Part, Straight

INBOUND = Inbound.metadata.tables["inbound"]
COLUMNS = ("channel", "external_id", "received_at", "outcome")
TAKE_IN = Straight(insert(INBOUND).values({name: bindparam(f"new_{name}") for name in COLUMNS}))
ALL = Straight(select(INBOUND))
ROW = {
    "new_channel": Channel.TELEGRAM,
    "new_external_id": "private words",
    "new_received_at": NOON,
    "new_outcome": "taken",
}


@pytest.mark.parametrize("is_heard", [False, True])
def test_writes_and_reads_what_the_models_mean(database, is_heard):
    if is_heard:  # then it goes SQLAlchemy's own way
        event.listen(database.engine, "before_cursor_execute", lambda *_: None)
    with database.writing() as session:
        TAKE_IN.carry_out(session, ROW)
    with database.reading() as session:
        assert [tuple(row) for row in ALL.rows(session, {})] == [tuple(ROW.values())]
        kept = session.scalars(select(Inbound)).one()

    assert (kept.channel, kept.received_at) == (Channel.TELEGRAM, NOON)


def test_a_refusal_is_sqlalchemys_own_and_repeats_no_words(database):
    with database.writing() as session:
        TAKE_IN.carry_out(session, ROW)
        with pytest.raises(IntegrityError) as refused:
            TAKE_IN.carry_out(session, ROW)

    assert "private words" not in str(refused.value)


def test_a_column_that_only_the_model_would_fill_is_refused(database):
    without_id = Straight(
        insert(Participant.metadata.tables["participant"]).values(
            {"channel": bindparam("c"), "address_hash": bindparam("h"), "created_at": NOON}
        )
    )
    with database.writing() as session, pytest.raises(TypeError, match="filled by nobody"):
        without_id.carry_out(session, {"c": Channel.TELEGRAM, "h": "h"})


def test_a_new_row_has_the_models_defaults_and_is_its_sessions_object(database):
    with database.writing() as session:
        given = {"channel": Channel.SMS, "address_hash": "h", "created_at": NOON}
        made = Part(Participant).add(session, given)
        assert session.get(Participant, made.id) is made
        made.address_sealed = "changed as an object"
    with database.reading() as session:
        kept = session.get_one(Participant, made.id)

    assert (kept.channel, kept.address_sealed) == (Channel.SMS, "changed as an object")


def test_what_is_read_ahead_is_what_the_session_would_have_loaded(database, tmp_path):
    person = somebody(database, tmp_path).at_first_question()
    person.type("1")
    arrival = Arrival(Channel.TELEGRAM, "next", person.address, Text("2"))

    with database.reading() as session:
        chat_ahead.look(session, arrival, person.settings)
        held = {type(each): _columns(each) for each in session.identity_map.values()}
    with database.reading() as session:
        kinds = (Participant, Chat, Consultation, SurveyVersion, Response)
        loaded = {kind: _columns(session.scalars(select(kind)).one()) for kind in kinds}

    assert held == loaded


def _columns(one):
    return {each.key: getattr(one, each.key) for each in inspect(type(one)).column_attrs}


def test_each_transaction_of_a_session_is_given_its_own_store(database):
    """What is written after a rollback goes into the next transaction, and is undone with it."""
    with Session(database.engine) as session:
        for each in ("first", "second"):
            TAKE_IN.carry_out(session, ROW | {"new_external_id": each})
            session.rollback()
    with database.reading() as session:
        assert ALL.rows(session, {}) == []
