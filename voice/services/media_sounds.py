"""Voice notes without what tells of people: titles, names, dates, places and pictures.

Only the sound's own frames are kept, or what is not sound is overwritten in its place, so the
sound stays as it was, bit by bit. What cannot be cleaned so is refused.
"""

from collections.abc import Iterator

from voice.services.media_ogg import clean_ogg

__all__ = ["clean_m4a", "clean_mp3", "clean_ogg", "clean_wav"]

# Source: ISO/IEC 11172-3, 13818-3: kbit/s of layer III by index, in version 1 and the others.
_MP3_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_MP3_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_MOST_CHUNKS = 10_000
# Source: ISO/IEC 14496-12: the boxes that hold others, and those that say who, when and where.
_HOLDERS = frozenset({b"moov", b"trak", b"mdia", b"minf"})
_TELLING = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip"})
_DATED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_TOP = frozenset({b"ftyp", b"moov", b"mdat", b"wide"}) | _TELLING
_BOX_HEAD = 8


def clean_wav(content: bytes) -> bytes:
    """Return the recording with its format and its sound alone.

    Raises:
        ValueError: if it has no sound.
    """
    kept = dict(_chunks(content))
    if not kept.get(b"fmt ") or not kept.get(b"data"):
        raise ValueError("no sound")
    body = b"".join(
        name + len(kept[name]).to_bytes(4, "little") + kept[name] + b"\0" * (len(kept[name]) % 2)
        for name in (b"fmt ", b"data")
    )
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WAVE" + body


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(content):
            return
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        yield content[at : at + 4], content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def clean_mp3(content: bytes) -> bytes:
    """Return the frames of the recording alone: no tags before them, none after.

    Raises:
        ValueError: if fewer than two frames follow each other.
    """
    start = at = _behind_tag(content)
    frames = 0
    while (length := _frame_bytes(content[at : at + 4])) and at + length <= len(content):
        at += length
        frames += 1
    if frames < 2:
        raise ValueError("no sound")
    return content[start:at]


def _behind_tag(content: bytes) -> int:
    """Return where the sound begins, behind an ID3v2 tag if there is one."""
    if content[:3] != b"ID3" or len(content) < 10:
        return 0
    size = sum(byte << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
    return 10 + size + (10 if content[5] & 0x10 else 0)


def _frame_bytes(head: bytes) -> int:
    """Return how long the frame with this head is; 0 if it is no head of layer III."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, rate, hertz = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or not 0 < rate < 15 or hertz == 3:
        return 0
    bits = _MP3_RATES[3 if version == 3 else 2][rate] * 1000
    samples = 144 if version == 3 else 72
    return samples * bits // _MP3_HERTZ[version][hertz] + (head[2] >> 1 & 1)


def clean_m4a(content: bytes) -> bytes:
    """Return the recording with every box that tells of people emptied in its place.

    Raises:
        ValueError: if its boxes do not fit into each other, or it holds more than sound.
    """
    cleaned = bytearray(content)
    end = _empty_boxes(cleaned, 0, len(cleaned), allowed=_TOP)
    if b"soun" not in _tracks(content) or _tracks(content) - {b"soun"}:
        raise ValueError("not sound alone")
    return bytes(cleaned[:end])


def _empty_boxes(
    cleaned: bytearray, start: int, end: int, *, allowed: frozenset[bytes] | None = None
) -> int:
    at = start
    while at + _BOX_HEAD <= end:
        size, name = int.from_bytes(cleaned[at : at + 4], "big"), bytes(cleaned[at + 4 : at + 8])
        if size < _BOX_HEAD or at + size > end or (allowed and name not in allowed):
            raise ValueError("boxes do not fit")
        if name in _TELLING:
            cleaned[at + 4 : at + size] = b"free" + b"\0" * (size - _BOX_HEAD)
        elif name in _HOLDERS:
            _empty_boxes(cleaned, at + _BOX_HEAD, at + size)
        elif name in _DATED:
            width = 16 if cleaned[at + _BOX_HEAD] == 1 else 8
            cleaned[at + 12 : at + 12 + width] = b"\0" * width
        at += size
    if at != end:
        raise ValueError("boxes do not fit")
    return at


def _tracks(content: bytes) -> set[bytes]:
    """Return what the tracks are, by their handlers."""
    found, at = set(), content.find(b"hdlr")
    while at != -1:
        found.add(content[at + 12 : at + 16])
        at = content.find(b"hdlr", at + 4)
    return found & {b"soun", b"vide", b"text", b"sbtl", b"hint", b"meta"}
