"""What must be sent or worked on: rows written in the same transaction as their cause."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.chat import Participant
from voice.models.kinds import Channel, DeliveryKind, DeliveryStatus
from voice.sealed import SealedJson


class Delivery(Base):
    """A message that waits to be sent, in the order of its number for each participant.

    Holds what we say, never what the person said.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_next", "channel", "status", "kind", "id"),
        {"sqlite_autoincrement": True},  # a number is never used again, so order and leases hold
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    participant_id: Mapped[UUID] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    channel: Mapped[Channel]
    kind: Mapped[DeliveryKind]
    reference: Mapped[str] = mapped_column(unique=True)  # the same cause is never written twice
    # surveys.turns.Message as JSON, and what the channel needs.
    body: Mapped[dict[str, Any]] = mapped_column(SealedJson)
    status: Mapped[DeliveryStatus] = mapped_column(default=DeliveryStatus.WAITING)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]

    participant: Mapped[Participant] = relationship()


class Job(Base):
    """Work for the worker. Claimed with a lease, so a killed worker's job is done by another."""

    __tablename__ = "job"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's way

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str]
    subject: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(index=True)
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(default="")  # the name of the error, never its words
