"""A consultation: an invitation to answer one survey, open between two moments."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.kinds import ConsultationKind

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
    kind: Mapped[ConsultationKind] = mapped_column(default=ConsultationKind.FEEDBACK)
    launched_at: Mapped[datetime | None]  # None: a draft, which nobody outside can see
    reasons: Mapped[str] = mapped_column(default="")  # why the council proposes this
    options: Mapped[str] = mapped_column(default="")  # what else could be done
    documents: Mapped[list[str]] = mapped_column(default=list)  # "its name https://its.address"
    decision_on: Mapped[date | None]  # the day on which somebody will decide
    previous: Mapped[str] = mapped_column(default="")  # the slug of the one before, if any
    information_number: Mapped[int] = mapped_column(default=0)  # the newest; 0: none yet
    results_at: Mapped[datetime | None]  # when its public results were last published
    archived_at: Mapped[datetime | None]
    enters_twice: Mapped[bool] = mapped_column(default=False, server_default=false())  # papers
    named_replies: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_restricted: Mapped[bool] = mapped_column(default=False, server_default=false())  # to readers

    versions: Mapped[list["SurveyVersion"]] = relationship(
        back_populates="consultation", order_by="SurveyVersion.number", cascade="all, delete-orphan"
    )

    def has_begun(self, now: datetime) -> bool:
        """Return whether it has opened by `now`; a draft never has."""
        return self.launched_at is not None and self.opens_at <= now

    def is_open(self, now: datetime) -> bool:
        """Return whether it takes new responses at `now`; at the very moment it closes it does."""
        return self.has_begun(now) and now <= self.closes_at

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
