"""Joining: a person's answers kept together by a code, if they choose so, and parted again.

The code opens nothing and shows nothing. No list of codes is kept, so that nobody can find out
by typing whether somebody else has one.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys.engine import Survey
from surveys.joining import find_side
from surveys.personal_codes import read_personal_code
from voice.errors import CodeRefusedError
from voice.models import Response
from voice.services import concerns, keys
from voice.services.concerns import Heard
from voice.services.consultations import survey_of


def is_offered(response: Response) -> bool:
    """Return whether whoever answers this may use a code at all."""
    return survey_of(response.version).joins is not None


def join(response: Response, typed: str, *, side: str = "", secret: str) -> None:
    """Keep this response together with whatever the same code was used for, on the same side.

    Behind the wall between victims and young people the same code is another one.

    Raises:
        CodeRefusedError: `code` if it can be no code of ours, `side` if it is not said whose
            side this is, `survey` if the survey asks for none.
    """
    survey = survey_of(
        response.version
    )  # not fitted, so that no way to be asked leads round a wall
    response.joined_hash, response.side = read_code(survey, typed, side=side, secret=secret)


def read_code(survey: Survey, typed: str, *, side: str, secret: str) -> tuple[str, str]:
    """Return what is stored of the code, and the code of the side.

    Raises:
        CodeRefusedError: as `join`.
    """
    if survey.joins is None:
        raise CodeRefusedError("survey")
    code, chosen = read_personal_code(typed), find_side(survey.sides, side)
    if not code:
        raise CodeRefusedError("code")
    if chosen is None:
        raise CodeRefusedError("side")
    return keys.keyed_hash(secret, _purpose(survey), code), chosen


def screen_wrong_code(session: Session, response: Response, typed: str, *, now: datetime) -> bool:
    """Screen what was typed in place of a code; return whether it raised a concern (SAF-1)."""
    heard = Heard(response.consultation_id, response.channel, typed, response_id=response.id)
    return concerns.screen_words(session, heard, now=now) is not None


def part(response: Response) -> None:
    """Let this response stand alone again; what was answered stays as it is."""
    response.joined_hash, response.side = None, ""


def _purpose(survey: Survey) -> str:
    """Return what the hash is for, so that no hash is alike on both sides of the wall."""
    wall = survey.stands_behind
    return f"personal code {wall.value}" if wall is not None else "personal code"
