"""What a conversation needs to know of the council: its name, its helplines, where to read on."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from surveys import wording
from surveys.once import once_for_each
from surveys.turns import Scene
from voice.analysis.safeguarding import Tier
from voice.config import Council, Settings
from voice.models import Channel, Concern, Consultation, Link

_CAN_FIND = {
    Channel.TELEGRAM: " We may use your Telegram account id for that.",
    Channel.SMS: " We may use your phone number for that.",
}


def scene_for(
    settings: Settings,
    channel: Channel,
    consultation: Consultation | None,
    *,
    reference: str = "",
    link: Link | None = None,
    named: bool = False,
) -> Scene:
    """Return the scene of a chat about `consultation` (None: about nothing yet).

    Telegram's own terms ask for 16 years in the United Kingdom; the web chat is for everybody.
    """
    council = settings.council
    on_telegram = channel is Channel.TELEGRAM
    return Scene(
        council=council.name,
        helplines=_lines_in("en")(council),
        outcomes_address=outcomes_address(settings),
        reference=reference,
        can_remind=channel in _CAN_FIND,
        may_identify=_CAN_FIND.get(channel, ""),
        asks_age=bool(on_telegram and consultation),
        younger_at=_younger_at(settings, consultation, link) if consultation else "",
        named=named,
        by_text=channel is Channel.SMS,
        demonstration=bool(consultation and consultation.demonstration),
    )


def spoken_scene(scene: Scene, settings: Settings, language: str) -> Scene:
    """Return the scene of a chat that speaks `language`: with the helplines in it."""
    if language == "en":
        return scene
    return scene._replace(helplines=_lines_in(language)(settings.council))


@lru_cache(maxsize=16)
def _lines_in(language: str) -> Callable[[Council], tuple[str, ...]]:
    """Return a way to say a council's helplines in a language, said once for each council."""

    @once_for_each(16)
    def lines(council: Council) -> tuple[str, ...]:
        return tuple(each.line_in(language) for each in council.helplines)

    return lines


def outcomes_address(settings: Settings) -> str:
    """Return where everybody can read what was done."""
    return f"{settings.council.address.rstrip('/')}/outcomes"


def with_address(words: str, settings: Settings) -> str:
    """Return `words` with the address of the outcomes in its place."""
    return words.format(address=outcomes_address(settings))


def _younger_at(settings: Settings, consultation: Consultation, link: Link | None) -> str:
    """Return where somebody under 16 answers the same, by the same link as they came here by."""
    address = settings.council.address.rstrip("/")
    if not address:
        return ""
    if link is not None and link.closed_at is None:
        return f"{address}/go/{link.code}?chat=yes"
    return f"{address}/consultations/{consultation.slug}/chat"


def help_words(scene: Scene, raised: Sequence[Concern]) -> str:
    """Return the words with help in them; only an alert is said to be read by somebody."""
    is_read = any(each.tier == Tier.ALERT.value for each in raised)
    return wording.asked_for_help(scene) if is_read else wording.may_worry(scene)
