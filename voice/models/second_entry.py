"""A second entry: a paper as another officer typed it in, while the two do not agree."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base
from voice.models.kinds import Capacity
from voice.sealed import SealedJson


class SecondEntry(Base):
    """What a second officer typed of a paper; it goes once a person has chosen what stands."""

    __tablename__ = "second_entry"

    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    capacity: Mapped[Capacity]
    # By question: its "values" and its "other" words.
    answers: Mapped[dict[str, Any]] = mapped_column(SealedJson)
    typed_at: Mapped[datetime]
