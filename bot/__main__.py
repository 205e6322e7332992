"""`python -m bot --mode polling|webhook`: receive from Telegram and send to it."""

import argparse
import re
import sys
from collections.abc import Sequence

from bot.calls import BotApi, BotApiError
from bot.commands import Introduction
from bot.listening import listen_for_updates
from bot.outbox import Outbox
from bot.polling import Poller
from bot.receiving import Receiver
from bot.sender import WRONG_TOKEN, Sender
from bot.serving import WRONG_SETTINGS, end_when_told, leave, sending_beside
from voice.config import Settings, read_settings, warning_of
from voice.errors import SettingsError
from voice.logs import set_up_logs
from voice.services.stores import migrated_store

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chat until it is told to end; 2 means that the settings must be mended."""
    chosen = _read_arguments(arguments)
    set_up_logs()
    end_when_told()
    try:
        settings = read_settings()
        check_settings(settings, mode=chosen.mode, role=chosen.role)
        sys.stderr.write(warning_of(settings))
        _run(settings, chosen)
    except SettingsError as error:
        sys.stderr.write(f"bot: {error}\n")
        return WRONG_SETTINGS
    except BotApiError as error:
        sys.stderr.write(f"bot: {WRONG_TOKEN if error.is_token_wrong else error.code}\n")
        return WRONG_SETTINGS
    except KeyboardInterrupt:
        pass
    return 0


def check_settings(settings: Settings, *, mode: str, role: str) -> None:
    """Refuse to start with what could not work, or could not be safe (SEC-9).

    Raises:
        SettingsError: with what to mend.
    """
    if not settings.telegram_token:
        raise SettingsError(
            "VOICE_TELEGRAM_TOKEN is not set; ask @BotFather for a bot (see docs/telegram.md)"
        )
    if mode != "webhook" or role == "sender":
        return
    if not settings.telegram_webhook_secret:
        raise SettingsError(
            "VOICE_TELEGRAM_WEBHOOK_SECRET is not set, so anybody could speak for Telegram; make "
            "one with python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    if not _SECRET.fullmatch(settings.telegram_webhook_secret):
        raise SettingsError("VOICE_TELEGRAM_WEBHOOK_SECRET may hold A-Z, a-z, 0-9, _ and - only")


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot", description="The chat on Telegram.")
    parser.add_argument("--mode", choices=("polling", "webhook"), default="polling")
    parser.add_argument(
        "--role",
        choices=("both", "receiver", "sender"),
        default="both",
        help="run the two halves apart: many receivers (webhook), one sender",
    )
    parser.add_argument("--host", default="127.0.0.1", help="where the webhook listens")
    parser.add_argument("--port", type=int, help="instead of VOICE_TELEGRAM_PORT")
    parser.add_argument(
        "--keep-webhook", action="store_true", help="do not tell Telegram the webhook's address"
    )
    return parser.parse_args(arguments)


def _run(settings: Settings, chosen: argparse.Namespace) -> None:
    with migrated_store(settings) as database:
        sender = Sender(Outbox(database, settings), settings.telegram_token, settings.telegram_api)
        if chosen.role == "sender":
            sender.run()
            if sender.is_token_wrong:
                raise SettingsError(WRONG_TOKEN)
            return
        api = BotApi(settings)
        introduction = Introduction(api, settings)
        receiver = Receiver(database, settings, sender.wake, introduction.find_name())
        with sending_beside(sender, wanted=chosen.role == "both"):
            try:
                if chosen.mode == "polling":
                    introduction.begin_polling()
                    Poller(api, receiver).run()
                else:
                    _serve(settings, chosen, receiver, introduction)
            finally:
                introduction.stop()


def _serve(
    settings: Settings,
    chosen: argparse.Namespace,
    receiver: Receiver,
    introduction: Introduction,
) -> None:
    """Listen, and tell Telegram so meanwhile: who is reachable is told of later loses nothing."""
    is_told = settings.telegram_webhook_url and not chosen.keep_webhook
    meanwhile = introduction.begin_webhook if is_told else None
    port = chosen.port if chosen.port is not None else settings.telegram_port
    secret = settings.telegram_webhook_secret
    listen_for_updates(receiver, secret, chosen.host, port, meanwhile=meanwhile)


if __name__ == "__main__":
    leave(main())
