"""A word cloud: the words of short answers, for the screen of a room."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.consultation import Consultation


class WordCloud(Base):
    """That the words of one question may be shown to a room, while it is open.

    Holds no words of anybody's but those that an officer left out; the cloud is made as it is read.
    """

    __tablename__ = "word_cloud"
    __table_args__ = (UniqueConstraint("consultation_id", "question"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    question: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)  # of its public address
    opened_at: Mapped[datetime | None]  # None: nobody outside can see it
    hidden: Mapped[list[str]] = mapped_column(default=list)  # words that an officer left out

    consultation: Mapped[Consultation] = relationship()
