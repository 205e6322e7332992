"""Links: the short addresses by which people come in, and the classes that gather by one."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.database import Base
from voice.models.consultation import Consultation
from voice.models.kinds import LinkKind


class Link(Base):
    """One way in to a consultation, such as a poster. It counts, and never tells who came."""

    __tablename__ = "link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    code: Mapped[str] = mapped_column(unique=True)  # in the address, and typed by hand
    label: Mapped[str]  # where it hangs or who hands it on, in an officer's words
    kind: Mapped[LinkKind]
    # The course or group of whoever comes in by it, in an officer's words; empty: of none.
    wave: Mapped[str] = mapped_column(default="", server_default="")
    idle_minutes: Mapped[int] = mapped_column(default=5)  # a kiosk's, before it begins anew
    opened: Mapped[int] = mapped_column(default=0)  # how often, by anybody
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # leads to the consultation, and counts no more

    consultation: Mapped[Consultation] = relationship()
    lessons: Mapped[list["Lesson"]] = relationship(
        back_populates="link", order_by="Lesson.began_at", cascade="all, delete-orphan"
    )


class Lesson(Base):
    """One class that answers together, by the code on its board."""

    __tablename__ = "lesson"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    link_id: Mapped[UUID] = mapped_column(ForeignKey("link.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    year_groups: Mapped[list[str]]  # from which its pupils choose
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    link: Mapped[Link] = relationship(back_populates="lessons")
