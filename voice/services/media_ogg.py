"""Voice notes in Ogg, as Telegram sends them: the comments are overwritten in their place."""

from collections.abc import Iterator
from functools import lru_cache

_HEAD = 27
_GOES_ON = 0x01


def clean_ogg(content: bytes) -> bytes:
    """Return the recording with its comments emptied, each page as long as it was.

    Source: RFC 3533 for pages, RFC 7845 section 5.2: what follows the comments is padding.

    Raises:
        ValueError: if it is not one whole stream of Opus.
    """
    cleaned = bytearray(content)
    pages = list(_pages(content))
    streams = {content[at + 14 : at + 18] for at, _, _ in pages}
    if len(pages) < 3 or len(streams) > 1:
        raise ValueError("not one stream")
    first_body = content[pages[0][1] : pages[0][2]]
    if first_body[:8] != b"OpusHead":
        raise ValueError("not Opus")
    _empty_comments(cleaned, pages)
    return bytes(cleaned)


def _pages(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield where each page begins, where its body does, and where it ends."""
    at = 0
    while at < len(content):
        if content[at : at + 5] != b"OggS\0" or at + _HEAD > len(content):
            raise ValueError("no page")
        body = at + _HEAD + content[at + 26]
        end = body + sum(content[at + _HEAD : body])
        if end > len(content):
            raise ValueError("half a page")
        yield at, body, end
        at = end


def _empty_comments(cleaned: bytearray, pages: list[tuple[int, int, int]]) -> None:
    """Overwrite the second packet, which ends with its page, with no words and padding."""
    if bytes(cleaned[pages[1][1] : pages[1][1] + 8]) != b"OpusTags":
        raise ValueError("no comments where they must be")
    nothing = b"OpusTags" + bytes(8)  # no maker, no comments
    for place, (at, body, end) in enumerate(pages[1:]):
        goes_on = bool(cleaned[at + 5] & _GOES_ON)
        if place and not goes_on:
            return
        fresh = nothing if not place else b""
        if end - body < len(fresh):
            raise ValueError("comments too short")
        cleaned[body:end] = fresh + bytes(end - body - len(fresh))
        cleaned[at + 22 : at + 26] = bytes(4)
        cleaned[at + 22 : at + 26] = _checksum(bytes(cleaned[at:end])).to_bytes(4, "little")
        if cleaned[body - 1] < 255:  # the packet ends in this page
            return


def _checksum(page: bytes) -> int:
    table, total = _table(), 0
    for byte in page:
        total = (total << 8) & 0xFFFFFFFF ^ table[total >> 24 ^ byte]
    return total


@lru_cache(maxsize=1)
def _table() -> tuple[int, ...]:
    """Return the table of Ogg's checksum: the polynomial 0x04c11db7, not reflected."""
    made = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        made.append(value & 0xFFFFFFFF)
    return tuple(made)
