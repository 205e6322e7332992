"""Pages that anybody may open."""

from voice.web.public import (
    asking,
    chatting,
    doors,
    hub,
    kiosk,
    printing,
    returning,
    sending,
    starting,
)
from voice.web.public.blueprint import blueprint

__all__ = [
    "asking",
    "blueprint",
    "chatting",
    "doors",
    "hub",
    "kiosk",
    "printing",
    "returning",
    "sending",
    "starting",
]
