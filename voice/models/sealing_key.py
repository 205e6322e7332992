"""A key that words in this store are sealed with, by its id alone."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class SealingKey(Base):
    """That the store needs a key, so that it is not opened without it. Never the key itself."""

    __tablename__ = "sealing_key"

    id: Mapped[str] = mapped_column(primary_key=True)
    made_on: Mapped[date]
