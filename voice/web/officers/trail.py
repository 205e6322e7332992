"""Who did what: the audit trail, for the administrator."""

from datetime import datetime, time, timedelta
from urllib.parse import urlencode
from uuid import UUID

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.clock import from_london
from voice.models import Role
from voice.services import audit, audit_reading
from voice.services.audit_reading import THE_SERVICE, Wanted
from voice.services.storing import saving
from voice.web.access import open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.moment_fields import NOT_A_DAY, read_day, typed_day
from voice.web.session import current_session, now, service, signed_in_officer

ANYBODY = ("", "Anybody")
ANYTHING = ("", "Anything")


@blueprint.get("/trail")
@open_to(Role.ADMIN)
def show_trail() -> ResponseReturnValue:
    """List fifty entries, filtered as the address asks; on wish, check the whole chain.

    That somebody looked is written down once all is read: a long look holds nobody up.
    """
    session = current_session()
    wanted, errors = _read_wanted()
    checked = audit.check(session) if "check" in request.args else None
    page = max(1, request.args.get("page", 1, type=int))
    lines, has_more = audit_reading.read_page(session, wanted, page=page)
    drawn = render_template(
        "officers/trail.html",
        lines=lines,
        people=_people(),
        actions=[ANYTHING, *((one, one) for one in audit_reading.list_actions(session))],
        typed=request.args,
        days={name: typed_day(request.args, name) for name in ("since", "until")},
        errors=errors,
        wrong=dict(errors),
        before=_address_of(page - 1) if page > 1 else None,
        after=_address_of(page + 1) if has_more else None,
        checked=checked,
    )
    with saving(service().database) as kept:
        audit.record(kept, signed_in_officer(), "audit trail read", f"page {page}", now=now())
    return make_response(drawn, 422 if errors else 200)


def _people() -> list[tuple[str, str]]:
    known = audit_reading.list_people(current_session())
    named = [(str(each.id), f"{each.name}, {each.email}") for each in known]
    return [ANYBODY, (THE_SERVICE, "The service itself"), *named]


def _read_wanted() -> tuple[Wanted, list[tuple[str, str]]]:
    """Return what the address asks for, and what is wrong with it by field."""
    days, errors = {}, []
    for name in ("since", "until"):
        typed = typed_day(request.args, name)
        days[name] = read_day(typed)
        if any(typed.values()) and days[name] is None:
            errors.append((name, NOT_A_DAY))
    who = request.args.get("who", "")
    since, until = days["since"], days["until"]
    midnight = time()
    wanted = Wanted(
        who=who if who == THE_SERVICE else _read_id(who),
        action=request.args.get("what", ""),
        subject=request.args.get("subject", "").strip(),
        since=from_london(datetime.combine(since, midnight)) if since else None,
        until=from_london(datetime.combine(until + timedelta(days=1), midnight)) if until else None,
    )
    return wanted, errors


def _read_id(raw: str) -> UUID | None:
    try:
        return UUID(raw)
    except ValueError:
        return None


def _address_of(page: int) -> str:
    kept = {name: words for name, words in request.args.items() if name not in {"page", "check"}}
    return f"{url_for('.show_trail')}?{urlencode(kept | {'page': str(page)})}"
