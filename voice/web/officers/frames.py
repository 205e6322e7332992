"""A coding frame for a question: from a file, typed, or from another list; looked at, then used."""

from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.analysis.coding.frame_sheets import FrameFaultsError, read_lines, read_typed
from voice.analysis.coding.frames import Frame
from voice.errors import ChangedMeanwhileError, NotFoundError
from voice.services import frames, themes
from voice.spreadsheets import SpreadsheetError, read_table
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.attachments import MEDIA_TYPES, attach, note_taken
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps, now, signed_in_officer

MAX_FILE_BYTES = 1_000_000
MOST_FAULTS = 20
CHANGED = (
    "Somebody changed a theme of this question while you had the page open. Nothing was changed. "
    "Look at what the frame would do now, and press the button again"
)
Errors = list[tuple[str, str]]


@blueprint.route("/consultations/<slug>/questions/<code>/themes/frame", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
def start_frame(slug: str, code: str) -> ResponseReturnValue:
    """Take a frame in, and show what using it would change."""
    if request.method == "GET":
        return _draw_start(slug, code)
    request.max_content_length = MAX_FILE_BYTES
    if not PressForm().validate_on_submit():
        return _draw_start(slug, code, [("", EXPIRED)])
    field = request.form.get("from", "")
    try:
        frame = _read(slug, code, field)
    except FrameFaultsError as refused:
        return _draw_start(slug, code, [(field, _in_words(each)) for each in refused.faults])
    except SpreadsheetError as refused:
        return _draw_start(slug, code, [("file", str(refused))])
    except NotFoundError:
        return _draw_start(slug, code, [(field, "Choose where the themes come from")])
    return _draw_preview(slug, code, frame)


@blueprint.post("/consultations/<slug>/questions/<code>/themes/frame/use")
@open_to(*EDITOR_ROLES)
def use_frame(slug: str, code: str) -> ResponseReturnValue:
    """Let the themes of the frame that was looked at be those of the question."""
    session, consultation, officer = current_session(), get_consultation(slug), signed_in_officer()
    themes.get_question(consultation, code)
    try:
        frame = frames.unpack(request.form.get("frame", ""))
        if not PressForm().validate_on_submit():
            return _draw_preview(slug, code, frame, [("", EXPIRED)])
        frames.check_unchanged(session, consultation, code, request.form.get("seen", ""))
        frames.use(session, consultation, code, frame, officer, now=now())
    except ChangedMeanwhileError:
        return _draw_preview(slug, code, frame, [("", CHANGED)], status=409)
    except FrameFaultsError as refused:
        return _draw_start(slug, code, [("", _in_words(each)) for each in refused.faults])
    return redirect(url_for(".list_themes", slug=slug, code=code, notice="frame"), code=303)


@blueprint.get("/consultations/<slug>/questions/<code>/themes/frame.csv")
@open_to(*TEAM_ROLES)
@keeps
def download_frame(slug: str, code: str) -> ResponseReturnValue:
    """Give the list as it stands as a frame."""
    consultation = get_consultation(slug)
    themes.get_question(consultation, code)
    written = frames.frame_file(frames.present(current_session(), consultation, code))
    note_taken(consultation, "frame")
    return attach(written, f"frame-{slug}-{code}.csv", media_type=MEDIA_TYPES["csv"])


def _read(slug: str, code: str, field: str) -> Frame:
    """Return what came in as a frame that may be used.

    Raises:
        FrameFaultsError, SpreadsheetError: with what is wrong.
        NotFoundError: if nothing was chosen.
    """
    session, consultation = current_session(), get_consultation(slug)
    if field == "typed":
        lines = read_typed(request.form.get("typed", ""))
    elif field == "source":
        source = _id(request.form.get("source", ""))
        taken = frames.from_source(session, signed_in_officer(), consultation, code, source)
        lines = list(enumerate(taken, start=1))
    else:
        handed_in = request.files.get("file")
        if handed_in is None or not handed_in.filename:
            raise SpreadsheetError("Choose a CSV or XLSX file")
        with handed_in.stream:
            table = read_table(handed_in.stream.read(), name=handed_in.filename)
        filled = ((row.number, row.cells) for row in table.rows if not row.is_empty)
        lines = read_lines(table.columns, filled)
    return frames.check(session, consultation, code, lines)


def _id(raw: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError as error:
        raise NotFoundError("signed list") from error


def _in_words(fault: tuple[int, str]) -> str:
    number, words = fault
    sentence = words[:1].upper() + words[1:]
    return f"Line {number}: {words}" if number else sentence


def _draw_start(slug: str, code: str, errors: Errors | None = None) -> ResponseReturnValue:
    session, consultation = current_session(), get_consultation(slug)
    question, errors = themes.get_question(consultation, code), errors or []
    sources = frames.list_sources(session, signed_in_officer(), consultation, code)
    page = render_template(
        "officers/frame.html",
        consultation=consultation,
        question=question,
        sources=[(one.id, one.words) for one in sources],
        typed=request.form.get("typed", ""),
        chosen=request.form.get("source", ""),
        form=PressForm(formdata=None),
        errors=errors[:MOST_FAULTS],
        more=len(errors[MOST_FAULTS:]),
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if errors else 200)


def _draw_preview(
    slug: str, code: str, frame: Frame, errors: Errors | None = None, *, status: int = 422
) -> ResponseReturnValue:
    session, consultation = current_session(), get_consultation(slug)
    page = render_template(
        "officers/frame_preview.html",
        consultation=consultation,
        question=themes.get_question(consultation, code),
        preview=frames.preview(session, consultation, code, frame),
        packed=frames.pack(frame),
        form=PressForm(formdata=None),
        errors=errors or [],
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, status if errors else 200)
