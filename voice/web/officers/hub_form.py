"""What can be chosen to filter the hub, and what was typed into its form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from surveys.setting_names import CHANNELS
from voice.services.hub_asking import Asked, Scope
from voice.web.officers.moment_fields import NOT_A_DAY, read_day, typed_day

TONES = (("positive", "Positive"), ("mixed", "Mixed"), ("neutral", "Neutral"),
         ("negative", "Negative"))  # fmt: skip
ANY = ("", "Any")
BACKWARDS = "The last day must be the same as the first or later"
Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of each filter, as (value, label), the first of each filtering nothing."""

    survey: tuple[Option, ...]
    service: tuple[Option, ...]
    theme: tuple[Option, ...]
    tone: tuple[Option, ...]
    channel: tuple[Option, ...]
    group: tuple[Option, ...]

    def in_words(self, asked: Asked) -> list[tuple[str, str]]:
        """Return what was searched for as a list of names and values, for people to read."""
        return [(name, value) for name, value in self._pairs(asked) if value]

    def _pairs(self, asked: Asked) -> Iterator[tuple[str, str]]:
        yield "Words", asked.words
        yield "Survey", _label(self.survey, asked.survey)
        yield "Service", asked.service
        yield "Theme", asked.theme
        yield "Tone", _label(self.tone, asked.tone)
        yield "Came by", _label(self.channel, asked.channel)
        yield "Group", _label(self.group, asked.group)
        yield "Place", asked.place
        yield "From", asked.since
        yield "Until", asked.until


def choices(scope: Scope) -> Choices:
    """Return what can be chosen among the surveys of `scope`."""
    titles = [(each.slug, f"{each.title} ({each.slug})") for each in scope.every]
    return Choices(
        survey=(("", "All surveys"), *titles),
        service=(ANY, *((each, each) for each in scope.services)),
        theme=(ANY, *((each, each) for each in scope.theme_names)),
        tone=(ANY, *TONES),
        channel=(ANY, *CHANNELS.items()),
        group=(ANY, *scope.groups),
    )


def read_asked(form: Mapping[str, str]) -> tuple[Asked, list[tuple[str, str]]]:
    """Return what was asked for, and what is wrong with it by field."""
    asked, errors = Asked.read(form), []
    days = {}
    for name in ("since", "until"):
        typed = typed_day(form, name)
        days[name] = read_day(typed) if any(typed.values()) else None
        if any(typed.values()) and days[name] is None:
            errors.append((name, NOT_A_DAY))
    if days["since"] and days["until"] and days["since"] > days["until"]:
        errors.append(("until", BACKWARDS))
    written = {name: day.isoformat() if day else "" for name, day in days.items()}
    return replace(asked, **written), errors


def _label(options: tuple[Option, ...], value: str) -> str:
    return dict(options).get(value, value) if value else ""
