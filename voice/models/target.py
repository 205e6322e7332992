"""A target: the share that the council wants to reach of one answer, in one consultation."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class Target(Base):
    """At least `percent` of those who answer `question` are to choose one of `options`."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("consultation_id", "question"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    question: Mapped[str]
    options: Mapped[list[str]]  # the codes that count as reaching it
    percent: Mapped[int]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    set_at: Mapped[datetime]
