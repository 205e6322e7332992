"""One concern as the safeguarding role's pages say it: what it may be, why, and beside what."""

from collections.abc import Sequence
from datetime import datetime

from voice.models import Channel, Concern
from voice.services import concern_clocks, concern_reasons
from voice.services import concerns as queue
from voice.services.public_questions import QUESTION
from voice.services.results import CHANNELS
from voice.web.session import now, settings

CATEGORIES = {
    queue.ASKED_FOR_HELP: "Asked for help",
    queue.ASKED_FOR_ADVOCATE: "Wants somebody to help them say it",
    queue.SAID_WORRIED: "Ticked that they are worried",
    queue.UNSCREENED: "Could not be screened: please read it",
    "abuse_physical": "Being hurt by somebody",
    "abuse_emotional": "Being put down, threatened or frightened",
    "abuse_sexual": "Sexual harm",
    "neglect": "Not being looked after",
    "self_harm_suicide": "Self-harm or suicide",
    "exploitation_cse_grooming": "Being exploited or groomed",
    "domestic_abuse": "Violence or control at home",
    "bullying_serious": "Serious bullying",
    "missing_from_home": "Missing from home",
}
URGENCIES = {"immediate": ("Immediate", "red"), "high": ("High", "orange")}
READ_IT = ("To be read", "yellow")
TO_A_COMMITTEE = "A question to a committee"
OUTSIDE = "A chat, outside any consultation"
LANGUAGES = {"en": "English", "cy": "Welsh", "pl": "Polish", "ur": "Urdu"}
HELP_CARD = "help card"
WAS_SHOWN = "Who to ring for help: 999, Childline, Samaritans and the council’s own lines"
NOTHING_SHOWN = {
    Channel.PAPER: "Nothing was shown: this came on paper.",
    Channel.PHONE: "Nothing was shown: this was said by phone.",
    Channel.IMPORT: "Nothing was shown: this was brought in from a file.",
    Channel.RECORDED: "Nothing was shown: an officer wrote this down.",
}
AS_A_WHOLE = "How the sentence reads as a whole: no wording that we look for stands in it"
A_CALL = "Few words that are a call for help by themselves"
NO_LONGER = "The version that runs now raises nothing here. Read the words, and decide"
OTHER_VERSION = "(as the version that runs now reads it)"
CHOSEN = "What the person chose or asked for, or that the words could not be screened"
ASK_A_SPEAKER = (
    "Ask somebody who speaks it to read it with you. "
    "Do not paste a child’s words into an online translator."
)


def _about(found: Concern) -> str:
    """Return where the words were said."""
    if found.consultation is not None:
        return found.consultation.title
    return TO_A_COMMITTEE if found.question == QUESTION else OUTSIDE


def card(found: Concern, beside: Sequence[Concern] = ()) -> dict[str, object]:
    """Return a concern as its pages say it, with what the same person said `beside` it."""
    urgency, colour = URGENCIES.get(found.urgency, READ_IT)
    by = concern_clocks.decide_by(settings().council.safety, found.raised_at)
    return {
        "concern": found,
        "about": _about(found),
        "category": CATEGORIES.get(found.category, found.category),
        "urgency": urgency,
        "colour": colour,
        "channel": CHANNELS[found.channel],
        "waited": waited_in_words(found.raised_at, found.acknowledged_at or now()),
        "decide_by": by,
        "is_late": found.decided_at is None and by <= now(),
        "beside": [card(each) for each in beside],
    }


def reasons_of(found: Concern) -> tuple[str, str]:
    """Return what raised a concern, and the language it was noticed in; empty if none is known."""
    why = concern_reasons.why(found)
    if why is None:
        return CHOSEN, ""
    if not why.is_noticed:
        return NO_LONGER, ""
    said = [*why.notes, *(f"words like those of “{CATEGORIES[each]}”" for each in why.categories)]
    words = "; ".join(said) or (A_CALL if why.is_saying else AS_A_WHOLE)
    words = f"{words[:1].upper()}{words[1:]}"
    return words if why.is_same_version else f"{words} {OTHER_VERSION}", _noticed_in(why.language)


def _noticed_in(language: str) -> str:
    name = LANGUAGES[language]
    return name if language == concern_reasons.ENGLISH else f"{name}. {ASK_A_SPEAKER}"


def shown_in_words(found: Concern) -> str:
    """Return what the person was shown; on some ways in, nobody can be shown anything."""
    if found.shown != HELP_CARD:
        return found.shown
    return NOTHING_SHOWN.get(found.channel, WAS_SHOWN)


def waited_in_words(since: datetime, until: datetime) -> str:
    """Return the time between as people say it, such as "3 h 12 min" or "2 days 4 h"."""
    minutes = max(0, int((until - since).total_seconds()) // 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} {'day' if days == 1 else 'days'} {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
