"""F5: one question after a coffee morning, asked by a bot; two words are a complete answer."""

import pytest

from surveys.turns import Start, Tap, Text
from tests.conftest import NOON
from tests.factories import make_consultation
from voice.models import Channel, Response
from voice.services import chats
from voice.services.chat_arrivals import Arrival
from voice.services.responses import answers_of


@pytest.mark.parametrize("words", ["a lifeline", "invaluable support"])
def test_f5_two_words_are_a_complete_answer(database, settings, words):
    with database.writing() as session:
        make_consultation(session, survey="parent_feedback", slug="coffee")
    said = []

    def say(event):
        with database.writing() as session:
            arrival = Arrival(
                Channel.TELEGRAM, str(len(said)), address="77", event=event, payload="",
            )  # fmt: skip
            said.append(chats.receive(session, arrival, settings, now=NOON).messages[-1])

    say(Start())
    say(Text("16 or over"))
    while said[-1].rows and len(said) < 9:
        tokens = [button.token for row in said[-1].rows for button in row]
        is_asking = any(token.endswith("-skip") for token in tokens)
        say(Text(words) if is_asking else Tap(tokens[0]))

    with database.reading() as session:
        response = session.query(Response).one()
        assert response.submitted_at == NOON
        assert answers_of(response)["said"].text == words
