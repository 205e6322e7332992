"""The questions of a draft as its page lists them, each with what is wrong with it."""

from typing import Any

from surveys.condition_words import asked_of
from surveys.drafting.fields import kinds
from surveys.drafting.sketch import Sketch, Sketched
from voice.services.drafts import Checked
from voice.web.officers.draft_fields import shortened


def draw_lines(sketch: Sketch, checked: Checked) -> list[dict[str, Any]]:
    """Return every question in order."""
    return [_line(place, each, checked) for place, each in enumerate(sketch.questions, start=1)]


def draw_removed(sketch: Sketch) -> list[tuple[str, str]]:
    """Return (key, words) of every question that was deleted."""
    return [(each.key, shortened(each.written.get("text"))) for _, each in sketch.removed]


def _line(place: int, question: Sketched, checked: Checked) -> dict[str, Any]:
    """Return one question as the list shows it."""
    code, survey = question.code, checked.reading.survey
    is_sound = checked.reading.keys.get(code) == question.key
    asked = survey.question(code) if survey is not None and is_sound else None
    kind = kinds().get(question.kind)
    return {
        "key": question.key,
        "place": place,
        "text": shortened(question.written.get("text")) or "No words yet",
        "kind": kind.label if kind else "No kind yet",
        "section": question.written.get("section", ""),
        "asked_of": asked_of(asked.ask_if, survey) if asked is not None and survey else "",
        "problems": checked.reading.problems_of(question.key),
        "notes": [note for note in checked.notes if is_sound and note.finding.question == code],
    }
