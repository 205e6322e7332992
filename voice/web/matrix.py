"""Who may do what, as a page: read off the addresses and the guards of the application itself."""

import inspect
from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from voice.models import Role
from voice.web.access import EVERYBODY, roles_for

_HEAD = """# Who may do what

Made from the addresses of the service and the guard of each by `voice routes --table`; a test fails
while this page is not current, and another opens every address as every role
(`tests/architecture/test_routes.py`). An address that says nothing is closed to everybody.

Whatever the role, an officer opens the consultations of their own team alone: a directorate, or a
contractor. An administrator opens those of every team. A consultation can be closed to all but the
officers named for it, administrators included (“Who may open it”). Whatever is not theirs is
answered as if it were not there. Words that raised an alert are for the safeguarding role alone.
"""
_METHODS = {"GET": "opens", "POST": "sends"}


def matrix_page(app: Flask) -> str:
    """Return the page: a line an address and method of officers, a column a role."""
    rules = sorted(
        app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ()))
    )
    titles = [role.label for role in Role]
    lines = [
        _HEAD,
        "## Officers\n",
        _line(["Address", "", "What it does", *titles]),
        _line(["---"] * (3 + len(titles))),
        *(each for rule in rules for each in _officers_lines(app, rule)),
        "\n## Everybody\n",
        "Open to anybody, signed in or not. What somebody sent is shown to the browser or the code "
        "that it came with.\n",
        *(f"- `{rule.rule}`" for rule in rules if _is_open(app, rule)),
    ]
    return "\n".join(lines) + "\n"


def _officers_lines(app: Flask, rule: Rule) -> Iterator[str]:
    if _is_open(app, rule):
        return
    allowed = roles_for(app, rule.endpoint)
    what = (inspect.getdoc(app.view_functions[rule.endpoint]) or "").partition("\n")[0]
    for method in sorted((rule.methods or set()) & set(_METHODS)):
        marks = ["yes" if role in allowed else "" for role in Role]
        yield _line([f"`{rule.rule}`", _METHODS[method], what.replace("|", "\\|"), *marks])


def _is_open(app: Flask, rule: Rule) -> bool:
    return EVERYBODY in roles_for(app, rule.endpoint)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
