"""One question on a page: ask it, keep its answer, go on to the next."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.asked import Sent, read_form, read_sent
from voice.web.public.blueprint import blueprint
from voice.web.public.drawing import draw, get_asked, next_address
from voice.web.public.helped import answer_with_help
from voice.web.public.keeping import keep, keep_anew
from voice.web.public.starting import get_consultation
from voice.web.public.visitors import find_response


@blueprint.get("/consultations/<slug>/questions")
@open_to(EVERYBODY)
def go_on(slug: str) -> ResponseReturnValue:
    """Go to the first question without an answer, or to the check of all answers."""
    response = find_response(slug)
    if response is None:
        return redirect(url_for(".start", slug=slug))
    return redirect(next_address(response))


@blueprint.get("/consultations/<slug>/questions/<code>")
@open_to(EVERYBODY)
def ask(slug: str, code: str) -> ResponseReturnValue:
    """Ask one question, with the answer given before."""
    response = find_response(slug)
    if response is None:
        return redirect(url_for(".start", slug=slug))
    asked = get_asked(response.consultation, response, code)
    if response.submitted_at is not None or not asked.is_on_path:
        return redirect(next_address(response))
    return draw(asked, asked.given, PressForm(formdata=None))


@blueprint.post("/consultations/<slug>/questions/<code>")
@open_to(EVERYBODY)
def answer(slug: str, code: str) -> ResponseReturnValue:
    """Keep the answer and go on; what cannot be taken comes back with the words in it."""
    consultation = get_consultation(slug)
    response = find_response(slug, to_change=True)
    asked = get_asked(consultation, response, code)
    form = PressForm()
    sent = read_form(asked.question, request.form)
    if "stay" in request.form:  # pressed on a kiosk's warning: the clock begins again
        return draw(asked, sent, PressForm(formdata=None))
    if response is not None and asked.helped is not None:
        return answer_with_help(asked, response, sent, form)
    chosen = Sent(()) if "skip" in request.form else sent
    given, error = read_sent(asked.question, chosen, asked.survey.audience)
    if not form.validate_on_submit():
        return draw(asked, sent, form, error=EXPIRED, status=422)
    if given is None:
        return draw(asked, sent, form, error=error, status=422)
    if response is None:
        return keep_anew(consultation, given, sent, form.press_key)
    return keep(response, given)
