"""What the analysis noticed of one answer, beside the themes that it raises."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class AnswerNote(Base):
    """What is noteworthy of one answer, by the latest analysis. Holds no words of anybody."""

    __tablename__ = "answer_note"

    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(primary_key=True)
    near_copies: Mapped[int | None]  # a number that all who wrote nearly the same have, or None
    is_disguised: Mapped[bool] = mapped_column(default=False)  # look-alike or full-width letters
    names: Mapped[list[str]]  # things it calls by one of several names
    weight: Mapped[float] = mapped_column(default=0.0)  # how serious its words are, 0 to 1
