"""A question on a page, or a group of them: ask, keep what is answered, go on to the next."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, Press
from voice.web.public.asked import Sent, read_form, read_page
from voice.web.public.blueprint import blueprint
from voice.web.public.drawing import draw
from voice.web.public.found import get_asked, next_address
from voice.web.public.helped import answer_with_help, draw_lost, has_workers_part
from voice.web.public.keeping import keep, keep_anew
from voice.web.public.starting import get_consultation
from voice.web.public.too_large import draw_too_large, takes_files
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
    """Ask what stands on the page of this question, with the answers given before."""
    response = find_response(slug)
    if response is None:
        return redirect(url_for(".start", slug=slug))
    asked = get_asked(response.consultation, response, code)
    if response.submitted_at is not None or not asked.is_on_path:
        return redirect(next_address(response))
    return draw(asked, asked.given, Press(blank=True))


@blueprint.post("/consultations/<slug>/questions/<code>")
@open_to(EVERYBODY)
@takes_files
def answer(slug: str, code: str) -> ResponseReturnValue:
    """Keep the answers and go on; what cannot be taken comes back with every word in it."""
    response = find_response(slug, to_change=True)
    consultation = get_consultation(slug) if response is None else response.consultation
    asked = get_asked(consultation, response, code)
    if (too_large := draw_too_large(asked)) is not None:
        return too_large
    form = Press()
    typed = request.form
    page = asked.sent_from(typed.getlist("shown"))
    sent = {each.code: read_form(each, typed) for each in page}
    if "stay" in typed:  # pressed on a kiosk's warning: the clock begins again
        return draw(asked, sent, Press(blank=True), page=page)
    if response is None and has_workers_part(code):
        return draw_lost(asked, sent.get(code, Sent(())))
    if response is not None and asked.helped is not None:
        return answer_with_help(asked, response, sent[asked.question.code], form)
    if not form.validate_on_submit():
        return draw(asked, sent, form, page=page, expired=EXPIRED)
    chosen = dict.fromkeys(sent, Sent(())) if "skip" in typed else sent
    read = read_page(page, chosen, asked.survey.audience)
    if read.errors:
        return draw(asked, sent, form, page=page, errors=read.errors)
    if response is None:
        return keep_anew(consultation, read.answers, tuple(sent.values()), form.press_key)
    return keep(response, read.answers)
