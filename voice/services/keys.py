"""Keys, codes and references: made by chance, and stored only as hashes."""

import hashlib
import hmac
import secrets

from surveys.personal_codes import PERSONAL_CODE_CHARS, PERSONAL_LETTERS, check_letter

# Crockford's base 32: no I, L, O or U, so that a code can be read aloud and copied by hand.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("ILOU", "110V")
# On a board or a poster: nothing that looks like another, and no vowel, so that none is a word.
_TYPED_LETTERS = "CDFGHJKMNPQRTVWXY3479"
TYPED_CODE_CHARS = 6  # 85 million; a code opens nothing that is not open to everybody
CODE_CHARS = 16  # 80 bits; tries are limited as well
REFERENCE_CHARS = 8


def new_key() -> str:
    """Return a key of 256 bits for a cookie or a form page."""
    return secrets.token_urlsafe(32)


def code_from(secret: str, press_key: str) -> str:
    """Return a come-back code such as "7K3M-9QX2-0ABC-DEFG".

    The same press gives the same code, so that pressing twice does not undo what was written
    down; nobody without `secret` can make it from the press, which is stored.
    """
    number = int(keyed_hash(secret, "code", press_key), 16)
    letters = "".join(_LETTERS[(number >> 5 * place) % 32] for place in range(CODE_CHARS))
    return "-".join(letters[at : at + 4] for at in range(0, CODE_CHARS, 4))


def new_reference() -> str:
    """Return a reference such as "7K3M-9QX2". It opens nothing; it only names."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(REFERENCE_CHARS))
    return f"{letters[:4]}-{letters[4:]}"


def new_typed_code() -> str:
    """Return a short code to be read off a board or a poster and typed in."""
    return "".join(secrets.choice(_TYPED_LETTERS) for _ in range(TYPED_CODE_CHARS))


def read_typed_code(typed: str) -> str:
    """Return such a code as it is stored, however it was typed; empty if it cannot be one."""
    code = "".join(each for each in typed.upper() if each.isalnum())
    return code if len(code) == TYPED_CODE_CHARS and set(code) <= set(_TYPED_LETTERS) else ""


def personal_code_from(secret: str, press_key: str) -> str:
    """Return a personal code such as "K7M-9QX-3CDF"; the same press gives the same code."""
    number = int(keyed_hash(secret, "new personal code", press_key), 16)
    base, letters = len(PERSONAL_LETTERS), ""
    for _ in range(PERSONAL_CODE_CHARS - 1):
        number, place = divmod(number, base)
        letters += PERSONAL_LETTERS[place]
    code = letters + check_letter(letters)
    return f"{code[:3]}-{code[3:6]}-{code[6:]}"


def new_pseudonym() -> str:
    """Return a random name for somebody whose name we do not know."""
    return f"r{secrets.token_hex(8)}"


def hash_key(key: str) -> str:
    """Return what is stored of a key made by chance; it cannot be turned back."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def hash_code(code: str) -> str:
    """Return what is stored of a code, however it was typed: lower case, spaces, look-alikes."""
    letters = "".join(each for each in code.upper() if each.isalnum())
    return hash_key(letters.translate(_LOOKALIKES))


def keyed_hash(secret: str, purpose: str, value: str) -> str:
    """Return a hash of `value` that nobody without `secret` can make or check."""
    message = f"{purpose}\x1f{value}".encode("utf-8", "replace")
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def are_equal(one: str, other: str) -> bool:
    """Return whether two keys are the same, in a time that tells nothing of either."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
