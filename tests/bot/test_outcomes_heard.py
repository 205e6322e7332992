"""An outcome, from the officer who publishes it to the phone and to the page of the web chat."""

import threading

import pytest
from sqlalchemy import update

from bot.outbox import Outbox
from bot.sender import Sender
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.services.chatting import Chatter
from tests.voice.themed import make_officer, make_people, make_theme
from voice.models import Channel, Chat, OutcomeKind, Theme, ThemeStatus
from voice.services import outcomes, web_chats
from voice.services.outcomes import Saying
from voice.services.web_chats import Browser

PHONE = 987_654_321_012
SLUG = "early-help"
SAYING = Saying(OutcomeKind.DID, "The evening bus stops too early.", "It now runs until ten.")
WORDS = "We did: It now runs until ten."


class TestAnOutcome:
    def test_reaches_the_phone(self, store, bot_settings, api, theme):
        _talk(_chatter(store, bot_settings, Channel.TELEGRAM))
        _publish(store, theme)
        sender = Sender(Outbox(store, bot_settings), bot_settings.telegram_token, api.url)
        thread = threading.Thread(target=sender.run)

        thread.start()

        try:
            api.wait_until(lambda: any(WORDS in sent.text for sent in api.chats[PHONE]))
        finally:
            sender.stop()
            thread.join(60)

    def test_reaches_the_page_of_the_web_chat_once(self, store, bot_settings, theme):
        person = _talk(_chatter(store, bot_settings, Channel.WEB_CHAT))

        _publish(store, theme)

        assert _page(person).count(WORDS) == 1

    def test_stays_on_the_page_after_other_messages(self, store, bot_settings, theme):
        person = _talk(_chatter(store, bot_settings, Channel.WEB_CHAT))
        _publish(store, theme)

        person.type("help")

        assert _page(person).count(WORDS) == 1

    def test_is_not_on_the_page_of_somebody_who_did_not_ask(self, store, bot_settings, theme):
        person = _talk(_chatter(store, bot_settings, Channel.WEB_CHAT), wants_outcome=False)

        _publish(store, theme)

        assert WORDS not in _page(person)

    def test_goes_from_the_page_when_it_is_withdrawn(self, store, bot_settings, theme):
        person = _talk(_chatter(store, bot_settings, Channel.WEB_CHAT))
        outcome_id = _publish(store, theme)

        with store.writing() as session:
            officer = make_officer(session)
            outcome = outcomes.get_outcome(session, officer, outcome_id)
            outcomes.withdraw(session, outcome, officer, now=NOON)

        assert WORDS not in _page(person)

    def test_goes_from_the_page_with_the_answers(self, store, bot_settings, theme):
        person = _talk(_chatter(store, bot_settings, Channel.WEB_CHAT))
        _publish(store, theme)

        person.type("delete")
        person.type("yes")

        assert WORDS not in _page(person)


@pytest.fixture
def theme(store):
    """The key of a theme that an officer signed off."""
    with store.writing() as session:
        consultation = make_consultation(session, slug=SLUG)
        people = make_people(session, consultation, 9, words="I want many more buses at night")
        return make_theme(session, consultation, people, status=ThemeStatus.SIGNED_OFF).id


def _chatter(store, settings, channel):
    person = Chatter(store, settings, channel=channel, address=str(PHONE), slug=SLUG)
    person.now = NOON
    return person


def _talk(person, *, wants_outcome=True):
    """Begin the chat, and wish to be told, or not."""
    person.start("" if person.channel is Channel.WEB_CHAT else SLUG)
    person.type("yes")
    with person.database.writing() as session:
        session.execute(update(Chat).values(wants_outcome=wants_outcome))
    return person


def _publish(store, theme_id):
    with store.writing() as session:
        theme = session.get_one(Theme, theme_id)
        officer = make_officer(session)
        published = outcomes.publish_outcome(
            session, theme, SAYING, officer=officer, press_key="press", now=NOON
        )
        return published.id


def _page(person):
    browser = Browser(person.slug, person.address)
    with person.database.reading() as session:
        shown = web_chats.view_for(session, person.settings, browser, now=person.now)
    return "\n".join(message.text for message in shown.messages)
