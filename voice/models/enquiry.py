"""An enquiry: what somebody sent in that must be answered, from its arrival to its reply."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.consultation import Consultation
from voice.models.kinds import EnquiryKind, EnquiryState, OutcomeKind
from voice.models.response import Response
from voice.sealed import Sealed


class Committee(Base):
    """A body that takes questions from the public; officers of its team see to the replies."""

    __tablename__ = "committee"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    team: Mapped[str]
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # takes no more questions; its replies stay


class Enquiry(Base):
    """A question to a committee, or something asked for in an answer; and what became of it.

    A question holds a name and an address only if its asker gave them, the address sealed. A
    request hangs on the response in which it was made: it knows no more of who made it.
    """

    __tablename__ = "enquiry"
    __table_args__ = (UniqueConstraint("response_id", "question"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[EnquiryKind]
    reference: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str | None] = mapped_column(unique=True)  # opens the asker's own page
    press_key: Mapped[str | None] = mapped_column(unique=True)  # the same press sends one
    team: Mapped[str] = mapped_column(index=True)
    committee_id: Mapped[UUID | None] = mapped_column(ForeignKey("committee.id"), index=True)
    consultation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    response_id: Mapped[UUID | None] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(default="")  # the code of the question, of a request
    words: Mapped[str] = mapped_column(Sealed)  # as sent
    name: Mapped[str] = mapped_column(Sealed, default="")
    may_name: Mapped[bool] = mapped_column(default=False)  # the name may stand with the question
    reply_to_sealed: Mapped[str | None] = mapped_column(Sealed)  # for the reply alone
    received_at: Mapped[datetime] = mapped_column(index=True)
    released_at: Mapped[datetime | None]  # by the safeguarding role, where it raised an alert
    responder: Mapped[str] = mapped_column(default="")  # a role, such as "Cabinet Member"
    answer_by: Mapped[date]
    assigned_at: Mapped[datetime | None]
    decision: Mapped[OutcomeKind | None]  # of a request
    will_by: Mapped[date | None]
    reply: Mapped[str] = mapped_column(Sealed, default="")
    answered_at: Mapped[datetime | None]
    published_words: Mapped[str] = mapped_column(default="")  # as an officer approved them
    published_name: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    edition: Mapped[int] = mapped_column(default=1)  # goes up with each change (REL-14)

    committee: Mapped[Committee | None] = relationship()
    consultation: Mapped[Consultation | None] = relationship()
    response: Mapped[Response | None] = relationship()

    __mapper_args__: dict[str, Any] = {"version_id_col": edition}  # noqa: RUF012 - SQLAlchemy's way

    @property
    def state(self) -> EnquiryState:
        """How far it has come."""
        reached = (
            (self.published_at, EnquiryState.PUBLISHED),
            (self.answered_at, EnquiryState.ANSWERED),
            (self.assigned_at, EnquiryState.ASSIGNED),
        )
        return next((state for moment, state in reached if moment), EnquiryState.RECEIVED)
