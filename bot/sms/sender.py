"""The sender of texts: drains the outbox in each person's order. One for each gateway."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from bot.outbox import LEASE, Done, Fate, Outbox
from bot.serving import Wakeful
from bot.sms.gateways import Gateway, LaterError, RefusedError, UncertainError
from bot.sms.rendering import texts_for
from voice.clock import current_time
from voice.errors import NotSavedError
from voice.models import Channel, Delivery
from voice.services import deliveries, leaving
from voice.services.sealing import unseal
from voice.services.storing import saving

logger = logging.getLogger(__name__)

IDLE_SECONDS = 0.5  # between two looks at the outbox when nobody wakes us
BREAK_SECONDS = 2.0  # after trouble with the store
SWEEP_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Outgoing:
    delivery_id: int
    number: str
    texts: tuple[str, ...]


class TextSender(Wakeful):
    """Sends what waits until it is stopped."""

    def __init__(self, outbox: Outbox, gateway: Gateway) -> None:
        super().__init__()
        self._outbox = outbox
        self._gateway = gateway
        self._swept_at = current_time() - SWEEP_EVERY

    def run(self) -> None:
        """Send until stopped; first of all, what a sender before us was killed with."""
        has_taken_over = False
        while not self._stop.is_set():
            self._wake.clear()
            try:
                if not has_taken_over:
                    self._take_over()
                    has_taken_over = True
                if not self.send_next():
                    self._sweep()
                    self._wake.wait(IDLE_SECONDS)
            except NotSavedError:
                logger.warning("store not reached")
                self._stop.wait(BREAK_SECONDS)
            except Exception as error:  # noqa: BLE001 - the outermost edge: go on with the next
                # Never the error's words: they may hold somebody's words.
                logger.error("sender paused", extra={"error": type(error).__name__})
                self._stop.wait(BREAK_SECONDS)

    def send_next(self) -> bool:
        """Send the next message, and return whether there was one.

        Raises:
            NotSavedError: if the store is down.
        """
        outgoing = self._take()
        if outgoing is None:
            return False
        fate, after = self._deliver(outgoing)
        self._outbox.report([Done(outgoing.delivery_id, fate, after)])
        return True

    def _take_over(self) -> None:
        with saving(self._outbox.database) as session:
            deliveries.release_leases(session, Channel.SMS)

    def _take(self) -> _Outgoing | None:
        now = current_time()
        with saving(self._outbox.database) as session:
            while True:
                delivery = leaving.claim_next(
                    session, self._outbox.settings, Channel.SMS, now=now, lease=LEASE
                )
                if delivery is None:
                    return None
                outgoing = self._read(delivery)
                if outgoing is not None:
                    return outgoing
                # Nobody can ever send it.
                deliveries.mark_refused(session, delivery.id, now=now)

    def _read(self, delivery: Delivery) -> _Outgoing | None:
        """Return a delivery as texts; None if it is sealed with another secret, or broken."""
        try:
            message, envelope = deliveries.read_body(delivery)
            number = unseal(self._outbox.settings.secret_key, envelope.to or "")
            texts = tuple(texts_for(message))
        except (KeyError, TypeError, ValueError):
            logger.error("message not readable", extra={"delivery": delivery.id})
            return None
        return _Outgoing(delivery.id, number, texts) if number is not None else None

    def _deliver(self, outgoing: _Outgoing) -> tuple[Fate, timedelta | None]:
        try:
            for place, words in enumerate(outgoing.texts):
                reference = f"voice-{outgoing.delivery_id}-{place}"
                self._gateway.send(reference, outgoing.number, words)
        except RefusedError as error:
            logger.warning("text refused", extra={"status": str(error)})
            return Fate.REFUSED, None
        except LaterError as error:
            logger.warning("gateway not ready", extra={"reason": str(error)})
            return Fate.LATER, error.wait
        except UncertainError as error:
            logger.warning("no answer from the gateway", extra={"reason": str(error)})
            return Fate.UNCERTAIN, None
        except Exception as error:  # noqa: BLE001 - one text that breaks us must not stop the others
            logger.error("text not sent", extra={"error": type(error).__name__})
            return Fate.LATER, None
        return Fate.SENT, None

    def _sweep(self) -> None:
        now = current_time()
        if now - self._swept_at >= SWEEP_EVERY:
            self._swept_at = now
            self._outbox.sweep()
