"""Keep an answer that a page sent in, whatever became of the browser meanwhile."""

from flask import make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Reply

from surveys.answers import Answer
from voice.errors import ConsultationClosedError
from voice.models import Consultation, Response
from voice.services import responses
from voice.services.responses import Begun
from voice.web.public.asked import Sent
from voice.web.public.beginning import begin_here
from voice.web.public.drawing import next_address
from voice.web.public.visitors import first_key, remember
from voice.web.session import current_session, now


def keep(response: Response, given: Answer, *, is_worried: bool = False) -> Reply:
    """Keep the answer in place of any before it; the same page sent twice is one answer (REL-2).

    `is_worried` says that something else on the page raised a concern, so that help is shown.

    Answers that were sent in already stay as they are; the receipt says so.
    """
    slug = response.consultation.slug
    if response.submitted_at is not None:
        is_new = responses.answers_of(response).get(given.question) != given
        return redirect(url_for(".sent", slug=slug, unkept="yes" if is_new else None))
    if responses.record_answer(current_session(), response, given, now=now()) or is_worried:
        return redirect(url_for(".thank_for_telling", slug=slug))
    return redirect(next_address(response))


def keep_anew(consultation: Consultation, given: Answer, sent: Sent, press_key: str) -> Reply:
    """Keep the answer of a browser that lost its key while the page was open, once for a press.

    When the consultation has closed meanwhile, the words are shown to whoever wrote them.
    """
    session, key = current_session(), first_key(press_key)
    before = responses.find_by_press(session, press_key)
    if before is not None and before.consultation_id == consultation.id:
        return remember(keep(before, given), consultation.slug, Begun(before, key))
    try:
        begun = begin_here(consultation, press_key)
    except ConsultationClosedError:
        words = "\n".join(each for each in (*sent.values, sent.other) if each.strip())
        return make_response(render_template("errors/closed.html", words=words), 410)
    return remember(keep(begun.response, given), consultation.slug, begun)
