"""Somebody under 16 on Telegram goes on in the web chat, by the same link, to the same answers."""

import re

import pytest
from sqlalchemy import select

from surveys.definition import read_from_library
from surveys.turns import Start, Text
from tests.voice.services.chatting import Chatter, open_survey, settings_for
from tests.voice.web.doors import make_link, responses_in
from tests.voice.web.visitor import Visitor
from voice.app import create_app
from voice.models import Channel, Delivery, LinkKind, Participant
from voice.services import links
from voice.services.consultations import find_by_slug
from voice.services.responses import answers_of


@pytest.fixture
def person(database, tmp_path):
    open_survey(database, read_from_library("parent_feedback"))
    return Chatter(database, settings_for(tmp_path), channel=Channel.TELEGRAM)


def address_in(said):
    return re.search(r"https://voice\.example(/\S+)", said)[1]


class TestTheHandOver:
    def test_by_a_link_leads_to_the_web_chat_which_counts_for_the_same_link(
        self, person, database, tmp_path
    ):
        code = make_link(database, "asked")
        person.on(Start(), payload=code)
        address = address_in(person.press("13 to 15"))
        app = create_app(settings_for(tmp_path), database, now=lambda: person.now)
        visitor = Visitor(app)

        page = visitor.press(visitor.open(address))
        for words in ("yes", "They listened", "no"):
            page = visitor.send(page.address, [*page.forms[0].hidden, ("words", words)])

        (response,) = responses_in(database)
        with database.reading() as session:
            stored = answers_of(session.merge(response))
            (counted,) = links.list_links(session, find_by_slug(session, "asked"))
        assert address == f"/go/{code}?chat=yes"
        assert response.channel is Channel.WEB_CHAT
        assert stored["said"].text == "They listened"
        assert (counted.begun, counted.sent) == (1, 1)

    @pytest.mark.parametrize("kind", [None, LinkKind.AMBASSADOR])
    def test_without_an_open_link_leads_to_the_same_consultation(self, person, database, kind):
        payload = "asked"
        if kind is not None:
            payload = make_link(database, "asked", kind)
            with database.writing() as session:
                links.get_link(session, payload).closed_at = person.now
        person.on(Start(), payload=payload)

        assert address_in(person.type("14")) == "/consultations/asked/chat"

    def test_keeps_nothing_of_them_but_the_goodbye(self, person, database):
        person.on(Start(), payload="asked")
        person.type("14")

        with database.reading() as session:
            [participant] = session.scalars(select(Participant)).all()
            waiting = session.scalars(select(Delivery.body)).all()
        assert participant.address_hash.startswith("forgotten:")
        assert participant.address_sealed is None
        assert responses_in(database) == []
        assert [each["message"]["text"][:9] for each in waiting] == ["Thank you", "If you ne"]

    def test_screens_what_they_typed_even_so(self, person):
        person.on(Start(), payload="asked")

        assert "ring 999" in person.on(Text("I am 12 and I want to kill myself"))

    def test_is_not_asked_again_of_somebody_who_answers_again(self, person):
        person.at_first_question()
        person.type("They listened")
        person.type("no")

        person.type("hello")
        person.press("Answer again")

        assert "Is that OK?" in person.received.messages[-1].text
