"""A value that has no field of its own, typed as a piece of YAML."""

from typing import Any

from surveys.definition import DefinitionError, read_yaml
from surveys.writing import as_yaml


def read_by_hand(text: str) -> Any:
    """Return what a piece of YAML says; the text itself when it is none; None when it is blank."""
    if not text.strip():
        return None
    try:
        inner = "\n".join(f"  {line}" for line in text.split("\n"))
        return read_yaml(f"value:\n{inner}", name="field")["value"]
    except DefinitionError:
        return text


def by_hand(value: Any) -> str:
    """Return a value as somebody would type it; what was typed and is no YAML comes back as is."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    return as_yaml(value)
