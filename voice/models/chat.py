"""Somebody who answers in a chat, their place in it, and the updates that were taken in."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.consultation import Consultation, SurveyVersion
from voice.models.kinds import Channel
from voice.models.response import Response
from voice.sealed import Sealed, SealedJson


class Participant(Base):
    """Somebody on a messenger, known only by a keyed hash of their address.

    The address itself is kept encrypted, apart from the answers, and only while a chat is open, a
    message was asked for or an alert is not decided; 30 days after the close at most, unless
    they said yes to a message later than that. Never a
    username, name, phone number or place.
    """

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("channel", "address_hash"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    channel: Mapped[Channel]
    address_hash: Mapped[str]
    address_sealed: Mapped[str | None] = mapped_column(Sealed)
    created_at: Mapped[datetime]
    blocked_at: Mapped[datetime | None]  # the person left or blocked the bot
    current_chat_id: Mapped[UUID | None]  # the chat that the next words belong to


class Chat(Base):
    """One person's conversation about one consultation; `state` is their place in it."""

    __tablename__ = "chat"
    __table_args__ = (
        Index(
            "ix_chat_one_open",
            "participant_id",
            "consultation_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    participant_id: Mapped[UUID] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    survey_version_id: Mapped[UUID] = mapped_column(ForeignKey("survey_version.id"))
    response_id: Mapped[UUID | None] = mapped_column(ForeignKey("response.id", ondelete="SET NULL"))
    link_id: Mapped[UUID | None]  # the short link by which they came, until a response has it
    state: Mapped[dict[str, Any]] = mapped_column(SealedJson)
    started_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    consented_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  # another response was begun, or all was deleted
    wants_outcome: Mapped[bool] = mapped_column(default=False)

    participant: Mapped[Participant] = relationship()
    consultation: Mapped[Consultation] = relationship()
    version: Mapped[SurveyVersion] = relationship()
    response: Mapped[Response | None] = relationship()


class ChatReminder(Base):
    """A reminder that somebody who stopped asked for; without a due time it does not fire."""

    __tablename__ = "chat_reminder"

    chat_id: Mapped[UUID] = mapped_column(
        ForeignKey("chat.id", ondelete="CASCADE"), primary_key=True
    )
    step: Mapped[int]  # where they were: it does nothing once they have moved on
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    fired: Mapped[int]  # how often it was sent


class Inbound(Base):
    """An update that was taken in, by its messenger's own id, so that it is taken in once.

    Only the id is kept (48 hours or more), never what the update said.
    """

    __tablename__ = "inbound"

    channel: Mapped[Channel] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(primary_key=True)
    received_at: Mapped[datetime] = mapped_column(index=True)
    outcome: Mapped[str]
