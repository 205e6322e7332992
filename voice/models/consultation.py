"""A consultation: an invitation to answer one survey, open between two moments."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base

GRACE = timedelta(minutes=60)  # for those who began before the close (REL-6)


class Consultation(Base):
    """An invitation to answer. Its texts are in the survey version; here is when and for whom."""

    __tablename__ = "consultation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    survey_code: Mapped[str] = mapped_column(index=True)
    team: Mapped[str]  # officers of this team, and no other, see its answers
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    created_at: Mapped[datetime]
    invited: Mapped[int | None]  # how many were asked; None when nobody knows, so no response rate
    demonstration: Mapped[str] = mapped_column(default="")  # what demo pages must say of the source
    privacy_notice: Mapped[str] = mapped_column(default="")

    versions: Mapped[list["SurveyVersion"]] = relationship(
        back_populates="consultation", order_by="SurveyVersion.number", cascade="all, delete-orphan"
    )

    def has_begun(self, now: datetime) -> bool:
        """Return whether it has opened by `now`."""
        return self.opens_at <= now

    def is_open(self, now: datetime) -> bool:
        """Return whether it takes new responses at `now`; at the very moment it closes it does."""
        return self.opens_at <= now <= self.closes_at

    def takes_answers(self, now: datetime, *, begun_at: datetime) -> bool:
        """Return whether somebody who began at `begun_at` may still send answers in at `now`."""
        return self.is_open(now) or (
            self.opens_at <= begun_at <= self.closes_at and now <= self.closes_at + GRACE
        )


class SurveyVersion(Base):
    """The survey as it was worded when somebody answered it. Never changed once written."""

    __tablename__ = "survey_version"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    definition: Mapped[str]  # JSON of surveys.engine.Survey
    created_at: Mapped[datetime]

    consultation: Mapped[Consultation] = relationship(back_populates="versions")
