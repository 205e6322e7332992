"""What an update needs is read before the store is locked for writing, and used if it still holds.

SQLite has one writer at a time. To find a chat and make objects of its rows takes longer than all
that is written, so everybody else would wait for it. So it is read before the lock is taken, and
one short question under the lock says whether anything of it has changed since.
"""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session, contains_eager

from voice.config import Settings
from voice.models import Chat, Consultation, Inbound, Participant
from voice.services import kept_answers, participants
from voice.services.chat_arrivals import Ahead, Arrival
from voice.services.chat_place import place_of

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
_INBOUND = Inbound.metadata.tables[Inbound.__tablename__]
_ROW = ("channel", "external_id", "received_at", "outcome")
_CLAIM = (
    insert(_INBOUND)
    .from_select(
        _ROW,
        select(*(bindparam(f"new_{name}", type_=_INBOUND.c[name].type) for name in _ROW))
        .select_from(Participant)
        .join(Chat, Chat.id == Participant.current_chat_id)
        .join(Consultation, Consultation.id == Chat.consultation_id)
        .where(Participant.id == bindparam("participant"))
        .where(*(column.is_not_distinct_from(bindparam(seen)) for column, seen in _SEEN)),
    )
    .on_conflict_do_nothing()
    .returning(_INBOUND.c["external_id"])
)


def look(session: Session, arrival: Arrival, settings: Settings) -> None:
    """Read who writes, the chat that they are in and every answer of theirs; nothing is locked.

    The turn is pure, so it is taken as well.
    """
    hashed = participants.hash_address(settings.secret_key, arrival.channel, arrival.address)
    found = session.execute(_BOTH, {"channel": arrival.channel, "address_hash": hashed}).first()
    if found is not None:
        participant, chat = found
        place = place_of(session, chat, settings, arrival.channel)
        session.info[_AHEAD] = Ahead(participant, chat, place.after(arrival.event))


def take(session: Session, arrival: Arrival, *, now: datetime) -> Ahead | None:
    """Claim the update and return what `look` read, if nothing of it has changed since.

    From now on nobody else can write. None: nothing was read, it holds no more and must be read
    again, or the update was taken in before; then it is not claimed.
    """
    ahead: Ahead | None = session.info.pop(_AHEAD, None)
    if ahead is None or _claims(session, ahead, arrival, now=now):
        return ahead
    session.expire_all()
    kept_answers.let_go(session)
    return None


def _claims(session: Session, ahead: Ahead, arrival: Arrival, *, now: datetime) -> bool:
    """Claim the update in one statement with the question whether everything still holds."""
    read = (ahead.participant, ahead.chat, ahead.chat.consultation)
    given = {
        f"{table.__tablename__}_{name}": getattr(one, name)
        for one, (table, names) in zip(read, _TABLES, strict=True)
        for name in names
    }
    row = (arrival.channel, arrival.external_id, now, participants.TAKEN)
    given |= {f"new_{name}": value for name, value in zip(_ROW, row, strict=True)}
    given["participant"] = ahead.participant.id
    return session.connection().execute(_CLAIM, given).first() is not None
