"""Pages and static files squeezed for slow lines.

Every page gets up to 100 random bytes in the header of its gzip stream, so that its length tells
nothing of what is in it (the BREACH attack; the same remedy as Django's).
"""

import gzip
import secrets
from functools import lru_cache
from io import BytesIO

from flask import request
from werkzeug.wrappers import Response as Reply

FEWEST_BYTES = 500  # below this nothing is gained
MAX_RANDOM_BYTES = 100
PAGE_LEVEL, FILE_LEVEL = 5, 9  # pages are squeezed each time, files once
SQUEEZED = ("text/", "application/javascript", "application/json", "image/svg+xml")


def compress(reply: Reply) -> Reply:
    """Squeeze `reply` with gzip where the browser takes it and anything is gained."""
    if 300 <= reply.status_code < 400 or not (reply.mimetype or "").startswith(SQUEEZED):
        return reply
    is_whole = reply.status_code != 206 and "Content-Encoding" not in reply.headers
    if not is_whole or not request.accept_encodings["gzip"] or request.method == "HEAD":
        return reply
    reply.direct_passthrough = False
    plain = reply.get_data()
    if len(plain) < FEWEST_BYTES:
        return reply
    reply.set_data(_squeeze_file(plain) if request.endpoint == "static" else squeeze_page(plain))
    reply.headers["Content-Encoding"] = "gzip"
    return reply


def squeeze_page(plain: bytes) -> bytes:
    """Return `plain` as a gzip stream of a length that is partly chance."""
    squeezed = BytesIO()
    chance = "a" * secrets.randbelow(MAX_RANDOM_BYTES + 1)
    with gzip.GzipFile(chance, "wb", compresslevel=PAGE_LEVEL, fileobj=squeezed, mtime=0) as file:
        file.write(plain)
    return squeezed.getvalue()


@lru_cache(maxsize=64)
def _squeeze_file(plain: bytes) -> bytes:
    return gzip.compress(plain, compresslevel=FILE_LEVEL, mtime=0)
