"""`python -m bot.sms`: receive texts from a gateway, and send texts by it."""

import argparse
import sys
from collections.abc import Sequence

import httpx

from bot.outbox import Outbox
from bot.serving import WRONG_SETTINGS, end_when_told, listen, sending_beside
from bot.sms.gateways import ANSWER_SECONDS, CONNECT_SECONDS, Gateway, gateway_for
from bot.sms.sender import TextSender
from bot.sms.webhook import SmsWebhook
from voice.config import Settings, read_settings
from voice.database import Database, migrate
from voice.errors import SettingsError
from voice.logs import set_up_logs
from voice.services.stores import open_store


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until told to end; 2 means that the settings must be mended."""
    chosen = _read_arguments(arguments)
    set_up_logs()
    end_when_told()
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


def _run(settings: Settings, chosen: argparse.Namespace) -> None:
    database = open_store(settings)
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
    if chosen.role == "sender":
        sender.run()
        return
    port = chosen.port if chosen.port is not None else settings.sms_port
    with sending_beside(sender, wanted=chosen.role == "both"):
        listen(SmsWebhook(database, settings, sender.wake), chosen.host, port)


if __name__ == "__main__":
    sys.exit(main())
