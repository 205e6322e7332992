"""The worker's watch over concerns goes on beside whatever else it is at."""

import time
from dataclasses import replace

from sqlalchemy import select

from tests.conftest import COUNCIL
from tests.factories import make_consultation, make_response
from voice.cli.watching import watching
from voice.clock import current_time
from voice.config import Safety
from voice.models import Channel, ConcernEntry
from voice.services import concerns
from voice.services.concerns import Heard


def test_tells_of_a_concern_while_the_worker_is_busy_with_something_long(database, settings):
    safety = Safety(lead="lead@council.example")
    settings = replace(settings, council=COUNCIL.model_copy(update={"safety": safety}))
    sent = []

    with watching(database, settings, lambda letter, _: sent.append(letter.to), every=0.02):
        with database.writing() as session:
            consultation = make_consultation(session)
            response = make_response(session, consultation)
            heard = Heard(consultation.id, Channel.WEB, "My dad hits me", "", response.id)
            concerns.screen_words(session, heard, now=current_time())
        until = time.monotonic() + 10
        while not sent and time.monotonic() < until:
            time.sleep(0.02)

    assert sent == ["lead@council.example"]
    with database.reading() as session:
        assert session.scalars(select(ConcernEntry.step)).all() == ["told the lead"]
