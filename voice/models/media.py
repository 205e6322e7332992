"""A file that somebody sent: what is known of it. The file itself lies apart, under its id."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.response import Response
from voice.sealed import Sealed


class Media(Base):
    """A picture, a recording or a document that came with a response.

    The file lies in the folder `media` of the service, under the id, which is made by chance.
    `name` is what the person's own device called it: words, never a path.
    """

    __tablename__ = "media"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    response_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), index=True
    )  # None until its answer is kept
    question: Mapped[str] = mapped_column(default="")  # empty: added to a paper answer as a whole
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    name: Mapped[str] = mapped_column(Sealed, default="")
    added_at: Mapped[datetime]

    response: Mapped[Response | None] = relationship()
