"""Pages for the people who work at the council."""

from voice.web.officers.blueprint import blueprint

__all__ = ["blueprint"]
