"""How a receiver listens for Telegram's posts: in one loop or in threads, as its store likes."""

from collections.abc import Callable
from functools import partial

from bot.receiving import Receiver
from bot.serving import begin_beside, end_when_told, listen
from bot.updates import MARKS_OF_FILES
from bot.webhook import MAX_BODY_BYTES, Webhook
from voice.services.settling import settle


def listen_for_updates(
    receiver: Receiver,
    secret: str,
    host: str,
    port: int,
    *,
    meanwhile: Callable[[], object] | None = None,
) -> None:
    """Take updates in until told to end; `meanwhile` runs beside, once the port is ours.

    Raises:
        ValueError: without a secret.
    """
    webhook = Webhook(receiver, secret)
    if not receiver.database.takes_one_writer:
        listen(webhook, host, port, meanwhile=meanwhile)
        return
    from bot.in_one_loop import InOneLoop, listen_in_one_loop  # noqa: PLC0415 - loads Granian

    settle()
    in_loop = InOneLoop(webhook, most_bytes=MAX_BODY_BYTES, waits_for=MARKS_OF_FILES)
    listen_in_one_loop(in_loop, host, port, begin=partial(begin_beside, port, meanwhile))
    end_when_told()  # the loop took the signals for itself
