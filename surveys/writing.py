"""A survey as a file: YAML that people can read and change, and that reads back the same."""

from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import SafeRepresenter

from surveys.engine import Survey

_WIDTH = 110
_BREAKS = ("\x85", "\u2028", "\u2029")


class _Representer(SafeRepresenter):
    """Writes texts of several lines as a block, so that they look as they are read."""

    def text(self, text: str) -> ScalarNode:
        """Return a text as a node."""
        lines = text.split("\n")
        style = None
        if any(char in text for char in _BREAKS):
            style = '"'  # YAML takes these for the end of a line, unless they are written as codes
        elif len(lines) > 1 and all(_is_a_plain_line(line) for line in lines):
            style = "|"
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Representer.add_representer(str, _Representer.text)


def _is_a_plain_line(line: str) -> bool:
    return line == line.strip() and line.isprintable()


def survey_text(survey: Survey) -> str:
    """Return a survey as the text of its file."""
    return as_yaml(as_definition(survey))


def as_definition(survey: Survey) -> dict[str, Any]:
    """Return a survey as plain values, without what is as it would be anyway."""
    raw = survey.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    kinds = [question.kind for question in survey.questions]
    raw["questions"] = [
        {"code": each["code"], "kind": kind, **each}
        for each, kind in zip(raw["questions"], kinds, strict=True)
    ]
    return raw


def as_yaml(value: Mapping[str, Any] | list[Any] | Any) -> str:
    """Return plain values as YAML, in their own order."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Representer = _Representer
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = _WIDTH
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment] # ruamel's own switch
    written = StringIO()
    yaml.dump(value, written)
    return written.getvalue()
