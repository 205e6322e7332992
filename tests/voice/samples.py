"""Small files of every type that is taken, each with something in it that tells of a person."""

import io
import wave

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter

from voice.services.media_ogg import _checksum

TELLING = b"Canary Lane 7"  # where the person lives: nothing that is kept may hold it
_WORDS = TELLING.decode()


def picture(kind="JPEG", *, size=(60, 40)):
    drawn, image = io.BytesIO(), Image.new("RGB", size, (200, 80, 40))
    exif = Image.Exif()
    exif[0x010E] = _WORDS  # ImageDescription
    exif.get_ifd(0x8825)[1] = "N"  # GPSLatitudeRef
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Author", _WORDS)
        image.save(drawn, kind, pnginfo=text, exif=exif)
    else:
        image.save(drawn, kind, exif=exif)
    return drawn.getvalue()


def pdf(pages=1):
    writer, written = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": _WORDS})
    writer.add_attachment("home.txt", TELLING)
    writer.write(written)
    return written.getvalue()


def wav():
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\1\2" * 800)
    body = written.getvalue()[12:] + b"LIST" + len(TELLING + b"x").to_bytes(4, "little")
    body += TELLING + b"x"
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WAVE" + body


def mp3(frames=3):
    sound = (b"\xff\xfb\x90\x00" + bytes(413)) * frames  # 128 kbit/s at 44,100 Hz: 417 bytes each
    tag = b"TIT2" + len(TELLING).to_bytes(4, "big") + b"\0\0" + TELLING
    return b"ID3\3\0\0\0\0\0" + bytes([len(tag)]) + tag + sound + b"TAG" + TELLING.ljust(125)


def ogg():
    opus_head = b"OpusHead\1\1\0\0\x80\xbb\0\0\0\0\0"
    tags = b"OpusTags" + _sized(b"maker") + (1).to_bytes(4, "little") + _sized(b"TITLE=" + TELLING)
    packets = ((opus_head, 2), (tags, 0), (bytes(range(200)), 0), (bytes(range(100)), 4))
    return b"".join(_page(number, *packet) for number, packet in enumerate(packets))


def m4a(handler=b"soun"):
    told = _box(b"udta", _box(b"meta", TELLING))
    kind = _box(b"hdlr", bytes(8) + handler + bytes(12))
    track = _box(b"trak", _box(b"tkhd", bytes(4) + b"\xaa" * 8 + bytes(72)), _box(b"mdia", kind))
    return (
        _box(b"ftyp", b"M4A \0\0\0\0")
        + _box(b"moov", _box(b"mvhd", bytes(4) + b"\xaa" * 8 + bytes(88)), track, told)
        + _box(b"mdat", b"the sound itself")
    )


def _box(name, *parts):
    body = b"".join(parts)
    return (len(body) + 8).to_bytes(4, "big") + name + body


def _sized(words):
    return len(words).to_bytes(4, "little") + words


def _page(number, body, kind):
    lacing = bytes([255] * (len(body) // 255) + [len(body) % 255])
    head = b"OggS\0" + bytes([kind]) + bytes(8) + b"abcd" + number.to_bytes(4, "little")
    whole = head + bytes(4) + bytes([len(lacing)]) + lacing + body
    return whole[:22] + _checksum(whole).to_bytes(4, "little") + whole[26:]


EVERY = {
    "image/jpeg": picture(),
    "image/png": picture("PNG"),
    "image/webp": picture("WEBP"),
    "application/pdf": pdf(),
    "audio/wav": wav(),
    "audio/mpeg": mp3(),
    "audio/ogg": ogg(),
    "audio/mp4": m4a(),
}
