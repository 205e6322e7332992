"""Whether a question asks for a way, a person or a door that there is: else nobody is asked it."""

from collections.abc import Iterator, Mapping

from surveys.checking.findings import Finding, must
from surveys.conditions import OnSetting, simple_parts
from surveys.engine import Survey
from surveys.setting_names import CAPACITIES, CHANNELS, SETTING_NAMES


def find_unknown_settings(survey: Survey) -> Iterator[Finding]:
    """Find a condition that looks at a value that nobody can have."""
    known: Mapping[str, frozenset[str]] = {
        "variant": frozenset(each.code for each in survey.variants),
        "capacity": frozenset(CAPACITIES),
        "channel": frozenset(CHANNELS),
    }
    for question in survey.questions:
        for part in simple_parts(question.ask_if):
            wanted = part.wanted if isinstance(part, OnSetting) else {}
            for key, values in wanted.items():
                for value in sorted(set(values) - known[key]):
                    yield must(
                        question.code,
                        f"`ask_if` looks at “{value}” under “{SETTING_NAMES[key]}”, which there "
                        "is not; choose another, or take it off",
                    )
