"""A change of the day a consultation closes: who made it, when, and why."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class ClosingChange(Base):
    """That the closing date was moved, as everybody may read it. Never changed once written."""

    __tablename__ = "closing_change"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    closed_at_before: Mapped[datetime]
    closes_at: Mapped[datetime]
    reason: Mapped[str]
    press_key: Mapped[str] = mapped_column(unique=True)  # a double click changes it once
