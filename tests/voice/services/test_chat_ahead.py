"""Reading ahead: what changed between the look and the lock is never overlooked."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from surveys.turns import Text
from tests.voice.services.chatting import NOON, somebody
from voice.database import Database
from voice.models import Channel, Chat, Consultation, Participant, Response
from voice.services import chat_ahead, chats, kept_answers
from voice.services.chat_arrivals import Arrival


@pytest.fixture
def person(database, tmp_path):
    person = somebody(database, tmp_path).at_first_question()
    person.type("1")
    return person


def take_after(person, *meanwhile):
    """Return what holds of what was read ahead, after these statements were carried out."""

    def look_and_be_overtaken(session):
        chat_ahead.look(session, arrival, person.settings)
        with person.database.engine.connect() as other:
            for each in meanwhile:
                other.execute(each)
            other.commit()

    arrival = Arrival(Channel.TELEGRAM, "next", person.address, Text("2"))
    with person.database.writing(look_and_be_overtaken) as session:
        return chat_ahead.take(session, arrival, now=NOON)


def test_holds_while_nothing_changes(person):
    assert take_after(person) is not None


@pytest.mark.parametrize(
    "meanwhile",
    [
        update(Participant).values(blocked_at=NOON),
        update(Participant).values(current_chat_id=None),
        update(Participant).values(address_sealed=None),
        update(Participant).values(address_hash="forgotten:1"),
        update(Chat).values(changed_at=NOON + timedelta(seconds=1)),
        update(Chat).values(wants_outcome=True),
        update(Chat).values(ended_at=NOON),
        update(Consultation).values(closes_at=NOON - timedelta(hours=2)),
        update(Consultation).values(launched_at=None),
        update(Consultation).values(information_number=3),
        delete(Response),
    ],
    ids=str,
)
def test_holds_no_more_once_somebody_else_changed_it(person, meanwhile):
    assert take_after(person, meanwhile) is None


def test_an_answer_given_meanwhile_by_the_same_person_is_kept_and_built_upon(person):
    """Two of their updates arrive together: the second looked before the first was written."""
    first, second = (Arrival(Channel.TELEGRAM, each, person.address, Text("2")) for each in "ab")
    another_process = Database(str(person.database.engine.url))

    def look_and_be_overtaken(session):
        chat_ahead.look(session, second, person.settings)
        with another_process.writing() as other:
            chats.receive(other, first, person.settings, now=NOON + timedelta(seconds=1))

    with person.database.writing(look_and_be_overtaken) as session:
        later = NOON + timedelta(seconds=2)
        received = chats.receive(session, second, person.settings, now=later)
        kept = kept_answers.read_kept(received.chat.response)
    another_process.close()

    assert len(kept) == 3  # the one before, and both of these
