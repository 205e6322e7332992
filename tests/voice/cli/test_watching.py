"""The worker's watch over concerns goes on beside whatever else it is at."""

import time
from dataclasses import replace

import pytest
from sqlalchemy import insert, literal_column, select

from tests.conftest import COUNCIL
from tests.factories import make_consultation, make_response
from voice.cli import worker
from voice.cli.watching import watching
from voice.clock import current_time
from voice.config import Safety
from voice.errors import SealedError
from voice.models import Channel, Concern, ConcernEntry
from voice.services import concerns, escalating, mail
from voice.services.concerns import Heard

LEAD = "lead@council.example"


@pytest.fixture
def told(settings):
    """The settings of a council that names its lead."""
    council = COUNCIL.model_copy(update={"safety": Safety(lead=LEAD)})
    return replace(settings, council=council, mail_server="smtp://mail.example")


def hear(database):
    with database.writing() as session:
        consultation = make_consultation(session)
        response = make_response(session, consultation)
        heard = Heard(consultation.id, Channel.WEB, "My dad hits me", "", response.id)
        concerns.screen_words(session, heard, now=current_time())


def wait_for(sent, count=1):
    until = time.monotonic() + 10
    while len(sent) < count and time.monotonic() < until:
        time.sleep(0.02)


def test_tells_of_a_concern_while_the_worker_is_busy_with_something_long(database, told):
    sent = []

    with watching(database, told, lambda letter, _: sent.append(letter.to), every=0.02):
        hear(database)
        wait_for(sent)

    assert sent == [LEAD]
    with database.reading() as session:
        assert session.scalars(select(ConcernEntry.step)).all() == ["told the lead"]


def test_sends_what_was_written_before_it_began_and_leaves_all_other_letters(database, told):
    hear(database)
    with database.writing() as session:
        bulk = {f"bulk:{number}": mail.Letter(f"a{number}@home.example", "Hello", "Hello")
                for number in range(3)}  # fmt: skip
        mail.queue_letters(session, told, bulk, now=current_time())
        escalating.send_due(session, told, now=current_time())
    sent = []

    with watching(database, told, lambda letter, _: sent.append(letter.to), every=0.02):
        wait_for(sent)
        time.sleep(0.1)

    assert sent == [LEAD]


def test_tells_of_a_concern_beside_one_whose_words_cannot_be_unsealed(database, told):
    hear(database)
    with database.writing() as session:
        first = session.scalars(select(Concern)).one()
        fields = {each.key: getattr(first, each.key) for each in Concern.__table__.columns}
        broken = {"words": literal_column("'sealed:12345678:AAAA'")}
        del fields["id"]
        session.execute(insert(Concern).values(**fields | broken))
    sent = []

    with watching(database, told, lambda letter, _: sent.append(letter.text), every=0.02):
        wait_for(sent)

    assert [text.partition(".")[0] for text in sent] == ["2 concerns wait"]


def test_looks_again_after_whatever_breaks(database, told, monkeypatch):
    hear(database)
    look, looks, sent = escalating.send_due, [], []

    def break_twice(*given, **named):
        looks.append(1)
        if len(looks) <= 2:  # the first is in the thread of the worker itself
            raise SealedError("the file of the keys cannot be read")
        return look(*given, **named)

    monkeypatch.setattr(escalating, "send_due", break_twice)
    with watching(database, told, lambda letter, _: sent.append(letter.to), every=0.02):
        wait_for(sent)

    assert sent == [LEAD]


def test_no_letter_ends_the_worker(database, told, monkeypatch):
    def break_down(*_, **__):
        raise SealedError("the file of the keys cannot be read")

    monkeypatch.setattr(mail, "send_next", break_down)

    assert not worker._send_once(database, told, lambda *_: None)
