"""Somebody who chats with the service itself, over a real store: types, presses, reads."""

from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from surveys.answers import Answer
from surveys.definition import read_from_library
from surveys.engine import Survey
from surveys.turns import Event, Message, Start, Tap, Text
from voice.config import Council, Helpline, Safety, Settings
from voice.database import Database
from voice.models import Channel, Consultation, Participant
from voice.services import chat_ahead, chats, participants, web_chats
from voice.services.chat_arrivals import Arrival
from voice.services.chats import Received
from voice.services.consultations import Opening, open_consultation
from voice.services.responses import answers_of
from voice.services.web_chats import Browser

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
OLD_ENOUGH = "16 or over"
COUNCIL = Council(
    safety=Safety(lead="lead@council.example"),
    name="Testshire Council",
    address="https://voice.example",
    own_helplines=(
        Helpline(
            name="First Response", number="01296 383962", serves=("first_response", "out_of_hours")
        ),
    ),
)


def settings_for(home: Path) -> Settings:
    return Settings(home=home, database_url="", secret_key="k" * 40, council=COUNCIL)


def open_survey(
    database: Database, survey: Survey, *, slug: str = "asked", days: int = 7
) -> Consultation:
    opening = Opening(slug, "youth", NOON - timedelta(days=1), NOON + timedelta(days=days))
    with database.writing() as session:
        return open_consultation(session, survey, opening, council=COUNCIL, now=NOON)


class Chatter:
    """One person on one channel. `now` may be moved; the last reply is in `received`."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        *,
        channel: Channel = Channel.TELEGRAM,
        address: str = "42",
        slug: str = "asked",
    ) -> None:
        self.database, self.settings = database, settings
        self.channel, self.address, self.slug = channel, address, slug
        self.now = NOON
        self.received = Received(is_new=False)
        self._shown: list[Message] = []
        self._ids = (f"{address}-{number}" for number in count(1))

    def on(self, event: Event, *, external_id: str = "", payload: str = "", **more: object) -> str:
        """Return everything said in answer to this event."""
        number = external_id or next(self._ids)
        if self.channel is Channel.WEB_CHAT:
            with self.database.writing() as session:
                browser = Browser(self.slug, self.address)
                self.received = web_chats.arrive(
                    session, self.settings, browser, event, press_key=number, now=self.now
                )
        else:
            arrival = Arrival(self.channel, number, self.address, event, payload=payload, **more)  # type: ignore[arg-type]
            self.received = self._arrive(arrival)
        self._shown.extend(self.received.messages)
        return "\n\n".join(message.text for message in self.received.messages)

    def _arrive(self, arrival: Arrival) -> Received:
        """Take it in as the receiver of a messenger does: read ahead, then under the lock."""
        look = partial(chat_ahead.look, arrival=arrival, settings=self.settings)
        with self.database.writing(look) as session:
            return chats.receive(session, arrival, self.settings, now=self.now)

    def start(self, payload: str = "") -> str:
        """Open the chat, and say that they are old enough where that is asked first."""
        said = self.on(Start(), payload=payload)
        return f"{said}\n\n{self.press(OLD_ENOUGH)}" if self.is_asked_age else said

    def type(self, text: str) -> str:
        return self.on(Text(text))

    def press(self, label: str) -> str:
        return self.on(Tap(self.token(label)))

    def token(self, label: str) -> str:
        for message in reversed(self._shown):
            for button in (button for row in message.rows for button in row):
                if label in button.label:
                    return button.token
        raise AssertionError(f"no button {label!r}")

    def at_first_question(self) -> "Chatter":
        self.start()
        self.type("yes")
        return self

    @property
    def is_asked_age(self) -> bool:
        rows = self.received.messages[-1].rows if self.received.messages else ()
        return any(button.label == OLD_ENOUGH for row in rows for button in row)

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers stored for the chat that the last reply belonged to."""
        chat = self.received.chat
        if chat is None or chat.response_id is None:
            return {}
        with self.database.reading() as session:
            stored = session.merge(chat, load=True)
            session.refresh(stored)
            return answers_of(stored.response) if stored.response else {}

    def participant(self) -> Participant | None:
        hashed = participants.hash_address(self.settings.secret_key, self.channel, self.address)
        with self.database.reading() as session:
            return participants.find_locked(session, self.channel, hashed)


def somebody(database: Database, home: Path) -> Chatter:
    """Return somebody on Telegram who has said nothing yet, while one survey is open."""
    open_survey(database, read_from_library("hmip_viewpoint"))
    return Chatter(database, settings_for(home))
