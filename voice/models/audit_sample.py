"""Answers that people are asked to code: chosen for checking, or drawn by chance for an audit."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class AuditSample(Base):
    """Answers drawn by chance, by which the list is measured; never learnt from.

    `figures` is what was measured last, by the worker; {} before anything was.
    """

    __tablename__ = "audit_sample"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[str]
    seed: Mapped[int]  # the same seed draws the same answers
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    theme_ids: Mapped[list[str]]  # that could be given when it was drawn
    figures: Mapped[dict[str, Any]]
    measured_at: Mapped[datetime | None]


class ChosenAnswer(Base):
    """One answer that waits to be coded, in its place: of an audit, or of the fifty to check."""

    __tablename__ = "chosen_answer"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[str]
    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), index=True
    )
    sample_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("audit_sample.id", ondelete="CASCADE"), index=True
    )  # None: to check
    place: Mapped[int]  # from 1
    chosen_at: Mapped[datetime]
