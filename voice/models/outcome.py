"""An outcome: "You said, we did", who was told of it, and by when one was promised."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.consultation import Consultation
from voice.models.kinds import Meant, OutcomeKind


class Outcome(Base):
    """What people said, and what the council did about it, in public."""

    __tablename__ = "outcome"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    theme_id: Mapped[UUID | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"))
    kind: Mapped[OutcomeKind]
    you_said: Mapped[str]
    we_did: Mapped[str]
    press_key: Mapped[str] = mapped_column(unique=True)  # a double click publishes once
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    withdrawn_at: Mapped[datetime | None]
    owner: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # of "we will": a team, a role
    due_on: Mapped[date | None]  # of what is still to come: by when
    young_you_said: Mapped[str] = mapped_column(default="", server_default="")
    young_we_did: Mapped[str] = mapped_column(default="", server_default="")
    escalated: Mapped[int] = mapped_column(default=0, server_default="0")  # how many people on
    edition: Mapped[int] = mapped_column(default=1)

    consultation: Mapped[Consultation] = relationship()

    __mapper_args__: dict[str, Any] = {"version_id_col": edition}  # noqa: RUF012 - SQLAlchemy's way

    @property
    def is_interim(self) -> bool:
        """Whether more is to come: a promise, or that the council is still thinking."""
        return self.kind in {OutcomeKind.WILL, OutcomeKind.THINKING}


class OutcomeTold(Base):
    """A link in a message about an outcome, and whether its reader had meant it so.

    By the hash of the link's key alone: nobody can tell whose it is.
    """

    __tablename__ = "outcome_told"

    key_hash: Mapped[str] = mapped_column(primary_key=True)
    outcome_id: Mapped[UUID] = mapped_column(
        ForeignKey("outcome.id", ondelete="CASCADE"), index=True
    )
    meant: Mapped[Meant | None]
    meant_at: Mapped[datetime | None]


class AnswerPromise(Base):
    """By when a consultation's themes are answered, in public, and who hears of it if not (I11)."""

    __tablename__ = "answer_promise"

    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    promised_on: Mapped[date]
    second: Mapped[str]  # a name or a role
    second_reach: Mapped[str]  # their e-mail address
    third: Mapped[str]
    third_reach: Mapped[str]
    escalated: Mapped[int] = mapped_column(
        default=0, server_default="0"
    )  # how many were written to
    edition: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__: dict[str, Any] = {"version_id_col": edition}  # noqa: RUF012 - SQLAlchemy's way
