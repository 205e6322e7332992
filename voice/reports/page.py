"""A briefing or a handout as one HTML page that stands alone: no script, no outside request."""

from voice.reports.briefing import Briefing, printable
from voice.reports.drawing import draw_report
from voice.reports.handout import Handout


def briefing_page(briefing: Briefing) -> str:
    """Return the page about `briefing`."""
    return printable(draw_report("briefing.html", briefing=briefing))


def handout_page(handout: Handout) -> str:
    """Return the page of `handout`."""
    return printable(draw_report("handout.html", handout=handout))
