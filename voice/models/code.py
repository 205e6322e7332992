"""A code: what one officer says that one person's answer to one question is about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base
from voice.models.kinds import CodePurpose


class Code(Base):
    """The themes that an officer gave an answer. It is taken back or followed, never changed.

    Holds nobody's words. Later codes of the same answer have higher numbers.
    """

    __tablename__ = "code"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's way

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[str]
    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), index=True
    )
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    purpose: Mapped[CodePurpose]
    theme_ids: Mapped[list[str]]  # the first is the primary one; none: no theme fits
    given_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
