"""Answers about who people are, as tallies: no row belongs to anybody."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base

ANSWERED = "-answered"  # how many answered the question; no option's code begins with a dash
SKIPPED = "-skipped"


class EqualityCount(Base):
    """How many people gave one answer to one question about who they are.

    Must never hold a response, a person, a moment or an order: nobody can join it to an answer.
    """

    __tablename__ = "equality_count"

    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[int]
