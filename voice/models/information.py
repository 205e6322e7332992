"""What the council tells people while it asks them: dated information, and interim notices."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class InformationVersion(Base):
    """What people could read about the proposal from a day on. Never changed once published.

    A response keeps the number of the version that was newest when it was begun, and when it was
    sent in.
    """

    __tablename__ = "information_version"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    number: Mapped[int]  # 1 is the first
    title: Mapped[str]
    words: Mapped[str]
    documents: Mapped[list[str]]  # "its name https://its.address"
    published_at: Mapped[datetime]
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    press_key: Mapped[str] = mapped_column(unique=True)


class Notice(Base):
    """An interim "You said, we're listening", in public while people are still being asked."""

    __tablename__ = "notice"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    you_said: Mapped[str]
    we_are: Mapped[str]  # what the council does about it for now
    published_at: Mapped[datetime]
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    withdrawn_at: Mapped[datetime | None]
    press_key: Mapped[str] = mapped_column(unique=True)
