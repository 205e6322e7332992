"""The sender's side of the store: what to send next, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from bot.rendering import Call, as_new, calls_for
from surveys.turns import Message, Style
from voice.clock import current_time
from voice.config import Settings
from voice.database import Database
from voice.models import Channel
from voice.services import deliveries, leaving, participants
from voice.services.sealing import unseal
from voice.services.storing import saving

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# Longer than any send can take; a killed sender's reply is sent again after this.
LEASE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way."""

    delivery_id: int
    chat: int
    calls: tuple[Call, ...]
    instead: tuple[Call, ...] = ()  # when the message to change is gone


class Fate(Enum):
    """What became of a message."""

    SENT = "sent"
    REFUSED = "refused"  # never to be sent again
    BLOCKED = "blocked"  # nor anything else to this person
    LATER = "later"  # it certainly did not arrive
    UNCERTAIN = "uncertain"  # it may have arrived


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one message, and when it is to be tried again, if Telegram said so."""

    delivery_id: int
    fate: Fate
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Outbox:
    """What waits to be sent on Telegram."""

    database: Database
    settings: Settings

    def take_over(self) -> None:
        """Take over what a sender before us was killed with; call it once, at the start.

        Raises:
            NotSavedError: if the store is down.
        """
        with saving(self.database) as session:
            deliveries.release_leases(session, Channel.TELEGRAM)

    def take_next(self, done: Sequence[Done] = ()) -> Outgoing | None:
        """Return the next message to send, leased to us, or None if nothing is due.

        What became of earlier ones is written down in the same transaction: one commit a message.

        Raises:
            NotSavedError: if the store is down; `done` is not written down either.
        """
        now = current_time()
        with saving(self.database) as session:
            for each in done:
                _write_down(session, each, now)
            while True:
                delivery = leaving.claim_next(
                    session, self.settings, Channel.TELEGRAM, now=now, lease=LEASE
                )
                if delivery is None:
                    return None
                message, envelope = deliveries.read_body(delivery)
                address = unseal(self.settings.secret_key, envelope.to or "")
                if address is not None:
                    return _outgoing(delivery.id, message, int(address), envelope)
                # Sealed with another secret: nobody can ever send it.
                deliveries.mark_refused(session, delivery.id, now=now)

    def report(self, done: Sequence[Done]) -> None:
        """Write down what became of messages that we took.

        Raises:
            NotSavedError: if the store is down; their leases run out and they are taken again.
        """
        now = current_time()
        with saving(self.database) as session:
            for each in done:
                _write_down(session, each, now)

    def sweep(self) -> None:
        """Forget the ids of updates that cannot come again, and addresses no longer needed.

        Raises:
            NotSavedError: if the store is down.
        """
        with saving(self.database) as session:
            now = current_time()
            participants.sweep_claims(session, now=now)
            participants.sweep_addresses(session, now=now)


def _write_down(session: "Session", done: Done, now: datetime) -> None:
    match done.fate:
        case Fate.SENT:
            deliveries.mark_sent(session, done.delivery_id, now=now)
        case Fate.REFUSED:
            deliveries.mark_refused(session, done.delivery_id, now=now)
        case Fate.BLOCKED:
            deliveries.mark_refused(session, done.delivery_id, now=now, is_blocked=True)
        case Fate.LATER:
            deliveries.send_later(session, done.delivery_id, now=now, after=done.after)
        case Fate.UNCERTAIN:
            deliveries.mark_uncertain(session, done.delivery_id, now=now)


def _outgoing(
    delivery_id: int, message: Message, chat: int, envelope: deliveries.Envelope
) -> Outgoing:
    calls = calls_for(message, chat, edit=envelope.edit, tap=envelope.tap)
    is_needed = message.style is Style.EDIT and not message.is_echo
    instead = as_new(message, chat) if is_needed else ()
    return Outgoing(delivery_id, chat, calls, instead)
