"""Telegram's types and methods as another library has them, and what differs from them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_TYPES = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None),
    "array": list, "object": dict,
}  # fmt: skip


@cache
def schema() -> dict[str, Any]:
    path = Path(__file__).parent / "bot_api_schema.json"  # made by scripts/bot_api_schema.py
    return dict(json.loads(path.read_text(encoding="utf-8")))


def differences(value: Any, kind: str) -> list[str]:
    """Return how a value differs from Telegram's type of this name; nothing if it does not."""
    return _of_shape(value, schema()["types"][kind], kind)


def differences_of_call(method: str, arguments: dict[str, Any]) -> list[str]:
    """Return how the arguments of a call differ from what the method takes."""
    name = method[0].upper() + method[1:]
    return _of_shape(_unpacked(arguments), schema()["methods"][name], method)


def _unpacked(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return arguments as JSON has them; a form carries objects and numbers as their words."""
    return {name: _read(value) for name, value in arguments.items()}


def _read(value: Any) -> Any:
    is_packed = isinstance(value, str) and (value[:1] in "[{" or value in {"true", "false"})
    return json.loads(value) if is_packed and value else value


def _of_shape(value: Any, shape: dict[str, Any], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where} is no object"]
    missing = [f"{where}.{name} is missing" for name in shape["required"] if name not in value]
    unknown = [f"{where}.{name} is unknown" for name in value if name not in shape["properties"]]
    wrong = [
        found
        for name, part in shape["properties"].items()
        if name in value
        for found in _of_part(value[name], part, f"{where}.{name}")
    ]
    return missing + unknown + wrong


def _of_part(value: Any, part: dict[str, Any], where: str) -> list[str]:
    if "$ref" in part:
        return differences_at(value, part["$ref"], where)
    if "anyOf" in part:
        each = [_of_part(value, one, where) for one in part["anyOf"]]
        return [] if [] in each else min(each, key=len)
    if part.get("format") in {"date-time", "duration"}:
        return [] if isinstance(value, int) else [f"{where} is no moment"]  # a number on the wire
    expected = part.get("type")
    if expected is None:
        return []
    is_flag = isinstance(value, bool) and expected != "boolean"
    if is_flag or not isinstance(value, _TYPES[expected]):
        return [f"{where} is no {expected}"]
    inside = part.get("items", {}) if expected == "array" else {}
    return [found for one in value for found in _of_part(one, inside, where)] if inside else []


def differences_at(value: Any, kind: str, where: str) -> list[str]:
    return _of_shape(value, schema()["types"][kind], where)
