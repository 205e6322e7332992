"""The hub: what everybody wrote, masked and ready to be searched; and what was searched for."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base
from voice.models.kinds import Channel
from voice.sealed import Sealed, SealedJson


class HubEntry(Base):
    """One answer in somebody's own words, masked. Goes with its answer, and with an alert (SAF-8).

    Holds the day and never the moment. Its tone and the groups that its writer is of are read from
    the response, so that they are never older than it.
    """

    __tablename__ = "hub_entry"

    answer_id: Mapped[UUID] = mapped_column(
        ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True
    )
    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), index=True
    )
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[str]
    words: Mapped[str] = mapped_column(Sealed)  # masked
    folded: Mapped[str]  # a mark for each masked word, to search: voice.sealed.blind
    channel: Mapped[Channel]
    said_on: Mapped[date] = mapped_column(index=True)
    service: Mapped[str]
    language: Mapped[str]
    answered_at: Mapped[datetime]  # of the answer that was masked: another one is masked anew
    rules: Mapped[str]  # by which it was masked and folded


class HubSearch(Base):
    """What an officer searched for; with a name it is kept as a view, for them or for their team.

    Its words may hold a name that the officer typed, so they are in no address and no log.
    """

    __tablename__ = "hub_search"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    officer_id: Mapped[UUID] = mapped_column(
        ForeignKey("officer.id", ondelete="CASCADE"), index=True
    )
    team: Mapped[str] = mapped_column(index=True)
    asked: Mapped[dict[str, Any]] = mapped_column(SealedJson)  # a voice.services.hub_asking.Asked
    made_at: Mapped[datetime] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(default="", server_default="")  # "": not kept
    is_shared: Mapped[bool] = mapped_column(default=False, server_default=false())


class HubNearest(Base):
    """An answer that means much the same as what was searched for, as the worker found."""

    __tablename__ = "hub_nearest"

    search_id: Mapped[UUID] = mapped_column(
        ForeignKey("hub_search.id", ondelete="CASCADE"), primary_key=True
    )
    answer_id: Mapped[UUID] = mapped_column(
        ForeignKey("hub_entry.answer_id", ondelete="CASCADE"), primary_key=True, index=True
    )
    alikeness: Mapped[float]  # 0 to 1
