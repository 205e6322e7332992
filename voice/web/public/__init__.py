"""Pages that anybody may open."""

from voice.web.public import asking, chatting, hub, printing, sending, starting
from voice.web.public.blueprint import blueprint

__all__ = ["asking", "blueprint", "chatting", "hub", "printing", "sending", "starting"]
