"""One update as the conversation takes it, whatever messenger or page it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from surveys.fitting import THE_USUAL, Setting
from surveys.turns import Command, Edited, Event, Media, Text
from surveys.typed import command_in
from voice.config import Settings
from voice.models import Channel, Chat, Participant
from voice.services.chat_place import Place


@dataclass(frozen=True, slots=True)
class FileSent:
    """A file that waits at the messenger. What it says of size and name is not to be relied on."""

    file_id: str
    size_bytes: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update of one person, read from its messenger."""

    channel: Channel
    external_id: str  # the messenger's own id of the update: taken in once
    address: str
    event: Event
    payload: str = ""  # a consultation's slug or a short link's code, as the chat was started with
    caption: str = ""  # words that came with a picture: screened, never an answer
    edit: int | None = None  # the message whose button was pressed
    setting: Setting = THE_USUAL  # how somebody new would like to be asked
    tap: str | None = None  # the press itself, which the messenger wants answered
    file: FileSent | None = None

    @property
    def words(self) -> str:
        """Everything typed; all of it is screened, taken as an answer or not (SAF-1)."""
        match self.event:
            case Text(text=text) | Edited(text=text):
                return text
            case Media(words=words) if words:
                return words
            case _:
                return self.caption

    @property
    def command(self) -> str | None:
        """The command that this is, pressed or typed; None if it is something else."""
        event = self.event
        return event.name if isinstance(event, Command) else command_in(self.words)


class Ahead(NamedTuple):
    """Who writes and the chat that they are in, as they stood before the store was locked."""

    participant: Participant
    chat: Chat
    place: Place
    seen: Mapping[str, Any]  # what of it somebody else could change, as the store has it


@dataclass(frozen=True, slots=True)
class Visit:
    """One update while it is being taken in: who, with what, in which transaction."""

    session: Session
    settings: Settings
    arrival: Arrival
    participant: Participant
    now: datetime
    ahead: Ahead | None = None  # what was read before the store was locked
