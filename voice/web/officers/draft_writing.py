"""The pages on which a question, and what stands above them all, are written."""

from collections.abc import Mapping
from typing import Any

from flask import Response as Reply
from flask import make_response, render_template

from surveys.checking.hard_words import reading_age_of
from surveys.drafting import sketch as sketches
from surveys.drafting.fields import heading_fields, kinds
from surveys.drafting.sketch import Sketch, Sketched
from voice.models import Draft
from voice.services import drafts
from voice.web.forms import PressForm
from voice.web.officers.draft_fields import draw_fields, draw_route, linked
from voice.web.officers.draft_preview import preview_of

_HEADING = ("title", "audience", "about")
_FIRST = ("text", "hint")
_LAST = ("required",)
_MORE = ("section", "intro", "code", "printed_number", "printed_note", "on_screen")


def draw_question(
    draft: Draft, sketch: Sketch, question: Sketched, *, error: str | None = None, status: int = 200
) -> Reply:
    """Return the page on which a question is written, with what is typed in it."""
    is_there = sketch.find(question.key) is not None
    shown = sketches.rewrite(sketch, question.key, question.written) if is_there else sketch
    checked = drafts.check_draft(draft)
    problems = checked.reading.problems_of(question.key) if error is None else ()
    kind = kinds().get(question.kind)
    fields = {each.name: each for each in kind.fields} if kind else {}
    own = [each.name for each in kind.own_fields] if kind else []
    main = [fields[name] for name in (*_FIRST, *own, *_LAST) if name in fields]
    more = [fields[name] for name in fields if name not in {*_FIRST, *own, *_LAST, "ask_if"}]
    more.sort(key=lambda each: _MORE.index(each.name) if each.name in _MORE else len(_MORE))
    is_sound = checked.reading.keys.get(question.code) == question.key
    page = render_template(
        "officers/draft_question.html",
        draft=draft,
        question=question,
        place=sketch.place_of(question.key) + 1 if is_there else len(sketch.questions) + 1,
        last=len(sketch.questions),
        kind=kind,
        kinds=[(each.name, each.label) for each in kinds().values()],
        main=draw_fields(main, question.written, problems),
        more=draw_fields(more, question.written, problems),
        route=draw_route(shown, question) if is_there else None,
        route_error="; ".join(e.message for e in problems if e.field[:1] == ("ask_if",)) or None,
        notes=[n for n in checked.notes if is_sound and n.finding.question == question.code],
        preview=preview_of(checked.reading.survey, question.code) if is_sound else None,
        age=round(reading_age_of(str(question.written.get("text") or ""))),
        form=PressForm(formdata=None),
        to_mend=linked(problems),
        errors=[("", error)] if error else [],
    )
    return make_response(page, status)


def draw_heading(
    draft: Draft, heading: Mapping[str, Any], *, error: str | None = None, status: int = 200
) -> Reply:
    """Return the page for the title and the start page, with what is typed in it."""
    checked = drafts.check_draft(draft)
    problems = checked.reading.problems_of("") if error is None else ()
    problems = tuple(each for each in problems if each.field != ("questions",))
    fields = {each.name: each for each in heading_fields()}
    main = [fields.pop(name) for name in _HEADING if name in fields]
    more = list(fields.values())
    page = render_template(
        "officers/draft_heading.html",
        draft=draft,
        main=draw_fields(main, heading, problems),
        more=draw_fields(more, heading, problems),
        notes=[note for note in checked.notes if not note.finding.question],
        form=PressForm(formdata=None),
        to_mend=linked(problems),
        errors=[("", error)] if error else [],
    )
    return make_response(page, status)
