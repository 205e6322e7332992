"""What somebody asked for in their answers, and what became of it, on the page that thanks them."""

from dataclasses import dataclass

from flask import url_for

from surveys.requests import opens_requests
from voice.models import Response
from voice.services import requests, responses
from voice.web.session import current_session, settings


@dataclass(frozen=True, slots=True)
class AskedFor:
    """One request: its words, where it stands, and what was said to it."""

    words: str
    responder: str
    outcome: str  # empty while nothing is decided
    reply: str


def asked_for(response: Response) -> dict[str, object]:
    """Return what the page needs to tell somebody the outcome, now and whenever they come back."""
    may_have_asked = opens_requests(responses.survey_for(response))
    found = requests.list_of(current_session(), response) if may_have_asked else ()
    slug = response.consultation.slug
    return {
        "requests": [
            AskedFor(each.words, each.responder, requests.outcome_in_words(each), each.reply)
            for each in found
        ],
        "request_code": requests.code_for(response, secret=settings().secret_key),
        "come_back_address": url_for(".come_back", slug=slug, _external=True),
    }


def give_code(response: Response) -> None:
    """Let whoever asked for something come back with a code, once their answers are in."""
    if not opens_requests(responses.survey_for(response)):
        return
    requests.give_code(current_session(), response, secret=settings().secret_key)
