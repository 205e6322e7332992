"""An outcome: "You said, we did"."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.consultation import Consultation
from voice.models.kinds import OutcomeKind


class Outcome(Base):
    """What people said, and what the council did about it, in public."""

    __tablename__ = "outcome"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    theme_id: Mapped[UUID | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"))
    kind: Mapped[OutcomeKind]
    you_said: Mapped[str]
    we_did: Mapped[str]
    press_key: Mapped[str] = mapped_column(unique=True)  # a double click publishes once
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    withdrawn_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=1)

    consultation: Mapped[Consultation] = relationship()

    __mapper_args__: dict[str, Any] = {"version_id_col": edition}  # noqa: RUF012 - SQLAlchemy's way
