"""Sheets that came with a paper answer, scanned or photographed, to be kept with it as a whole."""

from dataclasses import dataclass

from flask import request

from surveys.answers import storable
from surveys.media import TYPES, Stored
from surveys.refusals import Refusal
from voice.models import Response
from voice.services import media
from voice.web.session import current_session, now
from voice.web.uploads import attached, takes_files

__all__ = ["ACCEPTED", "SHEETS", "Sheets", "keep_sheets", "read_sheets", "takes_files"]
SHEETS = "sheets"
ACCEPTED = ",".join(TYPES["file"])
_REFUSED = {
    Refusal.WRONG_TYPE: "We cannot take that kind of file as a sheet. Choose a PDF or a picture",
    Refusal.HEIC: "A sheet is a HEIC photo of an iPhone. Save it as a JPEG, and choose it again",
    Refusal.DAMAGED: "We could not open one of the sheets. Choose another",
}


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets chosen so far, and what is wrong with one that was not taken."""

    files: tuple[Stored, ...] = ()
    error: str = ""

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong, by the field to mend."""
        return {SHEETS: self.error} if self.error else {}


def read_sheets() -> Sheets:
    """Return the sheets that came with this page, and those that came with it before."""
    files, error = [], ""
    for name in request.form.getlist(f"{SHEETS}-before"):
        before = media.find_stored(current_session(), storable(name))
        files += [before] if before is not None else []
    for sent in attached(SHEETS):
        if isinstance(sent, Stored) and sent.media_type in TYPES["file"]:
            media.add(current_session(), sent, now=now())
            files.append(sent)
        else:
            why = sent if isinstance(sent, Refusal) else Refusal.WRONG_TYPE
            error = _REFUSED.get(why, _REFUSED[Refusal.WRONG_TYPE])
    return Sheets(tuple(files), error)


def keep_sheets(response: Response, sheets: Sheets) -> None:
    """Keep the sheets with the answer that was entered."""
    media.add_sheets(current_session(), response, [each.id for each in sheets.files])
