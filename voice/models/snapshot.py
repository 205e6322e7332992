"""Results as they were published: fixed, so that no later count can be set against them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class Snapshot(Base):
    """The public results of one consultation, as they stood at one moment.

    Holds only what the public may see: rounded figures and the names of themes, no words of
    anybody's. Never changed once written.
    """

    __tablename__ = "snapshot"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    made_at: Mapped[datetime]
    results: Mapped[str]  # JSON of voice.reports.public_results.PublicResults
