"""How what people said was weighed, and what was decided."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class Consideration(Base):
    """How those who decide weighed one theme. A later one stands beside the first (CON-4)."""

    __tablename__ = "consideration"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    theme_id: Mapped[UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    press_key: Mapped[str] = mapped_column(unique=True)


class Reading(Base):
    """That an officer read a response which no theme reaches (CON-4)."""

    __tablename__ = "reading"

    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    read_at: Mapped[datetime]
    read_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))


class Decision(Base):
    """What was decided after a consultation, in public. A second one adds to the first."""

    __tablename__ = "decision"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    words: Mapped[str]
    decided_on: Mapped[date]
    decided_by: Mapped[str]  # the body, such as "Cabinet"; never a respondent
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    press_key: Mapped[str] = mapped_column(unique=True)
