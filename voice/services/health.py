"""Whether the service can do its work now."""

from functools import lru_cache

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from voice.models import Consultation
from voice.resources import migrations_folder


def is_healthy(session: Session) -> bool:
    """Return whether the store answers and its schema is the newest one.

    Raises:
        DBAPIError: if the store does not answer.
    """
    session.execute(select(Consultation.id).limit(1))
    version: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return version == newest_schema()


@lru_cache(maxsize=1)
def newest_schema() -> str:
    """Return the number of the newest migration."""
    names = (path.name for path in (migrations_folder() / "versions").glob("[0-9]*.py"))
    return max(names).partition("_")[0]
