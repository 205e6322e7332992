"""What was published as a feed that any reader of news can follow."""

from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

from voice.reports.briefing import printable

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that was published; `name` stays the same for ever."""

    name: str
    title: str
    words: str
    address: str
    published_at: datetime


def atom_feed(title: str, address: str, entries: tuple[FeedEntry, ...]) -> bytes:
    """Return the entries, the newest first, as a feed that is itself found at `address`.

    Source: RFC 4287, The Atom Syndication Format.
    """
    feed = ElementTree.Element("feed", xmlns=_ATOM)
    newest = max((each.published_at for each in entries), default=None)
    _say(feed, "title", title)
    _say(feed, "id", address)
    _say(feed, "updated", newest.isoformat() if newest else "1970-01-01T00:00:00+00:00")
    ElementTree.SubElement(feed, "link", rel="self", href=address)
    _say(ElementTree.SubElement(feed, "author"), "name", title)
    for each in entries:
        entry = ElementTree.SubElement(feed, "entry")
        _say(entry, "title", each.title)
        _say(entry, "id", each.name)
        _say(entry, "updated", each.published_at.isoformat())
        _say(entry, "published", each.published_at.isoformat())
        ElementTree.SubElement(entry, "link", href=each.address)
        _say(entry, "content", each.words, type="text")
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _say(parent: ElementTree.Element, tag: str, words: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, tag, attributes).text = printable(words)
