"""The briefing as one HTML page that stands alone: no script, no outside request, fit to print."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from voice.reports.briefing import Briefing, printable
from voice.resources import templates_folder


def briefing_page(briefing: Briefing) -> str:
    """Return the page about `briefing`."""
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return printable(environment.get_template("reports/briefing.html").render(briefing=briefing))
