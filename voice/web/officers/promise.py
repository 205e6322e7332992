"""By when the themes of a consultation are answered, in public, and who hears of it if not."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, StringField

from voice.errors import ChangedMeanwhileError
from voice.models import Consultation
from voice.services import answer_board
from voice.services.answer_board import MAX_NAME_CHARS, NewPromise
from voice.web.access import PUBLISHER_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.moment_fields import NOT_A_DAY, read_day, typed_day, write_day
from voice.web.session import current_session, now, signed_in_officer

CONFLICT = 409
CHANGED = (
    "Somebody else changed this meanwhile. Read what they promised, and press again if yours stands"
)
NOT_TO_COME = "Enter a day that is still to come, like 27 3 2027"
_NAME = f"Write a name or a role of up to {MAX_NAME_CHARS} characters"
_REACH = "Write an e-mail address, like name@example.org"
REFUSALS = {
    "promised": NOT_TO_COME,
    "second": _NAME,
    "third": _NAME,
    "second_reach": _REACH,
    "third_reach": _REACH,
}


class PromiseForm(PressForm):
    """Who hears of what is late; the day is in three fields of its own."""

    second = StringField()
    second_reach = StringField()
    third = StringField()
    third_reach = StringField()
    edition = IntegerField(default=0)


@blueprint.get("/consultations/<slug>/promise")
@open_to(*PUBLISHER_ROLES)
def show_promise(slug: str) -> ResponseReturnValue:
    """Show the day that was promised, or a form for it."""
    return _draw(get_consultation(slug))


@blueprint.post("/consultations/<slug>/promise")
@open_to(*PUBLISHER_ROLES)
def keep_promise(slug: str) -> ResponseReturnValue:
    """Promise a day; what is wrong comes back as it was typed."""
    consultation, form = get_consultation(slug), PromiseForm()
    if not form.validate_on_submit():
        return _draw(consultation, form, error=("promised", EXPIRED))
    day = read_day(typed_day(request.form, "promised"))
    if day is None:
        return _draw(consultation, form, error=("promised", NOT_A_DAY))
    boxes = (form.second, form.second_reach, form.third, form.third_reach)
    new = NewPromise(day, *(each.data or "" for each in boxes))
    session, officer, edition = current_session(), signed_in_officer(), form.edition.data or 0
    try:
        answer_board.keep_promise(session, consultation, officer, new, edition=edition, now=now())
    except ValueError as refused:
        return _draw(consultation, form, error=(str(refused), REFUSALS[str(refused)]))
    except ChangedMeanwhileError:
        return _draw(consultation, form, error=("promised", CHANGED), status=CONFLICT)
    return redirect(url_for(".list_outcomes", notice="promised"), code=303)


def _draw(
    consultation: Consultation,
    typed: PromiseForm | None = None,
    *,
    error: tuple[str, str] | None = None,
    status: int = 422,
) -> ResponseReturnValue:
    kept = answer_board.find_promise(current_session(), consultation)
    form = typed or PromiseForm(formdata=None, obj=kept)
    if status == CONFLICT:
        form.edition.data = kept.edition if kept else 0
    day = write_day(kept.promised_on) if kept else {}
    page = render_template(
        "officers/promise.html",
        consultation=consultation,
        form=form,
        meanwhile=kept if status == CONFLICT else None,
        day=typed_day(request.form, "promised") if typed else day,
        errors=[error] if error else [],
        wrong=dict([error]) if error else {},
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, status if error else 200)
