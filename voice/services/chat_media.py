"""Files in a chat: which question waits for one, and writing down one that came."""

from sqlalchemy.orm import Session

from surveys.questions import MediaQuestion
from surveys.turns import Media, Stage
from voice.config import Settings
from voice.models import Chat
from voice.services import media, participants
from voice.services.chat_arrivals import Arrival, Visit
from voice.services.chat_finding import find_current
from voice.services.chat_surveys import survey_in


def find_media_question(
    session: Session, arrival: Arrival, settings: Settings
) -> MediaQuestion | None:
    """Return the question that waits for a file from whoever sent this; None if none does."""
    hashed = participants.hash_address(settings.secret_key, arrival.channel, arrival.address)
    chat = find_current(session, arrival.channel, hashed)
    return waiting_in(chat) if chat is not None else None


def waiting_in(chat: Chat) -> MediaQuestion | None:
    """Return the question of this chat that waits for a file now, or None."""
    if chat.ended_at is not None or chat.state["stage"] != Stage.ASKING.value:
        return None
    question = survey_in(chat).question(chat.state["asking"])
    return question if isinstance(question, MediaQuestion) else None


def add_sent(visit: Visit) -> None:
    """Write down the file that this update brought, before the turn that may take it."""
    sent = visit.arrival.event
    if isinstance(sent, Media) and sent.stored is not None:
        media.add(visit.session, sent.stored, now=visit.now)
