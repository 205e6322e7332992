"""A briefing or a handout as one HTML page that stands alone: no script, no outside request."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from voice.reports.briefing import Briefing, printable
from voice.reports.handout import Handout
from voice.resources import templates_folder


def briefing_page(briefing: Briefing) -> str:
    """Return the page about `briefing`."""
    return _render("reports/briefing.html", briefing=briefing)


def handout_page(handout: Handout) -> str:
    """Return the page of `handout`."""
    return _render("reports/handout.html", handout=handout)


def _render(template: str, **values: object) -> str:
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return printable(environment.get_template(template).render(**values))
