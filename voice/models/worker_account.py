"""That a worker helps here, known again by the reference that they chose to give."""

from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class WorkerAccount(Base):
    """One worker in one consultation, however many people they helped.

    Holds a keyed hash of the reference, never a name. No row leads to whom they helped, nor to
    when.
    """

    __tablename__ = "worker_account"
    __table_args__ = (UniqueConstraint("consultation_id", "worker_hash"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    worker_hash: Mapped[str]
