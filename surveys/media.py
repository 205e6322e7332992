"""Things people send instead of words: a file, a photo, a drawing, a voice note.

They are counted and looked at by people here, and never read by the analysis.
"""

from dataclasses import dataclass
from typing import Literal, Self

from pydantic import Field, model_validator

from surveys.question import Question
from surveys.refusals import AnswerRefusedError, Refusal

MOST_FILES = 5  # for one question
MOST_MB = 20  # Source: Telegram Bot API, getFile: "files of up to 20MB in size"
BYTES_A_MB = 1_000_000
PICTURES = ("image/jpeg", "image/png", "image/webp")
SOUNDS = ("audio/ogg", "audio/mpeg", "audio/mp4", "audio/wav")
PDF = "application/pdf"
TYPES = {
    "photo": PICTURES,
    "drawing": PICTURES,
    "voice_note": SOUNDS,
    "file": (*PICTURES, PDF),
}
ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", PDF: "pdf",
    "audio/ogg": "ogg", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/wav": "wav",
}  # fmt: skip
_CALLED = {
    "photo": "a picture",
    "drawing": "a picture",
    "voice_note": "a voice note",
    "file": "a file",
}
_FORMATS = {
    "photo": "JPEG, PNG or WebP",
    "drawing": "JPEG, PNG or WebP",
    "voice_note": "Ogg, MP3, M4A or WAV",
    "file": "PDF, JPEG, PNG or WebP",
}


class MediaQuestion(Question):
    """A question that is answered by sending something; a few words may come with it."""

    kind: Literal["file", "photo", "drawing", "voice_note"]
    max_mb: int = Field(default=10, ge=1, le=MOST_MB)
    most: int = Field(
        default=1, ge=1, le=MOST_FILES
    )  # files: on a page at once, in a chat one by one

    @model_validator(mode="after")
    def _fits_in_one_page(self) -> Self:
        if self.most * self.max_mb > MOST_MB:
            raise ValueError(
                f"{self.most} files of {self.max_mb} MB are more than {MOST_MB} MB in "
                "all; lower max_mb or most"
            )
        return self

    @property
    def called(self) -> str:
        """What is sent, such as "a picture"."""
        return _CALLED[self.kind]

    @property
    def limits(self) -> str:
        """What may be sent, said before anybody chooses it."""
        return f"{self.called.capitalize()} ({_FORMATS[self.kind]}) of up to {self.max_mb} MB."


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that was checked and put away under an id of chance. `name` is only what it says."""

    id: str
    media_type: str
    size_bytes: int
    name: str = ""


def check_fits(question: MediaQuestion, stored: Stored) -> None:
    """Let through what this question takes.

    Raises:
        AnswerRefusedError: if it is of another type, or too large.
    """
    if stored.media_type not in TYPES[question.kind]:
        raise AnswerRefusedError(question.code, Refusal.WRONG_TYPE)
    if stored.size_bytes > question.max_mb * BYTES_A_MB:
        raise AnswerRefusedError(question.code, Refusal.TOO_LARGE)
