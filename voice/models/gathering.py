"""A gathering: what people said outside the survey, as somebody wrote it down."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.consultation import Consultation
from voice.models.kinds import Capacity
from voice.sealed import Sealed


class Gathering(Base):
    """A focus group, an event, a visit, a session of evidence, or a letter.

    It is heard in the themes, under its own name, and never counted among the responses. Names
    groups and places; must never name anybody who spoke.
    """

    __tablename__ = "gathering"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[Capacity]
    held_on: Mapped[date]
    place: Mapped[str]
    locality: Mapped[str]
    service: Mapped[str]
    who: Mapped[str]  # the group, such as "Young carers, 11 to 15"
    headcount: Mapped[int | None]  # None where nobody counted
    recorder: Mapped[str]  # who wrote it down
    notes: Mapped[str] = mapped_column(Sealed)  # for officers; in no theme
    press_key: Mapped[str] = mapped_column(unique=True)  # saved once (REL-2)
    recorded_at: Mapped[datetime]
    edition: Mapped[int] = mapped_column(default=1)  # goes up with each edit (REL-14)

    consultation: Mapped[Consultation] = relationship()
    points: Mapped[list["GatheringPoint"]] = relationship(
        order_by="GatheringPoint.place", cascade="all, delete-orphan", passive_deletes=True
    )

    __mapper_args__: dict[str, Any] = {"version_id_col": edition}  # noqa: RUF012 - SQLAlchemy's way


class GatheringPoint(Base):
    """One thing that was said there: in the speaker's words, or as somebody reported it."""

    __tablename__ = "gathering_point"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    gathering_id: Mapped[UUID] = mapped_column(
        ForeignKey("gathering.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[str] = mapped_column(index=True)  # the free-text question that it speaks to
    words: Mapped[str] = mapped_column(Sealed)
    is_verbatim: Mapped[bool]
    place: Mapped[int]
    is_read: Mapped[bool] = mapped_column(default=False)  # by the latest analysis


class GatheringMention(Base):
    """That one point speaks of one theme."""

    __tablename__ = "gathering_mention"

    theme_id: Mapped[UUID] = mapped_column(
        ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True
    )
    point_id: Mapped[UUID] = mapped_column(
        ForeignKey("gathering_point.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    strength: Mapped[float]  # 0 to 1
