"""A conference about a child, before which the child must have been heard (B1)."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base
from voice.models.kinds import HeardBy
from voice.sealed import Sealed


class Conference(Base):
    """One conference on one day. Holds no name: the child's reference is hashed, and sealed."""

    __tablename__ = "conference"
    __table_args__ = (UniqueConstraint("consultation_id", "child_hash", "held_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    child_hash: Mapped[str] = mapped_column(index=True)
    child_sealed: Mapped[str] = mapped_column(Sealed)  # the reference as officers know it
    held_on: Mapped[date]
    code_hash: Mapped[str] = mapped_column(unique=True)  # of the child's own link
    added_at: Mapped[datetime]


class ChildView(Base):
    """That a child gave a view on a day. It does not lead to what they said."""

    __tablename__ = "child_view"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    child_hash: Mapped[str] = mapped_column(index=True)
    given_on: Mapped[date]
    heard_by: Mapped[HeardBy] = mapped_column(
        default=HeardBy.LINK, server_default=HeardBy.LINK.value
    )
