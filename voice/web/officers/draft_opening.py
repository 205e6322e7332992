"""When and where a consultation opens, as the page before it was typed in."""

from datetime import date, datetime, time

from flask import request

from voice.clock import LONDON
from voice.services import wordings
from voice.services.consultations import Opening
from voice.web.officers.moment_fields import read_day, typed_day
from voice.web.session import current_session, now

LAST_MINUTE = time(23, 59)
Errors = list[tuple[str, str]]


class NotOpenedError(ValueError):
    """What was typed opens no consultation; `errors` are (field, words)."""

    def __init__(self, errors: Errors) -> None:
        super().__init__("not opened")
        self.errors = errors


def read_opening(team: str) -> Opening:
    """Return when and where a consultation opens, as the page says.

    Raises:
        NotOpenedError: if what was typed cannot be; its `errors` are (field, words).
    """
    slug = request.form.get("slug", "").strip()
    days = typed_days()
    first, last = read_day(days["opens"]), read_day(days["closes"])
    errors: Errors = []
    if not wordings.is_free_slug(current_session(), slug):
        errors.append(("slug", "Use small letters, digits and hyphens, and no address in use"))
    if first is None and any(days["opens"].values()):
        errors.append(("opens", "Enter a real first day, like 27 3 2026"))
    if last is None:
        errors.append(("closes", "Enter a real last day, like 27 3 2026"))
    elif datetime.combine(last, LAST_MINUTE, LONDON) <= _moment(first):
        errors.append(("closes", "The last day must be after the first, and not in the past"))
    if errors or last is None:
        raise NotOpenedError(errors)
    return Opening(
        slug=slug,
        team=team,
        opens_at=_moment(first),
        closes_at=datetime.combine(last, LAST_MINUTE, LONDON),
    )


def _moment(first: date | None) -> datetime:
    """Return the first minute of this day; now, without one."""
    return datetime.combine(first, time.min, LONDON) if first is not None else now()


def typed_days() -> dict[str, dict[str, str]]:
    """Return the first and the last day as they were typed, by their parts."""
    return {name: typed_day(request.form, name) for name in ("opens", "closes")}
