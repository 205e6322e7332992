"""Sealed words: what people wrote lies encrypted in the store, under keys that lie elsewhere.

A column of one of the types below holds sealed words and nothing else; services write and read
plain ones. What is empty stays as it is, so that a statement may still ask for it. The keys are
of the whole process, for SQLAlchemy and `voice.services.straight` prepare a column once for all.
"""

import hmac
import json
import logging
import os
import secrets
import time
from base64 import b64decode, b64encode
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fcntl import LOCK_EX, flock
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import JSON, Dialect, LargeBinary, String, TypeDecorator
from sqlalchemy.sql import operators

from voice.errors import SealedError, SettingsError

MARK = "sealed:"
KEY_BYTES = 32
LOOK_SECONDS = 60  # between two looks whether somebody has made a new key
_NONCE_BYTES = 12
_ID_CHARS = 8
_INDEX_CHARS = 8
_ID = slice(len(MARK), len(MARK) + _ID_CHARS)  # of a key, in what it sealed
_QUOTED_ID = slice(_ID.start + 1, _ID.stop + 1)  # and in the text of a column of JSON
_QUOTED_BODY = slice(_ID.stop + 2, None)
MARKED_CHARS = 40
_BYTES_MARK = MARK.encode()

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the file, and since when new words are sealed with it."""

    id: str  # worked out from the key itself, so that no other key can pass for it
    made_on: date
    secret: bytes

    @classmethod
    def of(cls, secret: bytes, made_on: date) -> "Key":
        """Return the key with its id."""
        return cls(sha256(b"voice: a key's id" + secret).hexdigest()[:_ID_CHARS], made_on, secret)

    @property
    def line(self) -> str:
        """Return it as a line of the file."""
        return f"{self.made_on.isoformat()} {b64encode(self.secret).decode()}\n"


class Keys:
    """The keys of a service, in a file for its owner's eyes alone; the last one seals.

    Another process may add a key while this one runs: it is found when words need it, and new
    words are sealed with it a minute later at most. While the file cannot be read, the keys that
    were read before go on working.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._look_again()

    @property
    def all(self) -> Mapping[str, Key]:
        """Return every key by its id, the oldest first."""
        return self._keys

    @property
    def ciphers(self) -> Mapping[str, AESGCM]:
        """Return what reads, by the id of its key."""
        return self._ciphers

    @property
    def current(self) -> Key:
        """Return the key that seals."""
        return self._current

    def seal(self, words: bytes) -> tuple[str, bytes]:
        """Return the id of the key that seals, and the sealed words."""
        if time.monotonic() >= self._look_at:
            self._try_to_look()
        nonce = os.urandom(_NONCE_BYTES)
        return self._current.id, nonce + self._cipher.encrypt(nonce, words, None)

    def unseal(self, key_id: str, sealed: bytes) -> bytes:
        """Return the words.

        Raises:
            SealedError: if there is no such key, or somebody has changed what was sealed.
        """
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            self._try_to_look()
            cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise SealedError(f"{self.path} has no key {key_id}; put it back: nothing is lost")
        try:
            return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
        except InvalidTag as error:
            raise SealedError(f"what was sealed with key {key_id} has been changed") from error

    def add(self, *, on: date) -> Key:
        """Make a new key, which seals from now on, and return it."""
        made = Key.of(secrets.token_bytes(KEY_BYTES), on)
        with _alone(self.path), self.path.open("a", encoding="ascii") as file:
            file.write(made.line)
            file.flush()
            os.fsync(file.fileno())
        self._look_again()
        return made

    def drop(self, key_id: str) -> None:
        """Take a key out of the file, for good. Only whoever knows that nothing needs it may."""
        with _alone(self.path):
            left = [each.line for each in _read(self.path) if each.id != key_id]
            beside = self.path.with_suffix(".new")
            beside.unlink(missing_ok=True)  # of somebody who was stopped here
            _write_new(beside, "".join(left))
            owner = self.path.stat()
            os.chown(beside, owner.st_uid, owner.st_gid)
            beside.replace(self.path)
        self._look_again()

    def _try_to_look(self) -> None:
        self._look_at = time.monotonic() + LOOK_SECONDS
        try:
            self._look_again()
        except SettingsError as error:
            logger.error("the keys cannot be looked at", extra={"error": type(error).__name__})

    def _look_again(self) -> None:
        self._keys = {each.id: each for each in _read(self.path)}
        self._ciphers = {each.id: AESGCM(each.secret) for each in self._keys.values()}
        self._current = [*self._keys.values()][-1]
        self._cipher = self._ciphers[self._current.id]
        self._look_at = time.monotonic() + LOOK_SECONDS


def make_keys(path: Path, *, on: date) -> None:
    """Make the file with a first key, unless another process has just made it."""
    try:
        _write_new(path, Key.of(secrets.token_bytes(KEY_BYTES), on).line)
    except FileExistsError:
        return


def _write_new(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> list[Key]:
    try:
        lines = [each.split() for each in path.read_text(encoding="ascii").splitlines() if each]
        found = [Key.of(b64decode(key), date.fromisoformat(made)) for made, key in lines]
    except OSError as error:
        raise SettingsError(f"{path} cannot be read; the words in the store need it") from error
    except ValueError as error:
        raise SettingsError(f"{path} has a line that is no key; put its copy back") from error
    if not found or any(len(each.secret) != KEY_BYTES for each in found):
        raise SettingsError(f"{path} holds no whole key; put its copy back")
    return found


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let no other process change the keys meanwhile."""
    with path.with_suffix(".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


class _Held:
    """The keys that this process seals with; none before `use`."""

    keys: Keys | None = None


def use(keys: Keys) -> None:
    """Seal and unseal with these keys from now on."""
    _Held.keys = keys


def keys_in_use() -> Keys:
    """Return the keys of this process.

    Raises:
        SealedError: if nobody has said which.
    """
    if _Held.keys is None:
        raise SealedError("the store was opened without its keys")
    return _Held.keys


def seal(words: str) -> str:
    """Return `words` so that only somebody with the keys can read them."""
    key_id, sealed = keys_in_use().seal(words.encode())
    return f"{MARK}{key_id}:{b2a_base64(sealed, newline=False).decode('ascii')}"


def unseal(sealed: str) -> str:
    """Return the words that were sealed.

    Raises:
        SealedError: if they cannot be: the key is not there, or these are no sealed words.
    """
    if not sealed.startswith(MARK):
        raise SealedError("words lie in the store unsealed; run `voice migrate`")
    _, key_id, body = sealed.split(":", 2)
    return keys_in_use().unseal(key_id, a2b_base64(body)).decode()


@lru_cache(maxsize=65_536)
def blinded(word: str, key_id: str) -> str:
    """Return a mark for a word, the same each time, that says nothing without the key."""
    secret = keys_in_use().all[key_id].secret
    return hmac.digest(secret, f"voice: a word: {word}".encode(), "sha256").hex()[:_INDEX_CHARS]


def blind(folded: str, key_id: str | None = None) -> str:
    """Return folded words as marks, in their order and with the same spaces about them."""
    key_id = key_id or keys_in_use().current.id
    return " ".join(blinded(each, key_id) if each else "" for each in folded.split(" "))


class _Comparator(TypeDecorator.Comparator[Any]):
    """Refuses what could only ever find nothing."""

    def operate(self, op: operators.OperatorType, *other: Any, **more: Any) -> Any:
        """Carry it out, unless it looks for words: every seal of the same words is another."""
        if any(isinstance(each, str | list | dict) and each for each in other):
            raise TypeError("no statement can look into sealed words")
        return super().operate(op, *other, **more)


class Sealed(TypeDecorator[str]):
    """Words. A statement may ask whether they are empty, and nothing else."""

    impl = String
    cache_ok = True
    comparator_factory = _Comparator

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal them on their way to the store."""
        return seal(value) if value else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Unseal them on their way from it."""
        return unseal(value) if value else value


class SealedJson(TypeDecorator[Any]):
    """Words in a list, or by their names: JSON of one sealed string, or an empty list or dict."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Seal them on their way to the store."""
        return seal(json.dumps(value)) if value else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Unseal them on their way from it."""
        return json.loads(unseal(value)) if value else value


class SealedAnswer(SealedJson):
    """The values of an answer. Behind them stand marks, by which a chosen option is found.

    A mark is of a whole short value, or of a postcode's first half; of longer words there is none.
    """

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Seal them on their way to the store, with their marks."""
        if not value:
            return value
        sealed = seal(json.dumps(value))
        return "".join((sealed, *[marks_of(each, sealed[_ID]) for each in value], " "))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Unseal them on their way from it."""
        return json.loads(unseal(value.partition(" ")[0])) if value else value


def unseal_lists(stored: Iterable[str]) -> list[Any]:
    """Return the values of many answers from the text of their columns: sooner than one by one.

    Raises:
        SealedError: as `unseal`.
    """
    texts = [*stored]
    ciphers = keys_in_use().ciphers
    try:
        opened = [
            ciphers[one[_QUOTED_ID]].decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], None)
            if body
            else b"[]"
            for one in texts
            for body in (a2b_base64(one[_QUOTED_BODY].partition(" ")[0]),)
        ]
    except (KeyError, InvalidTag):  # a key that is new here; else it says which, and why
        opened = [unseal(one[1:].partition(" ")[0]).encode() for one in texts if one != "[]"]
        opened = [b"[]" if one == "[]" else opened.pop(0) for one in texts]
    written: list[Any] = json.loads(b"[%b]" % b",".join(opened))
    return written


def patterns_of(value: str) -> list[str]:
    """Return what the column of an answer is LIKE, by one key or another, where it was chosen."""
    return [f"% {blinded(value.casefold(), key_id)} %" for key_id in keys_in_use().all]


@lru_cache(maxsize=4_096)
def marks_of(value: str, key_id: str) -> str:
    """Return the marks by which an answer with this value can be found, a space before each."""
    if len(value) > MARKED_CHARS:
        return ""
    first, _, rest = value.partition(" ")
    is_place = rest and first.isalnum() and first[-1].isdigit()
    parts = (value, first) if is_place else (value,)
    return "".join(f" {blinded(each.casefold(), key_id)}" for each in parts)


class SealedBytes(TypeDecorator[bytes]):
    """A whole file."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Seal it on its way to the store."""
        if not value:
            return value
        key_id, sealed = keys_in_use().seal(value)
        return b":".join((_BYTES_MARK[:-1], key_id.encode(), sealed))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Unseal it on its way from it.

        Raises:
            SealedError: as `unseal`.
        """
        if not value:
            return value
        if not value.startswith(_BYTES_MARK):
            raise SealedError("a file lies in the store unsealed; run `voice migrate`")
        _, key_id, sealed = bytes(value).split(b":", 2)
        return keys_in_use().unseal(key_id.decode(), sealed)
