"""An import: one file of answers that were collected elsewhere, from its upload to its undoing."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.consultation import Consultation
from voice.models.kinds import ImportStatus
from voice.sealed import SealedBytes


class Import(Base):
    """A file that was handed in, and how its columns become answers.

    The file itself is kept only until it is brought in or given up: then its answers are
    responses like all others, and nobody's words lie here.
    """

    __tablename__ = "import"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    survey_code: Mapped[str] = mapped_column(index=True)
    file_name: Mapped[str]
    digest: Mapped[str] = mapped_column(index=True)  # of the file, so that it is known again
    columns: Mapped[list[str]]
    # The file; None once it is brought in or given up.
    content: Mapped[bytes | None] = mapped_column(SealedBytes)
    mapping: Mapped[dict[str, Any]]  # voice.services.import_mapping.Mapping as JSON
    row_count: Mapped[int]
    expected: Mapped[int | None]  # how many the officer says there must be
    received_on: Mapped[date | None]  # for rows with no day of their own
    status: Mapped[ImportStatus] = mapped_column(default=ImportStatus.UPLOADED)
    imported: Mapped[int] = mapped_column(default=0)
    concerns: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(default="")  # why it was refused, never anybody's words
    uploaded_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    consultation: Mapped[Consultation] = relationship()
