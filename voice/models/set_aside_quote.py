"""A quote that an officer swapped for another one, in a theme."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base


class SetAsideQuote(Base):
    """That one response is not quoted for one theme, who said so and when. Holds no words."""

    __tablename__ = "set_aside_quote"

    theme_id: Mapped[UUID] = mapped_column(
        ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True
    )
    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    set_aside_at: Mapped[datetime]
