"""What an answer in somebody's own words means, as numbers, so that a report opens at once."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class AnswerVector(Base):
    """The vectors of one answer and of its parts: 768 bytes each. It goes with the response.

    `fingerprint` tells by whom and of what they were made; of other words they say nothing.
    """

    __tablename__ = "answer_vector"

    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    rows: Mapped[bytes]
