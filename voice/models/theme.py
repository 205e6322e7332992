"""A theme found in the answers to one question, and who mentioned it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.kinds import ThemeStatus


class Analysis(Base):
    """The latest reading of everybody's answers to one free-text question."""

    __tablename__ = "analysis"
    __table_args__ = (UniqueConstraint("consultation_id", "question"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    question: Mapped[str]
    made_at: Mapped[datetime]
    model: Mapped[str]  # what read the words, said in every report
    base: Mapped[int]  # people who wrote something with content
    without_content: Mapped[int]
    unassigned: Mapped[int]
    seconds: Mapped[float]
    # Of what people coded and added, when the machine learnt from it last; "": of nothing.
    learnt_from: Mapped[str] = mapped_column(default="", server_default="")


class Theme(Base):
    """What several people said in answer to one question. Nothing is published before sign-off.

    A theme merged into another stays, with its mentions, so that a merge can be undone.
    """

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("consultation_id", "question", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[str]
    key: Mapped[str]
    label: Mapped[str]
    found_label: Mapped[str]  # as the analysis put it, so that a rename can be undone
    description: Mapped[str]
    words: Mapped[list[str]]
    status: Mapped[ThemeStatus] = mapped_column(default=ThemeStatus.FOUND)
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("theme.id"))
    # Below nought while the change that made it is undone: then it is not there, but for a redo.
    place: Mapped[int]
    edition: Mapped[int] = mapped_column(default=1)  # goes up with each edit (REL-14)
    signed_off_at: Mapped[datetime | None]
    signed_off_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))

    mentions: Mapped[list["Mention"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )

    __mapper_args__: dict[str, Any] = {"version_id_col": edition}  # noqa: RUF012 - SQLAlchemy's way


class Mention(Base):
    """That one response speaks of one theme."""

    __tablename__ = "mention"

    theme_id: Mapped[UUID] = mapped_column(
        ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True
    )
    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    strength: Mapped[float]  # 0 to 1
    is_quote: Mapped[bool] = mapped_column(default=False)  # proposed as a quote, best first
    tone: Mapped[str | None]  # of the words that raise this theme; None: as the whole answer
