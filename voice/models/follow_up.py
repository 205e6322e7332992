"""A follow-up: some of those who came are asked again months later, and their managers too."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.invitee import Invitee


class FollowUp(Base):
    """What is asked after one course, of how many, on which day, and how they were drawn (E8)."""

    __tablename__ = "follow_up"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    delegates_asked_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE")
    )  # the consultation that delegates are invited to
    managers_asked_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE")
    )
    held_on: Mapped[date]  # the course
    wave: Mapped[str] = mapped_column(default="", server_default="")  # what the course is called
    due_on: Mapped[date]
    sample_size: Mapped[int]
    seed: Mapped[str]  # with it anybody can draw the same sample again
    made_at: Mapped[datetime]
    drawn_at: Mapped[datetime | None]
    press_key: Mapped[str] = mapped_column(unique=True)

    delegates: Mapped[list["Delegate"]] = relationship(
        order_by="Delegate.place", cascade="all, delete-orphan", passive_deletes=True
    )


class Delegate(Base):
    """Somebody who came, and who their line manager is; once drawn, each has an invitation."""

    __tablename__ = "delegate"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    follow_up_id: Mapped[UUID] = mapped_column(
        ForeignKey("follow_up.id", ondelete="CASCADE"), index=True
    )
    place: Mapped[int]
    name: Mapped[str]
    reach: Mapped[str]
    manager_name: Mapped[str]
    manager_reach: Mapped[str]
    managers_before: Mapped[int] = mapped_column(default=0)  # who left, or were the wrong person
    invitee_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitee.id", ondelete="SET NULL"))
    manager_invitee_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("invitee.id", ondelete="SET NULL")
    )

    invitee: Mapped[Invitee | None] = relationship(foreign_keys=[invitee_id])
    manager_invitee: Mapped[Invitee | None] = relationship(foreign_keys=[manager_invitee_id])
