"""What a file holds, found by its content and never by its name, with what tells of people gone."""

from collections.abc import Callable
from dataclasses import dataclass

from surveys.media import PDF
from surveys.refusals import Refusal
from voice.services.media_documents import clean_pdf
from voice.services.media_pictures import clean_picture
from voice.services.media_sounds import clean_m4a, clean_mp3, clean_ogg, clean_wav


class MediaRefusedError(ValueError):
    """A file that is not kept; `refusal` says why. Its content is never part of the message."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file of a type that we know, written anew without what tells of people."""

    media_type: str
    content: bytes


def clean(content: bytes) -> Cleaned:
    """Return the file without its metadata, and without anything that was hidden in or after it.

    Raises:
        MediaRefusedError: if it is of no type that we take, or not whole.
    """
    media_type = find_type(content)
    if content[4:12] in _HEIC:
        raise MediaRefusedError(Refusal.HEIC)
    if media_type is None:
        raise MediaRefusedError(Refusal.WRONG_TYPE)
    try:
        cleaned = _CLEANERS[media_type](content)
    except ValueError as error:
        raise MediaRefusedError(Refusal.DAMAGED) from error
    return Cleaned(media_type, cleaned)


def find_type(content: bytes) -> str | None:
    """Return which type the first bytes are of, or None if it is none that we take."""
    for media_type, is_it in _MARKS.items():
        if is_it(content):
            return media_type
    return None


def _is_mp3(content: bytes) -> bool:
    return content[:3] == b"ID3" or (
        len(content) > 1 and content[0] == 0xFF and content[1] & 0xE6 == 0xE2
    )


# How a picture of an iPhone begins. Source: ISO/IEC 23008-12, the brands of HEIF with HEVC in it.
_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_HEIC = frozenset(b"ftyp" + brand for brand in _BRANDS)
_MARKS: dict[str, Callable[[bytes], bool]] = {
    "image/jpeg": lambda content: content[:3] == b"\xff\xd8\xff",
    "image/png": lambda content: content[:8] == b"\x89PNG\r\n\x1a\n",
    "image/webp": lambda content: content[:4] == b"RIFF" and content[8:12] == b"WEBP",
    "audio/wav": lambda content: content[:4] == b"RIFF" and content[8:12] == b"WAVE",
    "audio/ogg": lambda content: content[:4] == b"OggS",
    "audio/mp4": lambda content: content[4:8] == b"ftyp",
    "audio/mpeg": _is_mp3,
    PDF: lambda content: content[:5] == b"%PDF-",
}
_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "image/jpeg": clean_picture,
    "image/png": clean_picture,
    "image/webp": clean_picture,
    "audio/wav": clean_wav,
    "audio/ogg": clean_ogg,
    "audio/mp4": clean_m4a,
    "audio/mpeg": clean_mp3,
    PDF: clean_pdf,
}
