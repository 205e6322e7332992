"""Take one of Telegram's updates in: what the webhook and the polling both call."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.fetching import with_file
from bot.updates import FromGroup, Ignored, Left, Unreadable, read_update
from surveys import wording
from voice.clock import current_time
from voice.config import Settings
from voice.database import Database
from voice.errors import NotSavedError
from voice.models import Channel
from voice.services import chat_ahead, chat_media, chats
from voice.services.chat_arrivals import Arrival
from voice.services.storing import saving

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GroupReply:
    """One line for a group, of which nothing is stored."""

    chat: int
    text: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """Takes updates in, one transaction each, and tells the sender that there is work."""

    database: Database
    settings: Settings
    wake_sender: Callable[[], None] = lambda: None
    bot_name: str = ""

    def take_in(self, raw: object) -> GroupReply | None:
        """Take one update in. When this returns, it is committed and may be acknowledged.

        An update that we cannot read, or that breaks our own turn, is set aside: it must not
        block its person's queue for a day.

        Raises:
            NotSavedError: if the store is down: nothing was kept, and it must come again.
        """
        match read_update(raw):
            case Arrival() as arrival:
                self._take(arrival)
            case Left(external_id=external_id, address=address):
                self._leave(external_id, address)
            case FromGroup(chat=chat):
                return GroupReply(chat, wording.IN_GROUP.format(address=self._own_address()))
            case Unreadable(external_id=external_id):
                logger.warning("update not readable", extra={"update": external_id})
                self._set_aside(external_id)
            case Ignored():
                pass
        return None

    def _take(self, arrival: Arrival) -> None:
        try:
            arrival = self._with_file(arrival)
            look = partial(chat_ahead.look, arrival=arrival, settings=self.settings)
            with saving(self.database, look) as session:
                chats.receive(session, arrival, self.settings, now=current_time())
        except NotSavedError:
            raise
        except Exception as error:  # noqa: BLE001 - the outermost edge of a chat's turn
            # Only the error's name: its message may hold the person's words.
            logger.error(
                "turn failed",
                extra={"update": arrival.external_id, "error": type(error).__name__},
            )
            self._apologise(arrival)
        self.wake_sender()

    def _with_file(self, arrival: Arrival) -> Arrival:
        """Fetch what was sent, if it is waited for, while nothing in the store is locked."""
        if arrival.file is None:
            return arrival
        with self.database.reading() as session:
            question = chat_media.find_media_question(session, arrival, self.settings)
        return with_file(arrival, question, self.settings) if question is not None else arrival

    def _leave(self, external_id: str, address: str) -> None:
        with saving(self.database) as session:
            chats.leave(
                session,
                Channel.TELEGRAM,
                external_id,
                address=address,
                settings=self.settings,
                now=current_time(),
            )

    def _set_aside(self, external_id: str) -> None:
        with saving(self.database) as session:
            chats.set_aside(session, Channel.TELEGRAM, external_id, now=current_time())

    def _apologise(self, arrival: Arrival) -> None:
        try:
            with saving(self.database) as session:
                chats.apologise(session, arrival, self.settings, now=current_time())
        except NotSavedError:
            raise
        except Exception:  # noqa: BLE001 - whatever broke the turn may break the apology too
            self._set_aside(arrival.external_id)

    def _own_address(self) -> str:
        return f"https://t.me/{self.bot_name}" if self.bot_name else "press my name"
