"""Somebody who must not be asked or written to, known only by a keyed hash."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class Suppression(Base):
    """One address or reference that nothing is sent to and nothing is asked of.

    The hash is all that is kept of it, so the list itself names nobody.
    """

    __tablename__ = "suppression"

    value_hash: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
