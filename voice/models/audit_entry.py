"""The audit trail: who did what to what, each entry bound to the one before."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class AuditEntry(Base):
    """Who did what to what, and when. Never holds anybody's words.

    The store itself refuses to change or delete an entry once it has its place in the chain.
    """

    __tablename__ = "audit_entry"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's way

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    action: Mapped[str]
    subject: Mapped[str]
    # Its place, from 1 and without a gap, and its hash: both given at the commit, once.
    number: Mapped[int | None] = mapped_column(unique=True, index=True)
    hash: Mapped[str | None]


class AuditHead(Base):
    """Where the chain ends: the one row that whoever lengthens it holds until the commit.

    By it the last entries cannot be cut off unnoticed.
    """

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # always 1
    number: Mapped[int]  # 0 before the first entry
    hash: Mapped[str]
