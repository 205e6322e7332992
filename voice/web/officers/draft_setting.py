"""As whom an author walks through a draft: the way, the language, through what, and as what."""

from flask import request

from surveys.engine import Survey
from surveys.fitting import Setting
from surveys.settling import settings_in
from voice.models import Capacity, Channel
from voice.services.capacities import ANSWERING, LABELS
from voice.services.results import CHANNELS

CHOSEN = ("variant", "language", "channel", "capacity")
_NOBODY_ANSWERS_BY = (Channel.EMAIL, Channel.IMPORT)
CHANNELS_ASKED = {
    each.value: label for each, label in CHANNELS.items() if each not in _NOBODY_ANSWERS_BY
}
CAPACITIES_ASKED = {each.value: LABELS[each] for each in ANSWERING}


def chosen() -> Setting:
    """Return what is chosen above the walk; the usual is one person on a web page."""
    variant, language, channel, capacity = (request.args.get(name, "") for name in CHOSEN)
    return Setting(
        variant=variant,
        language=language,
        channel=channel if channel in CHANNELS_ASKED else Channel.WEB.value,
        capacity=capacity if capacity in CAPACITIES_ASKED else Capacity.INDIVIDUAL.value,
    )


def chosen_names() -> dict[str, str]:
    """Return what the address names of it, to be kept in the addresses of the page."""
    return {name: request.args[name] for name in CHOSEN if request.args.get(name)}


def who_to_choose(survey: Survey) -> dict[str, list[tuple[str, str]]]:
    """Return through what and as whom it can be answered, where a condition looks at that."""
    looked_at = frozenset().union(*(settings_in(each.ask_if) for each in survey.questions))
    return {
        "channels": list(CHANNELS_ASKED.items()) if "channel" in looked_at else [],
        "capacities": list(CAPACITIES_ASKED.items()) if "capacity" in looked_at else [],
    }
