"""An officer: somebody who works here, with a role and a team."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.database import Base
from voice.models.kinds import Role, SignInStage


class Officer(Base):
    """Somebody who works here. Holds a hash of the passphrase, never the passphrase."""

    __tablename__ = "officer"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    email: Mapped[str] = mapped_column(unique=True)  # lower case
    name: Mapped[str]
    role: Mapped[Role]
    team: Mapped[str]
    passphrase_hash: Mapped[str]
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    # When they were first told that their role needs a second step: the days of grace count on.
    second_step_asked_at: Mapped[datetime | None]

    @property
    def may_read_concerns(self) -> bool:
        """Whether they see concerns, of every team."""
        return self.role is Role.SAFEGUARDING

    @property
    def may_read_figures(self) -> bool:
        """Whether they see figures, themes and briefings of their team."""
        return self.role not in {Role.SAFEGUARDING, Role.COMMITTEE}

    @property
    def may_rate(self) -> bool:
        """Whether they rate recommendations, for a committee; whoever writes of them may not."""
        return self.role is Role.COMMITTEE

    @property
    def may_read_answers(self) -> bool:
        """Whether they see people's own words, and may change what was made of them."""
        return self.role.changes

    @property
    def may_publish(self) -> bool:
        """Whether they may say in public what came of it."""
        return self.role.publishes

    @property
    def may_run_service(self) -> bool:
        """Whether they look after who works here, and read who did what."""
        return self.role is Role.ADMIN


class SignIn(Base):
    """One signed-in browser, by the hash of its key, so that signing out ends it here."""

    __tablename__ = "sign_in"

    key_hash: Mapped[str] = mapped_column(primary_key=True)
    officer_id: Mapped[UUID] = mapped_column(
        ForeignKey("officer.id", ondelete="CASCADE"), index=True
    )
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    stage: Mapped[SignInStage] = mapped_column(
        default=SignInStage.WHOLE, server_default=SignInStage.WHOLE.value
    )


class SignInFailure(Base):
    """A failed attempt to sign in, by the hash of the e-mail tried; kept fifteen minutes."""

    __tablename__ = "sign_in_failure"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    email_hash: Mapped[str] = mapped_column(index=True)
    failed_at: Mapped[datetime]
