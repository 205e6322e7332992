"""A QR code of an address: as SVG for screens and print, as PNG for a document."""

import io
from typing import Any

import segno

SVG_TYPE, PNG_TYPE = "image/svg+xml", "image/png"
_ERRORS = "m"  # a seventh of it may be torn or dirty
_QUIET_MODULES = 4  # Source: ISO/IEC 18004, the empty edge that readers need
_PNG_PIXELS_A_MODULE = 16


def qr_svg(address: str) -> bytes:
    """Return the code as an SVG that grows to whatever room it is given."""
    return _saved(address, kind="svg", omitsize=True, svgclass=None, lineclass=None, light="white")


def qr_png(address: str) -> bytes:
    """Return the code as a PNG, black on white and large enough to print."""
    return _saved(address, kind="png", scale=_PNG_PIXELS_A_MODULE, light="white")


def _saved(address: str, **how: Any) -> bytes:
    made = io.BytesIO()
    segno.make_qr(address, error=_ERRORS).save(made, border=_QUIET_MODULES, **how)
    return made.getvalue()
