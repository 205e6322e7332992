"""One-time invitations used in a messenger: who came by which, only until their reply is in.

On a page the browser keeps the code. A messenger keeps nothing for us, so that here it is stored:
sealed, apart from the answers, and deleted with the reply or with the chat.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from voice.config import Settings
from voice.errors import NotFoundError
from voice.models import Chat, ChatInvitation, Consultation, Invitee
from voice.services import invitees
from voice.services.sealing import seal, unseal
from voice.services.straight import Straight, write_changes

_TOLD = " told"  # after the code, sealed with it: they read that their name stands with the reply

_ANY = Straight(select(ChatInvitation.chat_id).where(ChatInvitation.chat_id == bindparam("chat")))


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
    kept = _kept_with(session, chat)
    code = _code_in(settings, kept) if kept is not None else ""
    return invitees.find_by_code(session, code) if code else None


def goes_with_name(session: Session, settings: Settings, chat: Chat) -> bool:
    """Return whether the reply of this chat will stand under a name, which they must be told."""
    if not chat.consultation.named_replies or chat.response_id is not None:
        return False
    return find_invitee(session, settings, chat) is not None


def note_told(session: Session, settings: Settings, chat: Chat) -> None:
    """Note that they were told that their name stands with it: without this it never does."""
    kept = session.get_one(ChatInvitation, chat.id)
    kept.code_sealed = seal(settings.secret_key, f"{_code_in(settings, kept)}{_TOLD}")


def _kept_with(session: Session, chat: Chat) -> ChatInvitation | None:
    """Return what a chat began with; most began with nothing, which is quick to see."""
    write_changes(session)
    is_there = _ANY.rows(session, {"chat": chat.id})
    return session.get(ChatInvitation, chat.id) if is_there else None


def _code_in(settings: Settings, kept: ChatInvitation) -> str:
    return _unsealed(settings, kept).removesuffix(_TOLD)


def _unsealed(settings: Settings, kept: ChatInvitation) -> str:
    return unseal(settings.secret_key, kept.code_sealed) or ""


def note_reply(session: Session, settings: Settings, chat: Chat, *, now: datetime) -> None:
    """Note that a reply to the invitation came, once it is sent in, and keep no more whose."""
    kept = _kept_with(session, chat)
    if kept is None or chat.response is None or chat.response.submitted_at is None:
        return
    if code := _code_in(settings, kept):
        was_told = _unsealed(settings, kept).endswith(_TOLD)
        invitees.note_reply(session, code, chat.response, now=now, with_name=was_told)
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
