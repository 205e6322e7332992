"""One-time invitations used in a messenger: who came by which, only until their reply is in.

On a page the browser keeps the code. A messenger keeps nothing for us, so that here it is stored:
sealed, apart from the answers, and deleted with the reply or with the chat.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.config import Settings
from voice.errors import NotFoundError
from voice.models import Chat, ChatInvitation, Consultation, Invitee
from voice.services import invitees
from voice.services.sealing import seal, unseal


def consultation_of(session: Session, payload: str, *, now: datetime) -> Consultation | None:
    """Return the consultation that this invitation is for, if it is one and it has opened."""
    try:
        return invitees.get_by_code(session, payload, now=now)[1]
    except NotFoundError:
        return None


def enter(session: Session, settings: Settings, chat: Chat, payload: str, *, now: datetime) -> None:
    """Keep with a chat that has no answers yet by whose invitation it began, if by any."""
    if chat.response_id is not None or not payload:
        return
    if consultation_of(session, payload, now=now) is chat.consultation:
        sealed = seal(settings.secret_key, payload)
        session.merge(ChatInvitation(chat_id=chat.id, code_sealed=sealed))
        session.flush()


def find_invitee(session: Session, settings: Settings, chat: Chat) -> Invitee | None:
    """Return by whose invitation a chat began, while its reply is not in; or None."""
    kept = session.get(ChatInvitation, chat.id)
    code = unseal(settings.secret_key, kept.code_sealed) if kept is not None else None
    return invitees.find_by_code(session, code) if code else None


def note_reply(session: Session, settings: Settings, chat: Chat, *, now: datetime) -> None:
    """Note that a reply to the invitation came, once it is sent in, and keep no more whose."""
    kept = session.get(ChatInvitation, chat.id)
    if kept is None or chat.response is None or chat.response.submitted_at is None:
        return
    if code := unseal(settings.secret_key, kept.code_sealed):
        invitees.note_reply(session, code, chat.response, now=now)
    session.delete(kept)
    session.flush()


def chats_by_invitee(
    session: Session, settings: Settings, consultation_ids: Iterable[UUID]
) -> dict[UUID, Chat]:
    """Return the chats of these consultations that began by an invitation, by whose it was."""
    found = select(Chat).join(ChatInvitation, ChatInvitation.chat_id == Chat.id)
    found = found.where(Chat.consultation_id.in_(set(consultation_ids)), Chat.ended_at.is_(None))
    pairs = ((find_invitee(session, settings, chat), chat) for chat in session.scalars(found).all())
    return {invitee.id: chat for invitee, chat in pairs if invitee is not None}
