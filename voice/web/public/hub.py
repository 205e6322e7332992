"""The front page, what came of it all, and the pages that every page links to."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from voice.services import (
    announcements,
    chat_timers,
    consultations,
    links,
    public_questions,
)
from voice.services.health import is_healthy
from voice.web.access import EVERYBODY, open_to
from voice.web.public.answered import ABOUT_DEMO
from voice.web.public.blueprint import blueprint
from voice.web.public.ways import newcomers_survey
from voice.web.session import current_session, now, settings


@blueprint.get("/")
@open_to(EVERYBODY)
def hub() -> ResponseReturnValue:
    """Show what is open to answer, and what has closed."""
    begun = consultations.list_public(current_session(), now=now())
    elsewhere = links.judging_pages(current_session())
    shown = [(each, newcomers_survey(each)) for each in begun if each.id not in elsewhere]
    return render_template(
        "public/hub.html",
        announced=announcements.announced(current_session(), begun),
        takes_questions=public_questions.has_any(current_session()),
        open_now=[pair for pair in shown if pair[0].is_open(now())],
        closed=[
            (each, survey)
            for each, survey in reversed(shown)
            if not each.is_open(now()) and each.archived_at is None
        ],
        demonstration=next((ABOUT_DEMO for each in begun if each.demonstration), None),
    )


def _well() -> str:
    """Return "ok", and under it how many messages are late, which stops nobody from answering."""
    late = chat_timers.count_late(current_session(), settings(), now=now())
    return f"ok\n{_LATE.format(number=late)}\n" if late else "ok\n"


_LATE = "{number} planned chat messages are an hour late: is the worker running? Its log says why"


@blueprint.get("/help")
@open_to(EVERYBODY)
def help_page() -> ResponseReturnValue:
    """Show who to ring, first of all 999, and what happens when somebody tells us of danger."""
    return render_template("public/help.html", exit_page=True)


@blueprint.get("/privacy")
@open_to(EVERYBODY)
def privacy() -> ResponseReturnValue:
    """Say what is kept, who reads it and how to have it deleted.

    Whoever reads it may have come from a victim's or a child's survey: they can leave at once.
    """
    return render_template("public/privacy.html", exit_page=True)


@blueprint.get("/accessibility")
@open_to(EVERYBODY)
def accessibility() -> ResponseReturnValue:
    """Show the accessibility statement; whoever reads it can leave at once, as on privacy."""
    return render_template("public/accessibility.html", exit_page=True)


@blueprint.get("/cookies")
@open_to(EVERYBODY)
def cookies() -> ResponseReturnValue:
    """Say which cookies there are: only those without which answering cannot work."""
    return render_template("public/cookies.html", exit_page=True)


@blueprint.get("/health")
@open_to(EVERYBODY)
def health() -> ResponseReturnValue:
    """Answer "ok" while the store works and its schema is the newest; and say what is late."""
    well = is_healthy(current_session())
    reply = make_response(_well() if well else "the schema is not the newest\n")
    reply.status_code = 200 if well else 503
    reply.mimetype = "text/plain"
    return reply
