"""A concern: words that may mean somebody is at risk, for the safeguarding role alone."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.consultation import Consultation
from voice.models.kinds import Channel
from voice.sealed import Sealed


class Concern(Base):
    """The words as typed, what raised them, and who has read them. It outlives the response.

    The software never decides: a person reads every one.
    """

    __tablename__ = "concern"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("consultation.id"), index=True
    )  # None: not said in a consultation, but sent in as an enquiry
    response_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("response.id", ondelete="SET NULL"), index=True
    )
    participant_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL")
    )
    gathering_id: Mapped[UUID | None] = mapped_column(index=True)  # where an officer wrote it down
    enquiry_id: Mapped[UUID | None] = mapped_column(index=True)  # a question to a committee
    question: Mapped[str]
    channel: Mapped[Channel]
    words: Mapped[str] = mapped_column(Sealed)  # verbatim, all of the answer
    sentence: Mapped[str] = mapped_column(Sealed)  # the part that raised it
    category: Mapped[str]
    tier: Mapped[str]
    urgency: Mapped[str]
    detector: Mapped[str]  # its version; "unscreened" when it failed
    shown: Mapped[str]  # what the person was shown
    raised_at: Mapped[datetime] = mapped_column(index=True)
    not_meant_at: Mapped[datetime | None]  # the person said "that's not what I meant"
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    decision: Mapped[str] = mapped_column(Sealed, default="")
    decided_at: Mapped[datetime | None]
    # The role read it and says that nobody is at risk: the software was wrong.
    is_false_alarm: Mapped[bool] = mapped_column(default=False, server_default=false())
    # It may be an allegation against somebody who works with children: the LADO is told (SAF-13).
    is_about_staff: Mapped[bool] = mapped_column(default=False, server_default=false())
    assigned_to: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    referral: Mapped[str] = mapped_column(default="", server_default="")  # its reference there

    consultation: Mapped[Consultation | None] = relationship()


class ConcernEntry(Base):
    """One line of what was done about a concern: who was told, who took it, what was decided.

    Only ever added to: the store refuses to change or delete one (SAF-7).
    """

    __tablename__ = "concern_entry"
    __table_args__ = (Index("ix_concern_entry_step", "concern_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"))
    at: Mapped[datetime]
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))  # None: the service
    step: Mapped[str]  # such as "told deputy" or "decided"
    words: Mapped[str] = mapped_column(Sealed, default="")  # the officer's; never the person's
