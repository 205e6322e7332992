"""Pages for the people who work at the council."""

from voice.web.officers import briefing, concerns, overview, responses, results, sign_in
from voice.web.officers.blueprint import blueprint

__all__ = ["blueprint", "briefing", "concerns", "overview", "responses", "results", "sign_in"]
