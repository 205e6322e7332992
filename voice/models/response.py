"""A response: everything one person said to one consultation; and each of its answers."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

from voice.database import Base
from voice.models.consultation import Consultation, SurveyVersion
from voice.models.kinds import Capacity, Channel, EntryCheck
from voice.models.worker_note import WorkerNote
from voice.sealed import Sealed, SealedAnswer


class Response(Base):
    """Everything one person said to one consultation, from the first answer to the last.

    Holds no name, account or address: nobody at the council can tell whose it is. The keys that
    let the person come back are kept only as hashes.
    """

    __tablename__ = "response"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    survey_version_id: Mapped[UUID] = mapped_column(ForeignKey("survey_version.id"), index=True)
    channel: Mapped[Channel]
    respondent: Mapped[str] = mapped_column(index=True)  # a random pseudonym
    reference: Mapped[str] = mapped_column(unique=True)  # said to the person at the end
    key_hash: Mapped[str | None] = mapped_column(unique=True)  # of the cookie
    code_hash: Mapped[str | None] = mapped_column(unique=True)  # of the come-back code
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None] = mapped_column(index=True)
    is_late: Mapped[bool] = mapped_column(default=False)  # sent in after the close
    counts: Mapped[bool] = mapped_column(default=True)  # False: too late, until an officer decides
    variant: Mapped[str] = mapped_column(default="", server_default="")  # how it was worded
    language: Mapped[str] = mapped_column(default="", server_default="")  # such as cy; "": usual
    # The newest information version then; 0: there was none; None: nobody knows, as for paper.
    information_at_start: Mapped[int | None]
    information_at_end: Mapped[int | None]
    wave: Mapped[str] = mapped_column(default="")  # a group of responses reported together
    link_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("link.id", ondelete="SET NULL"), index=True
    )  # the short link by which they came
    lesson_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("lesson.id", ondelete="SET NULL"), index=True
    )
    year_group: Mapped[str] = mapped_column(default="", server_default="")  # chosen in a class
    helped_by: Mapped[str] = mapped_column(default="", server_default="")  # a role, never a name
    page: Mapped[str] = mapped_column(default="", server_default="")  # the council's page judged
    capacity: Mapped[Capacity] = mapped_column(
        default=Capacity.INDIVIDUAL, server_default=Capacity.INDIVIDUAL.value
    )
    entry_check: Mapped[EntryCheck] = mapped_column(
        default=EntryCheck.NOT_ASKED, server_default=EntryCheck.NOT_ASKED.value
    )
    import_id: Mapped[UUID | None] = mapped_column(index=True)  # the file that brought it in
    # Of the personal code, if they chose to use one. Never exported, and no key to anything.
    joined_hash: Mapped[str | None] = mapped_column(index=True)
    side: Mapped[str] = mapped_column(default="", server_default="")  # of a family's code

    consultation: Mapped[Consultation] = relationship()
    version: Mapped[SurveyVersion] = relationship()
    answers: Mapped[dict[str, "AnswerRow"]] = relationship(
        collection_class=attribute_keyed_dict("question"),
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    notes: Mapped[dict[str, WorkerNote]] = relationship(
        collection_class=attribute_keyed_dict("question"),
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class AnswerRow(Base):
    """One answer. No values means asked and skipped; no row means never asked."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("response_id", "question"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(index=True)
    values: Mapped[list[str]] = mapped_column(SealedAnswer)
    other: Mapped[str] = mapped_column(Sealed, default="")
    answered_at: Mapped[datetime]
    is_on_path: Mapped[bool] = mapped_column(default=True)  # a changed path hides, never deletes
    tone: Mapped[str | None]  # set by the analysis, for free text


class Press(Base):
    """A button pressed on a form page, by its key: pressing it again does nothing new (REL-2)."""

    __tablename__ = "press"

    key: Mapped[str] = mapped_column(primary_key=True)
    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), index=True
    )
    pressed_at: Mapped[datetime]
