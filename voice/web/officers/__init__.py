"""Pages for the people who work at the council."""

from voice.web.officers import (
    briefing,
    classes,
    closing,
    concerns,
    entering,
    informing,
    links,
    outcomes,
    overview,
    responses,
    results,
    sign_in,
    theme_changes,
    themes,
)
from voice.web.officers.blueprint import blueprint

__all__ = [
    "blueprint",
    "briefing",
    "classes",
    "closing",
    "concerns",
    "entering",
    "informing",
    "links",
    "outcomes",
    "overview",
    "responses",
    "results",
    "sign_in",
    "theme_changes",
    "themes",
]
