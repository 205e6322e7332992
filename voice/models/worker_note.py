"""A worker's note: what the one who helped says of an answer, kept apart from the answer."""

from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base
from voice.models.kinds import Hearing
from voice.sealed import Sealed


class WorkerNote(Base):
    """How a worker came by one answer, or why there is none, and their own note.

    The answer itself holds the person's own words and nothing else; themes read only those.
    """

    __tablename__ = "worker_note"
    __table_args__ = (UniqueConstraint("response_id", "question"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[str]
    hearing: Mapped[Hearing]
    reason: Mapped[str] = mapped_column(Sealed, default="")  # why it was not sought
    note: Mapped[str] = mapped_column(Sealed, default="")  # the worker's words, not the person's
