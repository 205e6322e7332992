"""What is due by itself: reminders, follow-ups, and forgetting. The worker looks every hour.

Each part is safe to run twice: what was made before is not made again.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from voice.config import Settings
from voice.services import follow_ups, forgetting, participants, pledges, public_questions


def make_due(session: Session, settings: Settings, *, now: datetime) -> None:
    """Make every reminder whose day has come, and forget what is kept no longer."""
    pledges.remind_due(session, settings, now=now)
    follow_ups.draw_due(session, settings, now=now)
    public_questions.sweep(session, now=now)
    forgetting.sweep(session, now=now)
    participants.sweep_addresses(session, now=now)
