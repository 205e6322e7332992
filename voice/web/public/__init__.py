"""Pages that anybody may open."""

from voice.web.public import (
    asking,
    changing,
    chatting,
    classes,
    declining,
    doors,
    helping,
    hub,
    kiosk,
    printing,
    returning,
    sending,
    starting,
    teaching,
)
from voice.web.public.blueprint import blueprint

__all__ = [
    "asking",
    "blueprint",
    "changing",
    "chatting",
    "classes",
    "declining",
    "doors",
    "helping",
    "hub",
    "kiosk",
    "printing",
    "returning",
    "sending",
    "starting",
    "teaching",
]
