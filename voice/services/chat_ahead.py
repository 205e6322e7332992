"""What an update needs is read before the store is locked for writing, and used if it still holds.

SQLite has one writer at a time. To find a chat and make objects of its rows takes longer than all
that is written, so everybody else would wait for it. So it is read before the lock is taken, and
one short question under the lock says whether anything of it has changed since.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, contains_eager

from voice.config import Settings
from voice.models import Chat, Consultation, Participant
from voice.services import kept_answers, participants
from voice.services.chat_arrivals import Arrival

_AHEAD = "who writes, and in which chat"  # in a session's notes

WHOLE = tuple(map(contains_eager, (Chat.consultation, Chat.version, Chat.response)))
_BOTH = (
    select(Participant, Chat)
    .join(Chat, Chat.id == Participant.current_chat_id)
    .join(Chat.consultation)
    .join(Chat.version)
    .outerjoin(Chat.response)
    .where(
        Participant.channel == bindparam("channel"),
        Participant.address_hash == bindparam("address_hash"),
        Chat.ended_at.is_(None),
    )
    .options(*WHOLE)
)
# All that somebody else can change of what a turn reads. Answers change with `changed_at`.
_OF_PARTICIPANT = ("address_hash", "address_sealed", "blocked_at", "current_chat_id")
_OF_CHAT = ("changed_at", "consented_at", "ended_at", "link_id", "response_id", "wants_outcome")
_OF_CONSULTATION = ("opens_at", "closes_at", "launched_at", "information_number")
_TABLES = (Participant, _OF_PARTICIPANT), (Chat, _OF_CHAT), (Consultation, _OF_CONSULTATION)
_SEEN = [
    (table.metadata.tables[table.__tablename__].c[name], f"{table.__tablename__}_{name}")
    for table, names in _TABLES
    for name in names
]
_UNCHANGED = (
    select(1)
    .select_from(Participant)
    .join(Chat, Chat.id == Participant.current_chat_id)
    .join(Consultation, Consultation.id == Chat.consultation_id)
    .where(Participant.id == bindparam("participant"))
    .where(*(column.is_not_distinct_from(bindparam(seen)) for column, seen in _SEEN))
)


@dataclass(frozen=True, slots=True)
class Ahead:
    """Who writes and the chat that they are in, as they stand now."""

    participant: Participant
    chat: Chat


def look(session: Session, arrival: Arrival, settings: Settings) -> None:
    """Read who writes, the chat that they are in and every answer of theirs; nothing is locked."""
    hashed = participants.hash_address(settings.secret_key, arrival.channel, arrival.address)
    found = session.execute(_BOTH, {"channel": arrival.channel, "address_hash": hashed}).first()
    if found is not None:
        ahead = Ahead(*found)
        if ahead.chat.response is not None:
            kept_answers.read_kept(ahead.chat.response)
        session.info[_AHEAD] = ahead


def take(session: Session) -> Ahead | None:
    """Return what `look` read, if nothing of it has changed since; now nothing else can write.

    None: nothing was read, or it holds no more and must be read again.
    """
    ahead: Ahead | None = session.info.pop(_AHEAD, None)
    if ahead is None or _still_holds(session, ahead):
        return ahead
    session.expire_all()
    kept_answers.let_go(session)
    return None


def _still_holds(session: Session, ahead: Ahead) -> bool:
    read = (ahead.participant, ahead.chat, ahead.chat.consultation)
    seen = {
        f"{table.__tablename__}_{name}": getattr(one, name)
        for one, (table, names) in zip(read, _TABLES, strict=True)
        for name in names
    }
    found = session.connection().execute(_UNCHANGED, {"participant": ahead.participant.id, **seen})
    return found.first() is not None
