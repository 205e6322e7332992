"""The second step of signing in: a phone that makes codes, and codes for when it is lost."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class SecondStep(Base):
    """The phone of one officer. Its secret is sealed with a key that is not in the store."""

    __tablename__ = "second_step"

    officer_id: Mapped[UUID] = mapped_column(
        ForeignKey("officer.id", ondelete="CASCADE"), primary_key=True
    )
    secret_sealed: Mapped[str]
    last_used: Mapped[int]  # the half minute of the last code that was taken: none counts twice
    begun_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]  # None: the phone has not shown its first code yet


class RecoveryCode(Base):
    """One of ten codes for when the phone is lost, by its hash; taken away once it is used."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    officer_id: Mapped[UUID] = mapped_column(
        ForeignKey("officer.id", ondelete="CASCADE"), index=True
    )
