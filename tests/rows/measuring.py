"""Consultations that measure, for the rows whose published figures are averages and ratings."""

from tests.factories import make_consultation, make_response
from tests.surveys.conftest import survey_asking


def a_grid(rows, columns, *, text="How do you rate each?"):
    """A grid called "rated": rows by label, columns by label with their scores from 1."""
    return {
        "code": "rated",
        "kind": "grid",
        "text": text,
        "rows": [{"code": f"r{n}", "label": label} for n, label in enumerate(rows)],
        "columns": [
            {"code": f"c{n}", "label": label, "score": n} for n, label in enumerate(columns, 1)
        ],
    }


def open_asking(session, *questions, **opening):
    return make_consultation(session, survey=survey_asking(*questions), slug="measured", **opening)


def rate(session, consultation, *scores, respondent=""):
    """Send in a grid with these scores from the first row on; None leaves a row out."""
    values = [f"r{row}.c{score}" for row, score in enumerate(scores) if score is not None]
    response = make_response(session, consultation, rated=values)
    if respondent:
        response.respondent = respondent
    session.flush()
    return response


def row_of(figures, label):
    """Return the cells of one row of the table, by the words of its columns."""
    cells = next(row for row in figures.table.rows if row[0] == label)
    return dict(zip(figures.table.head, cells, strict=True))
