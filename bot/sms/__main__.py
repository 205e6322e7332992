"""`python -m bot.sms`: receive texts from a gateway, and send texts by it."""

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType

import httpx

from bot.outbox import Outbox
from bot.sms.gateways import ANSWER_SECONDS, CONNECT_SECONDS, Gateway, gateway_for
from bot.sms.sender import TextSender
from bot.sms.webhook import SmsWebhook
from voice.config import Settings, read_settings
from voice.database import Database, migrate
from voice.errors import SettingsError
from voice.logs import set_up_logs

logger = logging.getLogger(__name__)

WRONG_SETTINGS = 2
RECEIVER_THREADS = 8


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until told to end; 2 means that the settings must be mended."""
    chosen = _read_arguments(arguments)
    set_up_logs()
    signal.signal(signal.SIGTERM, _end)
    try:
        settings = read_settings()
        check_settings(settings)
        _run(settings, chosen)
    except SettingsError as error:
        sys.stderr.write(f"bot.sms: {error}\n")
        return WRONG_SETTINGS
    except KeyboardInterrupt:
        pass
    return 0


def check_settings(settings: Settings) -> None:
    """Refuse to start with what could not work, or could not be safe (SEC-9).

    Raises:
        SettingsError: with what to mend.
    """
    if not (settings.notify_key or settings.sms_gateway):
        raise SettingsError(
            "VOICE_NOTIFY_KEY or VOICE_SMS_GATEWAY must say who carries our texts (docs/sms.md)"
        )
    if settings.notify_key and not (settings.notify_template and settings.notify_token):
        raise SettingsError(
            "with VOICE_NOTIFY_KEY go VOICE_NOTIFY_TEMPLATE, the id of a template that holds only "
            "((message)), and VOICE_NOTIFY_TOKEN, the bearer token that Notify sends us"
        )
    if settings.sms_gateway and not settings.sms_secret:
        raise SettingsError(
            "VOICE_SMS_SECRET is not set, so anybody could speak for the gateway; make one with "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.sms", description="The chat by text.")
    parser.add_argument("--role", choices=("both", "receiver", "sender"), default="both")
    parser.add_argument("--host", default="127.0.0.1", help="where the webhook listens")
    parser.add_argument("--port", type=int, help="instead of VOICE_SMS_PORT")
    return parser.parse_args(arguments)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _run(settings: Settings, chosen: argparse.Namespace) -> None:
    database = Database(settings.database_url)
    migrate(database)
    wait = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    with httpx.Client(timeout=wait, follow_redirects=False) as client:
        gateway = gateway_for(settings, client)
        if gateway is not None:
            _work(database, settings, gateway, chosen)
    database.close()


def _work(
    database: Database, settings: Settings, gateway: Gateway, chosen: argparse.Namespace
) -> None:
    sender = TextSender(Outbox(database, settings), gateway)
    sending = threading.Thread(target=sender.run, name="sender", daemon=True)
    try:
        if chosen.role == "sender":
            sender.run()
            return
        if chosen.role == "both":
            sending.start()
        _serve(SmsWebhook(database, settings, sender.wake), settings, chosen)
    finally:
        sender.stop()
        if sending.is_alive():
            sending.join(timeout=10)


def _serve(webhook: SmsWebhook, settings: Settings, chosen: argparse.Namespace) -> None:
    from waitress import create_server  # noqa: PLC0415 - the sender alone needs none

    port = chosen.port if chosen.port is not None else settings.sms_port
    server = create_server(
        webhook, host=chosen.host, port=port, threads=RECEIVER_THREADS, ident=None
    )
    logger.info("listening", extra={"port": server.effective_port})
    try:
        server.run()
    finally:
        server.close()


if __name__ == "__main__":
    sys.exit(main())
