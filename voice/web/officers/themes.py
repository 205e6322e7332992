"""The themes of a question at a glance, and one theme with all that is behind it."""

from uuid import UUID

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from voice.models import Consultation, Theme
from voice.reports.figures import rate_words
from voice.services import (
    checking,
    outcomes,
    results,
    theme_log,
    theme_views,
    themes,
)
from voice.services.theme_behind import Behind
from voice.services.theme_comments import PageOfComments, note_read, read_comments
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation, page_number
from voice.web.officers.theme_forms import (
    KINDS,
    DescribeForm,
    Errors,
    MoveForm,
    RenameForm,
    SayingForm,
    ThemeForm,
)
from voice.web.session import current_session, keeps, now, signed_in_officer


@blueprint.get("/consultations/<slug>/questions/<code>/themes")
@open_to(*TEAM_ROLES)
def list_themes(slug: str, code: str) -> ResponseReturnValue:
    """Show the themes of one question, those that most people raise first."""
    return draw_list(get_consultation(slug), code)


@blueprint.post("/consultations/<slug>/questions/<code>/themes")
@open_to(*EDITOR_ROLES)
def find_themes(slug: str, code: str) -> ResponseReturnValue:
    """Ask a worker to find the themes of this question."""
    consultation = get_consultation(slug)
    if not PressForm().validate_on_submit():
        return draw_list(consultation, code, error=EXPIRED, status=422)
    officer = signed_in_officer()
    themes.ask_for_analysis(current_session(), consultation, code, officer, now=now())
    return redirect(url_for(".list_themes", slug=slug, code=code), code=303)


@blueprint.get("/themes/<uuid:theme_id>")
@open_to(*TEAM_ROLES)
@keeps
def show_theme(theme_id: UUID) -> ResponseReturnValue:
    """Show one theme and, to those who may, all that can be changed and the comments behind it.

    That somebody read the comments goes into the audit trail.
    """
    page, officer = draw_theme(theme_id), signed_in_officer()
    if officer.may_read_answers:
        note_read(current_session(), officer, theme_id, now=now())
    return page


def draw_list(
    consultation: Consultation, code: str, *, error: str | None = None, status: int = 200
) -> ResponseReturnValue:
    """Return the page of a question's themes, with what stood in the way."""
    session = current_session()
    page = render_template(
        "officers/themes.html",
        consultation=consultation,
        found=theme_views.read_themes(session, consultation, code),
        rate=rate_words(results.read_rate(session, consultation)),
        learning=checking.learning(session, consultation, code),
        now=now(),
        newest=theme_log.find_newest(session, consultation, code),
        undone=theme_log.find_undone(session, consultation, code),
        form=PressForm(formdata=None),
        errors=[("", error)] if error else [],
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, status)


def draw_theme(
    theme_id: UUID,
    *,
    errors: Errors | None = None,
    typed: ThemeForm | None = None,
    saying: SayingForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """Return a theme's page, with what stood in the way and the words that were typed."""
    session = current_session()
    theme, consultation = themes.get_theme(session, signed_in_officer(), theme_id)
    behind = Behind.read(session, consultation, theme.question)
    found = theme_views.read_themes(session, consultation, theme.question, behind=behind)
    page = render_template(
        "officers/theme.html",
        consultation=consultation,
        theme=theme,
        view=found.find(theme.id),
        found=found,
        rate=rate_words(results.read_rate(session, consultation)),
        outcome=outcomes.find_live(session, theme),
        form=ThemeForm(formdata=None, edition=theme.edition),
        label=typed.label.data if isinstance(typed, RenameForm) else theme.label,
        described=_described(theme, typed),
        comments=_comments(consultation, theme, behind),
        moving=typed if isinstance(typed, MoveForm) else MoveForm(formdata=None),
        saying=saying or SayingForm(formdata=None),
        due_day=saying.due_day if saying else {},
        asks_young=outcomes.asks_young(consultation),
        kinds=[(kind.value, words) for kind, words in KINDS.items()],
        errors=errors or [],
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, status)


def _comments(consultation: Consultation, theme: Theme, behind: Behind) -> PageOfComments | None:
    """Return a page of what is behind a theme, for those who may read people's own words."""
    if not signed_in_officer().may_read_answers or theme.merged_into_id is not None:
        return None
    return read_comments(
        current_session(), consultation, theme, behind=behind, number=page_number()
    )


def _described(theme: Theme, typed: ThemeForm | None) -> dict[str, str]:
    """Return the note and the keywords, a line each, or what was typed in their place."""
    if isinstance(typed, DescribeForm):
        return {"note": typed.note.data or "", "keywords": typed.keywords.data or ""}
    return {"note": theme.description, "keywords": "\n".join(theme.words)}
