"""Keep the answers that a page sent in, whatever became of the browser meanwhile."""

from collections.abc import Sequence

from flask import make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Reply

from surveys.answers import Answer
from voice.errors import ConsultationClosedError
from voice.models import Consultation, Response
from voice.services import responses
from voice.services.responses import Begun
from voice.web.public.asked import Sent
from voice.web.public.beginning import begin_anew
from voice.web.public.found import next_address
from voice.web.public.visitors import ANSWERS_COOKIE, first_key, let_go, remember
from voice.web.session import current_session, now


def keep(response: Response, given: Sequence[Answer], *, is_worried: bool = False) -> Reply:
    """Keep the answers in place of any before; the same page sent twice is one answer (REL-2).

    Answers that were sent in already stay as they are; the receipt says so. Whoever does not
    agree to what they must agree to is thanked, and nothing of theirs is kept. `is_worried` says
    that something else on the page raised a concern, so that help is shown.
    """
    session, slug = current_session(), response.consultation.slug
    if response.submitted_at is not None:
        before = responses.answers_of(response)
        is_new = any(before.get(each.question) != each for each in given)
        return redirect(url_for(".sent", slug=slug, unkept="yes" if is_new else None))
    # What was typed on the same page is screened first: help for somebody in danger goes on.
    raised = responses.record_answers(session, response, given, now=now())
    if responses.has_declined(response):
        responses.forget_response(session, response)
        return let_go(redirect(url_for(".declined", slug=slug)), ANSWERS_COOKIE, slug)
    if raised or is_worried:
        return redirect(url_for(".thank_for_telling", slug=slug))
    return redirect(next_address(response))


def keep_anew(
    consultation: Consultation, given: Sequence[Answer], sent: Sequence[Sent], press_key: str
) -> Reply:
    """Keep the answers of a browser that lost its key while the page was open, once for a press.

    When the consultation has closed meanwhile, the words are shown to whoever wrote them.
    """
    session, key, slug = current_session(), first_key(press_key), consultation.slug
    before = responses.find_by_press(session, press_key)
    if before is not None and before.consultation_id == consultation.id:
        return _with_key(keep(before, given), slug, Begun(before, key))
    try:
        begun = begin_anew(consultation, press_key)
    except ConsultationClosedError:
        typed = (words for each in sent for words in (*each.values, each.other))
        words = "\n".join(each for each in typed if each.strip())
        return make_response(render_template("errors/closed.html", words=words), 410)
    return _with_key(keep(begun.response, given), slug, begun)


def _with_key(reply: Reply, slug: str, begun: Begun) -> Reply:
    """Give the browser its key, unless there is nothing left for it to open."""
    is_gone = reply.location == url_for(".declined", slug=slug)
    return reply if is_gone else remember(reply, slug, begun)
