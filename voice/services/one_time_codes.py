"""Codes of six digits that a phone and the service make from the same secret every half minute.

Source: RFC 4226 (HOTP) and RFC 6238 (TOTP). Written here in a dozen lines on `hmac`, and tried on
the figures in both: a library would be one more thing to pin for what the standards say whole.
"""

import hmac
import secrets
from base64 import b32decode, b32encode
from datetime import datetime
from urllib.parse import quote

STEP_SECONDS = 30
DIGITS = 6
_SECRET_BYTES = 20  # RFC 4226 recommends 160 bits
_STEPS_EITHER_SIDE = 1  # a phone's clock may be half a minute wrong


def new_secret() -> str:
    """Return a secret by chance, in the letters that phones take."""
    return b32encode(secrets.token_bytes(_SECRET_BYTES)).decode("ascii")


def step_at(moment: datetime) -> int:
    """Return the number of the half minute in which `moment` lies."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_of(secret: str, step: int) -> str:
    """Return the code of this half minute."""
    made = hmac.digest(b32decode(secret), step.to_bytes(8, "big"), "sha1")
    offset = made[-1] & 0xF
    number = int.from_bytes(made[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def find_step(secret: str, typed: str, *, now: datetime) -> int | None:
    """Return the half minute whose code was typed, now or one before or after; else None."""
    code = "".join(typed.split())
    if not code.isascii():
        return None
    around = range(-_STEPS_EITHER_SIDE, _STEPS_EITHER_SIDE + 1)
    steps = [step_at(now) + one for one in around]
    found = [one for one in steps if hmac.compare_digest(code_of(secret, one), code)]
    return found[-1] if found else None


def address_for_phone(secret: str, *, account: str, council: str) -> str:
    """Return what a QR code holds for an authenticator app to take the secret over."""
    label = f"{quote(council)}:{quote(account)}"
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(council)}"
