"""The privacy papers: what is held of people, why, how long, and against which risks (PRI-8).

Made from the register beside the code and from the configuration as it runs now.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice.clock import moment_in_words
from voice.config import Settings
from voice.models import Consultation
from voice.reports.privacy import Held, PrivacyPapers, Risk
from voice.resources import privacy_register
from voice.services.rotation import sealed_columns


class Holding(BaseModel):
    """Columns that hold the same of the same people, for the same purpose."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: str
    columns: tuple[str, ...]
    whose: str
    purpose: str
    basis: str
    kept: str
    read_by: str


class Register(BaseModel):
    """The whole register. `not_about_people` are lists: why, and then the columns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bases: dict[str, str]
    personal: tuple[Holding, ...]
    risks: tuple[dict[str, str], ...]
    not_about_people: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=1)
def read_register() -> Register:
    """Return the register that comes with the service."""
    return Register.model_validate(YAML(typ="safe", pure=True).load(privacy_register()))


def privacy_papers(session: Session, settings: Settings, *, now: datetime) -> PrivacyPapers:
    """Return what the data protection officer needs, as the service is set up now."""
    register, council = read_register(), settings.council
    sealed = {f"{one.table.name}.{one.column.name}" for one in sealed_columns()}
    return PrivacyPapers(
        council=council.name,
        contact=", ".join(part for part in (council.email, council.phone) if part),
        made_at=moment_in_words(now),
        setting=tuple(_setting(session, settings, now=now)),
        held=tuple(_held(each, register, settings, sealed) for each in register.personal),
        risks=tuple(Risk(each["risk"], each["measures"]) for each in register.risks),
    )


def _held(each: Holding, register: Register, settings: Settings, sealed: set[str]) -> Held:
    locked = [column for column in each.columns if column in sealed]
    return Held(
        what=each.what,
        whose=each.whose,
        purpose=each.purpose,
        basis=register.bases[each.basis],
        kept=each.kept.format(months=settings.council.kept_months),
        read_by=each.read_by,
        columns=", ".join(each.columns),
        sealed=f"{len(locked)} of {len(each.columns)} columns",
    )


def _setting(session: Session, settings: Settings, *, now: datetime) -> Sequence[str]:
    """Return how the service is set up, a sentence each."""
    is_open = (Consultation.launched_at.is_not(None), Consultation.closes_at >= now)
    count = session.scalar(select(func.count()).select_from(Consultation).where(*is_open)) or 0
    store = "SQLite, a file on the council's own machine"
    if not settings.database_url.startswith("sqlite"):
        store = "PostgreSQL, on a server that the council names"
    return [
        f"Consultations that are open or will open: {count}.",
        f"The store: {store}. What people write is sealed in it; the keys lie apart from it.",
        _used("Telegram", bool(settings.telegram_token), "its terms ask for 16 years; its chats "
              "pass through its servers outside the UK"),
        _used("Sending texts", bool(settings.sms_gateway or settings.notify_key),
              "numbers and words pass through the gateway that was named"),
        _used("E-mail", bool(settings.mail_server), "letters pass through the council's mail "
              "server"),
        _used("TLS", settings.is_https, "what is sent is read by nobody on the way"),
        f"Names and unanswered questions are kept {settings.council.kept_months} months.",
        "Themes and danger are found on the council's own machine, and nowhere else.",
    ]  # fmt: skip


def _used(name: str, is_used: bool, why: str) -> str:
    return f"{name} is used: {why}." if is_used else f"{name} is not used."
