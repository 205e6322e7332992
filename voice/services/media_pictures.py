"""Pictures, drawn anew from their points: no place, no camera, no name, nothing behind the end."""

from io import BytesIO

MOST_POINTS = 30_000_000  # a phone’s photo has 12 to 24 million; a small file can claim far more
_FORMATS = ("JPEG", "PNG", "WEBP")
_JPEG_QUALITY = 90


def clean_picture(content: bytes) -> bytes:
    """Return the picture drawn anew in its own format, upright, without any metadata.

    Raises:
        ValueError: if it is no whole picture, is animated, or has too many points.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - slow to load, and most answers are words

    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            kind, (width, height) = picture.format or "", picture.size
            if width * height > MOST_POINTS or getattr(picture, "n_frames", 1) > 1:
                raise ValueError("too many points or frames")
            upright = ImageOps.exif_transpose(picture)
            mode = "RGB" if kind == "JPEG" or not upright.has_transparency_data else "RGBA"
            bare = Image.frombytes(mode, upright.size, upright.convert(mode).tobytes())
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("no whole picture") from error
    drawn = BytesIO()
    bare.save(drawn, kind, **({} if kind == "PNG" else {"quality": _JPEG_QUALITY}))
    return drawn.getvalue()
