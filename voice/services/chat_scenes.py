"""What a conversation needs to know of the council: its name, its helplines, where to read on."""

from surveys.turns import Scene
from voice.config import Settings
from voice.models import Channel, Consultation

_TELEGRAM_CAN_FIND = " We may use your Telegram account id for that."


def scene_for(
    settings: Settings, channel: Channel, consultation: Consultation | None, *, reference: str = ""
) -> Scene:
    """Return the scene of a chat about `consultation` (None: about nothing yet)."""
    council = settings.council
    on_telegram = channel is Channel.TELEGRAM
    return Scene(
        council=council.name,
        helplines=tuple(helpline.line for helpline in council.helplines),
        outcomes_address=outcomes_address(settings),
        reference=reference,
        may_identify=_TELEGRAM_CAN_FIND if on_telegram else "",
        who_may=_who_may(settings, consultation) if on_telegram and consultation else "",
        demonstration=bool(consultation and consultation.demonstration),
    )


def outcomes_address(settings: Settings) -> str:
    """Return where everybody can read what was done."""
    return f"{settings.council.address.rstrip('/')}/outcomes"


def with_address(words: str, settings: Settings) -> str:
    """Return `words` with the address of the outcomes in its place."""
    return words.format(address=outcomes_address(settings))


def _who_may(settings: Settings, consultation: Consultation) -> str:
    """Telegram's own terms ask for 16 in the United Kingdom; the web chat is for everybody."""
    address = settings.council.address.rstrip("/")
    if not address:
        return "Telegram is for people aged 16 and over. Younger? Use the web chat instead."
    link = f"{address}/consultations/{consultation.slug}/chat"
    return f"Telegram is for people aged 16 and over. Younger? Use the web chat: {link}"
