"""What the machine read in one answer: as it was found, and as it said last."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class AnswerReading(Base):
    """The themes of one answer before anything was learnt from people, and after it.

    Kept apart from the mentions, which people may change, so that learning twice from the same
    corrections gives the same. Holds nobody's words.
    """

    __tablename__ = "answer_reading"

    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    is_found: Mapped[bool]  # False: it joined a list that was named already
    found: Mapped[list[str]]  # ids of themes; of one that joined: as a person moved it, or none
    last: Mapped[list[str]]  # ids of themes that the machine said last
