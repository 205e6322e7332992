"""The second step of signing in: a code of the officer's phone, or one of ten kept on paper."""

from datetime import UTC, datetime, timedelta
from math import ceil
from secrets import token_hex
from typing import Any

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from voice.config import Council
from voice.errors import VoiceError
from voice.models import Officer, RecoveryCode, SecondStep, SignIn, SignInStage
from voice.services import audit, keys, one_time_codes, sealing

RECOVERY_CODES = 10
_RECOVERY_BYTES = 8  # 64 bits: tries are limited, and only keyed hashes are stored
_PURPOSE = "voice: secrets of second steps"
_A_DAY = timedelta(days=1)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # the grace of whoever once had one is over


class SecondStepRefusedError(VoiceError):
    """A second step cannot be set up, or reset, like this; the message is a code."""


def stage_for(
    session: Session, officer: Officer, council: Council, *, now: datetime
) -> SignInStage:
    """Return what comes after the officer's passphrase; from the first time on, grace counts."""
    if find(session, officer) is not None:
        return SignInStage.CODE
    if not _is_required(officer, council):
        return SignInStage.WHOLE
    officer.second_step_asked_at = officer.second_step_asked_at or now
    is_late = now >= officer.second_step_asked_at + council.second_step_grace
    return SignInStage.SET_UP if is_late else SignInStage.WHOLE


def days_left(session: Session, officer: Officer, council: Council, *, now: datetime) -> int | None:
    """Return how many days the officer may still work without one; None if they need none."""
    if not _is_required(officer, council) or find(session, officer) is not None:
        return None
    asked_at = officer.second_step_asked_at or now
    return max(0, ceil((asked_at + council.second_step_grace - now) / _A_DAY))


def find(session: Session, officer: Officer) -> SecondStep | None:
    """Return the officer's second step, if it is set up; else None."""
    step = session.get(SecondStep, officer.id)
    return step if step is not None and step.confirmed_at is not None else None


def find_begun(session: Session, officer: Officer) -> SecondStep | None:
    """Return the second step whose phone has shown no code yet, or None."""
    step = session.get(SecondStep, officer.id)
    return step if step is not None and step.confirmed_at is None else None


def begin(session: Session, officer: Officer, *, secret: str, now: datetime) -> None:
    """Make a secret for the officer's phone, in place of one that was never confirmed.

    Raises:
        SecondStepRefusedError: `on`, if a second step is set up already.
    """
    if find(session, officer) is not None:
        raise SecondStepRefusedError("on")
    session.execute(delete(SecondStep).where(SecondStep.officer_id == officer.id))
    sealed = sealing.seal(secret, one_time_codes.new_secret(), purpose=_PURPOSE)
    session.add(
        SecondStep(
            officer_id=officer.id,
            secret_sealed=sealed,
            last_used=0,
            begun_at=now,
            confirmed_at=None,
        )
    )
    session.flush()


def secret_of(step: SecondStep, *, secret: str) -> str:
    """Return what the phone needs.

    Raises:
        SecondStepRefusedError: `key`, if it was sealed with another secret of the service.
    """
    opened = sealing.unseal(secret, step.secret_sealed, purpose=_PURPOSE)
    if opened is None:
        raise SecondStepRefusedError("key")
    return opened


def confirm(
    session: Session, officer: Officer, typed: str, *, secret: str, now: datetime
) -> list[str] | None:
    """Set the second step up with the phone's first code; return the recovery codes, once.

    None if the code is wrong, or nothing was begun.
    """
    step = find_begun(session, officer)
    if step is None or not _takes(session, step, typed, secret=secret, now=now):
        return None
    step.confirmed_at = now
    officer.second_step_asked_at = officer.second_step_asked_at or now
    audit.record(session, officer, "second step set up", officer.id, now=now)
    return _new_recovery_codes(session, officer, secret=secret)


def renew_recovery_codes(
    session: Session, officer: Officer, *, secret: str, now: datetime
) -> list[str]:
    """Return ten new codes for when the phone is lost; those from before stop working."""
    audit.record(session, officer, "recovery codes renewed", officer.id, now=now)
    return _new_recovery_codes(session, officer, secret=secret)


def _new_recovery_codes(session: Session, officer: Officer, *, secret: str) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.officer_id == officer.id))
    made = [_grouped(token_hex(_RECOVERY_BYTES)) for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(code_hash=_hash(one, officer, secret), officer_id=officer.id) for one in made
    )
    session.flush()
    return made


def count_recovery_codes(session: Session, officer: Officer) -> int:
    """Return how many of the ten are left."""
    left = select(func.count()).where(RecoveryCode.officer_id == officer.id)
    return session.scalar(left.select_from(RecoveryCode)) or 0


def takes_code(
    session: Session, officer: Officer, typed: str, *, secret: str, now: datetime
) -> bool:
    """Return whether this is the phone's code, or a recovery code. Neither is taken twice."""
    step = find(session, officer)
    if step is None:
        return False
    if _takes(session, step, typed, secret=secret, now=now):
        return True
    used = delete(RecoveryCode).where(
        RecoveryCode.code_hash == _hash(typed, officer, secret),
        RecoveryCode.officer_id == officer.id,
    )
    if not _changes_one(session, used):
        return False
    audit.record(session, officer, "recovery code used", officer.id, now=now)
    return True


def remove(session: Session, officer: Officer, *, by: Officer | None, now: datetime) -> None:
    """Take the second step away: the next sign-in sets up another one where the role needs it.

    There is no grace a second time. Every browser of the officer is signed out, unless it is
    their own wish. `by` is None for whoever runs the machine.
    """
    session.execute(delete(SecondStep).where(SecondStep.officer_id == officer.id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.officer_id == officer.id))
    officer.second_step_asked_at = _LONG_AGO
    if by is not officer:
        session.execute(delete(SignIn).where(SignIn.officer_id == officer.id))
    audit.record(session, by, "second step taken away", officer.id, now=now)


def _is_required(officer: Officer, council: Council) -> bool:
    return officer.role.value in council.second_step_roles


def _takes(session: Session, step: SecondStep, typed: str, *, secret: str, now: datetime) -> bool:
    """Return whether this is a code of the phone that was not used, and use it."""
    found = one_time_codes.find_step(secret_of(step, secret=secret), typed, now=now)
    if found is None:
        return False
    mine = (SecondStep.officer_id == step.officer_id, SecondStep.last_used < found)
    return _changes_one(session, update(SecondStep).where(*mine).values(last_used=found))


def _changes_one(session: Session, change: Any) -> bool:
    done = session.execute(change)
    return isinstance(done, CursorResult) and done.rowcount == 1


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _hash(typed: str, officer: Officer, secret: str) -> str:
    return keys.keyed_hash(secret, f"recovery code of {officer.id}", keys.hash_code(typed))
