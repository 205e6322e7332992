"""Somebody asked by name for a reply, each reminder made for them, and who may open what."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base


class Invitee(Base):
    """Somebody on the list of those who were asked. Holds that a reply came, never the reply.

    The link that is theirs alone is kept only as a hash. Of a reply only the day is kept, so that
    its moment does not lead to the answers.
    """

    __tablename__ = "invitee"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]  # or a reference, as the officer knows them
    reach: Mapped[str]  # such as an e-mail address; may be empty
    code_hash: Mapped[str] = mapped_column(unique=True)
    added_at: Mapped[datetime]
    replied_on: Mapped[date | None]
    declined_on: Mapped[date | None]
    # The course that they came to, which their reply is counted with; empty: of none.
    wave: Mapped[str] = mapped_column(default="", server_default="")
    review_on: Mapped[date | None]  # their review or meeting, before which they are asked
    happened_at: Mapped[datetime | None]  # from which their 72 hours count

    reminders: Mapped[list["Reminder"]] = relationship(
        order_by="Reminder.made_at", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def is_waited_for(self) -> bool:
        """Whether neither a reply nor a refusal has come."""
        return self.replied_on is None and self.declined_on is None


class Reminder(Base):
    """One reminder made for one invitee; those of one press were made together.

    One by e-mail waits until it is due and goes to the outbox; any other is a letter by hand.
    """

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("invitee_id", "press_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    invitee_id: Mapped[UUID] = mapped_column(ForeignKey("invitee.id", ondelete="CASCADE"))
    press_key: Mapped[str] = mapped_column(index=True)
    made_at: Mapped[datetime]
    by_mail: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime | None]  # by e-mail: it leaves no earlier
    sent_at: Mapped[datetime | None]  # by e-mail: when it went to the outbox

    @property
    def reference(self) -> str:
        """Return what its e-mail is called in the outbox."""
        return f"invitee-reminder:{self.id}"

    @property
    def chat_reference(self) -> str:
        """Return what it is called there when it goes by chat instead."""
        return f"{self.reference}:chat"


class NamedReply(Base):
    """Whose a reply is, where replies are asked for by name and people are told so before."""

    __tablename__ = "named_reply"

    invitee_id: Mapped[UUID] = mapped_column(
        ForeignKey("invitee.id", ondelete="CASCADE"), primary_key=True
    )
    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), index=True
    )


class Reader(Base):
    """An officer named as one of those who may open a restricted consultation (H9)."""

    __tablename__ = "reader"

    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    officer_id: Mapped[UUID] = mapped_column(
        ForeignKey("officer.id", ondelete="CASCADE"), primary_key=True
    )
