"""Pages that anybody may open."""

from voice.web.public import (
    asking,
    changing,
    chatting,
    classes,
    declining,
    doors,
    embedding,
    helping,
    hub,
    judging,
    kiosk,
    printing,
    returning,
    sending,
    starting,
    teaching,
    young,
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
    "embedding",
    "helping",
    "hub",
    "judging",
    "kiosk",
    "printing",
    "returning",
    "sending",
    "starting",
    "teaching",
    "young",
]
