"""Sealing an address or a secret: encrypted with a key made from the service's secret."""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ADDRESSES = "voice: addresses of participants"


def seal(secret: str, address: str, *, purpose: str = ADDRESSES) -> str:
    """Return `address` so that only somebody with `secret` can read it, for the same purpose."""
    return _cipher(secret, purpose).encrypt(address.encode()).decode("ascii")


def unseal(secret: str, sealed: str, *, purpose: str = ADDRESSES) -> str | None:
    """Return the address that was sealed; None if it was sealed with another secret."""
    try:
        return _cipher(secret, purpose).decrypt(sealed.encode("ascii", "replace")).decode()
    except InvalidToken:
        return None


@lru_cache(maxsize=8)
def _cipher(secret: str, purpose: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
    return Fernet(urlsafe_b64encode(made.derive(secret.encode())))
