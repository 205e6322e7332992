"""Messages planned for chats: the officer's plan, who may be written to, and each timer."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.chat import Chat
from voice.models.consultation import Consultation
from voice.models.kinds import TimerKind, TimerOutcome
from voice.sealed import Sealed


class ChatSchedule(Base):
    """What an officer planned: when those are written to who asked for it in the chat (K7)."""

    __tablename__ = "chat_schedule"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[TimerKind]
    about: Mapped[str]  # which wish of a person it needs
    day: Mapped[date | None]  # of a fixed date
    number: Mapped[int]  # of days before, or of weeks that a window is open
    working: Mapped[bool]  # whether the days are working days
    next_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE")
    )  # what is asked three months later
    press_key: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    called_off_at: Mapped[datetime | None]

    consultation: Mapped[Consultation] = relationship(foreign_keys=[consultation_id])
    next: Mapped[Consultation | None] = relationship(foreign_keys=[next_id])


class ChatWish(Base):
    """That somebody was asked whether we may write first in this chat, and what they said."""

    __tablename__ = "chat_wish"

    chat_id: Mapped[UUID] = mapped_column(
        ForeignKey("chat.id", ondelete="CASCADE"), primary_key=True
    )
    about: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[int]  # where they were asked, or have stopped since
    asked_at: Mapped[datetime]
    wanted: Mapped[bool | None]  # None: they have not said
    answered_at: Mapped[datetime | None]


class ChatTimer(Base):
    """One message to one person, due at a moment. It fires once, and keeps what came of it."""

    __tablename__ = "chat_timer"
    __table_args__ = (UniqueConstraint("schedule_id", "chat_id", "part"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    schedule_id: Mapped[UUID] = mapped_column(ForeignKey("chat_schedule.id", ondelete="CASCADE"))
    chat_id: Mapped[UUID] = mapped_column(ForeignKey("chat.id", ondelete="CASCADE"), index=True)
    part: Mapped[str]
    step: Mapped[int]  # where they were: it does nothing once they have moved on
    due_at: Mapped[datetime] = mapped_column(index=True)
    until: Mapped[datetime]  # of no use afterwards
    fired_at: Mapped[datetime | None]
    outcome: Mapped[TimerOutcome | None]

    schedule: Mapped[ChatSchedule] = relationship()
    chat: Mapped[Chat] = relationship()


class ChatInvitation(Base):
    """By whose invitation a chat began, sealed, and only until the reply is in or deleted."""

    __tablename__ = "chat_invitation"

    chat_id: Mapped[UUID] = mapped_column(
        ForeignKey("chat.id", ondelete="CASCADE"), primary_key=True
    )
    code_sealed: Mapped[str] = mapped_column(Sealed)
