"""How often one visitor has sent something today, so that nobody floods a committee (SEC-10)."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class SentToday(Base):
    """A count by a mark that changes every day. Holds no address: the mark cannot be turned back.

    It goes with its day, and no row joins it to what was sent.
    """

    __tablename__ = "sent_today"

    mark: Mapped[str] = mapped_column(primary_key=True)  # keyed, by day, purpose and visitor
    sent_on: Mapped[date] = mapped_column(index=True)
    times: Mapped[int]
