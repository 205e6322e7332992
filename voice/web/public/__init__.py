"""Pages that anybody may open."""

from voice.web.public.blueprint import blueprint

__all__ = ["blueprint"]
