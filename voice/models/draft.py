"""A draft: a survey that somebody still writes."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class Draft(Base):
    """A survey as its author left it, sound or not. Nobody answers a draft, so it holds no answer.

    One with a consultation is the next wording of a survey that is being asked.
    """

    __tablename__ = "draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    team: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    sketch: Mapped[str]  # JSON of surveys.drafting.sketch.Sketch
    edition: Mapped[int] = mapped_column(default=1)  # goes up with every change
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    made_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    read_warnings: Mapped[list[str]]  # marks of the findings that somebody read and let stand
    for_consultation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    from_version: Mapped[int | None]  # the number of the wording that it began from
    published_at: Mapped[datetime | None]
    put_away_at: Mapped[datetime | None]
