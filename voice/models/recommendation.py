"""A recommendation of a committee: who answers for it, what came of it, and how it was rated."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.consultation import Consultation
from voice.models.kinds import Progress, Rating


class Recommendation(Base):
    """What a committee asked for after a consultation or an inquiry, and the first response."""

    __tablename__ = "recommendation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]  # within its consultation, from 1
    words: Mapped[str]
    lead_member: Mapped[str]
    lead_officer: Mapped[str]
    due_on: Mapped[date]
    measure: Mapped[str]  # by what one will know that it is done
    response: Mapped[str]  # the original response and actions
    agreed_on: Mapped[date]  # six and twelve months are counted from here
    reach: Mapped[str] = mapped_column(default="")  # the lead officer's e-mail address
    reminded: Mapped[int] = mapped_column(default=0)  # of the update after so many months
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    press_key: Mapped[str] = mapped_column(unique=True)

    consultation: Mapped[Consultation] = relationship()
    updates: Mapped[list["RecommendationUpdate"]] = relationship(
        order_by="RecommendationUpdate.written_at", cascade="all, delete-orphan"
    )
    ratings: Mapped[list["RecommendationRating"]] = relationship(
        order_by="RecommendationRating.rated_at", cascade="all, delete-orphan"
    )
    evidence: Mapped[list["RecommendationEvidence"]] = relationship(cascade="all, delete-orphan")


class RecommendationUpdate(Base):
    """What an officer wrote after 6 or 12 months. A later one stands in front of an earlier."""

    __tablename__ = "recommendation_update"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    recommendation_id: Mapped[UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    months: Mapped[int]
    words: Mapped[str]
    impact: Mapped[str]  # "so what": what is different for people, and how one knows
    progress: Mapped[Progress]
    written_at: Mapped[datetime]
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    press_key: Mapped[str] = mapped_column(unique=True)


class RecommendationRating(Base):
    """How the committee rates the progress after 6 or 12 months. A later one counts."""

    __tablename__ = "recommendation_rating"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    recommendation_id: Mapped[UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    months: Mapped[int]
    rating: Mapped[Rating]
    rated_at: Mapped[datetime]
    rated_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    press_key: Mapped[str] = mapped_column(unique=True)


class RecommendationEvidence(Base):
    """A theme or a response that a recommendation rests on; it goes when they go."""

    __tablename__ = "recommendation_evidence"
    __table_args__ = (
        UniqueConstraint("theme_id", "recommendation_id"),
        UniqueConstraint("response_id", "recommendation_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    recommendation_id: Mapped[UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    theme_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("theme.id", ondelete="CASCADE"), index=True
    )
    response_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), index=True
    )
