"""Sealing an address: encrypted with a key made from the service's secret."""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"voice: addresses of participants"


def seal(secret: str, address: str) -> str:
    """Return `address` so that only somebody with `secret` can read it."""
    return _cipher(secret).encrypt(address.encode()).decode("ascii")


def unseal(secret: str, sealed: str) -> str | None:
    """Return the address that was sealed; None if it was sealed with another secret."""
    try:
        return _cipher(secret).decrypt(sealed.encode("ascii", "replace")).decode()
    except InvalidToken:
        return None


@lru_cache(maxsize=4)
def _cipher(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    return Fernet(urlsafe_b64encode(derived))
