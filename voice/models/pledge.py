"""A pledge: what somebody promised to do, by when it is asked after, and what became of it."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base
from voice.models.kinds import PledgeStatus


class Pledge(Base):
    """One promise made at a consultation or conference, such as by a school (E6)."""

    __tablename__ = "pledge"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    words: Mapped[str]
    owner: Mapped[str]  # who promised: a school, a service, a role
    follow_up_on: Mapped[date]
    status: Mapped[PledgeStatus] = mapped_column(default=PledgeStatus.UNKNOWN)
    made_at: Mapped[datetime]
    press_key: Mapped[str] = mapped_column(unique=True)  # the same press makes one
    made_by: Mapped[UUID | None]  # the officer, who is reminded where nobody else can be
    reach: Mapped[str] = mapped_column(default="", server_default="")  # the owner's e-mail address
    reminded_at: Mapped[datetime | None]  # once
