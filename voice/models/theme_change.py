"""What officers changed about the themes of a question, and the lists that they signed off."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.kinds import ThemeAction
from voice.models.officer import Officer


class ThemeChange(Base):
    """One change of the themes of a question, with what is needed to take it back.

    Holds the names of themes and nobody's answer. It is never changed but to say that it was
    undone, and how to make it again.
    """

    __tablename__ = "theme_change"
    __table_args__ = (
        Index("ix_theme_change_question", "consultation_id", "question", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    question: Mapped[str]
    changed_at: Mapped[datetime]
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    action: Mapped[ThemeAction]
    before: Mapped[str]  # in words, for the log
    after: Mapped[str]
    comments: Mapped[int]  # how many were moved
    # {"themes": {id: its columns before, None: not there}, "codes": [ids]}, and while it is undone
    # and can be made again "then", the columns after.
    was: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))

    officer: Mapped[Officer] = relationship(foreign_keys=[officer_id])
    undoer: Mapped[Officer | None] = relationship(foreign_keys=[undone_by])


class MovedMention(Base):
    """That a change touched whether one response raises one theme, and how it was before."""

    __tablename__ = "moved_mention"

    change_id: Mapped[int] = mapped_column(
        ForeignKey("theme_change.id", ondelete="CASCADE"), primary_key=True
    )
    theme_id: Mapped[UUID] = mapped_column(
        ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    # Before, or while the change is undone after; None: it did not raise it.
    strength: Mapped[float | None]
    was_quote: Mapped[bool]


class SignedList(Base):
    """The themes of a question as a person signed them off: a version that is never changed.

    `themes` holds names, notes, keywords and counts, and nobody's words.
    """

    __tablename__ = "signed_list"
    __table_args__ = (UniqueConstraint("consultation_id", "question", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    question: Mapped[str]
    number: Mapped[int]  # from 1, never given twice
    change_id: Mapped[int] = mapped_column(ForeignKey("theme_change.id", ondelete="CASCADE"))
    signed_at: Mapped[datetime]
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    base: Mapped[int]  # people who said something
    themes: Mapped[dict[str, Any]]  # {"themes": [...]}, those that most people raise first
    taken_back_at: Mapped[datetime | None]

    officer: Mapped[Officer] = relationship()
