"""A survey as its author left it: plain values that need not be sound yet."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

MAX_CODE_CHARS = 40
_NO_CODE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Sketched:
    """One question as it was typed. Its key never changes, however its code does."""

    key: str
    written: Mapping[str, Any]
    aside: Mapping[str, Any] = field(default_factory=dict)  # written for a kind it no longer is

    @property
    def code(self) -> str:
        """The code as it was typed; empty when there is none."""
        return str(self.written.get("code") or "")

    @property
    def kind(self) -> str:
        """The kind as it was written; empty when there is none."""
        return str(self.written.get("kind") or "")


@dataclass(frozen=True, slots=True)
class Sketch:
    """A whole survey as it was typed: what stands above its questions, and the questions.

    `removed` keeps every question that was deleted, with the place it had (from 0).
    """

    heading: Mapping[str, Any]
    questions: tuple[Sketched, ...] = ()
    removed: tuple[tuple[int, Sketched], ...] = ()
    next_key: int = 1

    @property
    def title(self) -> str:
        """The title as it was typed."""
        return str(self.heading.get("title") or "")

    def definition(self) -> dict[str, Any]:
        """Return what a survey file would hold."""
        return {**self.heading, "questions": [_in_order(each.written) for each in self.questions]}

    def find(self, key: str) -> Sketched | None:
        """Return the question with this key, or None."""
        return next((each for each in self.questions if each.key == key), None)

    def place_of(self, key: str) -> int:
        """Return the place of a question, from 0.

        Raises:
            KeyError: if there is none with this key.
        """
        for place, each in enumerate(self.questions):
            if each.key == key:
                return place
        raise KeyError(key)

    def to_json(self) -> str:
        """Return the sketch as it is stored."""
        return json.dumps(
            {
                "heading": dict(self.heading),
                "questions": [_stored(each) for each in self.questions],
                "removed": [[place, _stored(each)] for place, each in self.removed],
                "next_key": self.next_key,
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, stored: str) -> "Sketch":
        """Return the sketch that `to_json` stored."""
        raw = json.loads(stored)
        return cls(
            heading=raw["heading"],
            questions=tuple(Sketched(**each) for each in raw["questions"]),
            removed=tuple((place, Sketched(**each)) for place, each in raw["removed"]),
            next_key=raw["next_key"],
        )


def sketch_of(definition: Mapping[str, Any]) -> Sketch:
    """Return the sketch of a definition, sound or not, whose questions are a list of maps."""
    plain = _plain(definition)
    asked = plain.pop("questions", None)
    listed = [each for each in asked if isinstance(each, dict)] if isinstance(asked, list) else []
    heading = plain
    questions = tuple(Sketched(f"q{place}", each) for place, each in enumerate(listed, start=1))
    return Sketch(heading, questions, next_key=len(listed) + 1)


def blank_sketch(title: str) -> Sketch:
    """Return a survey of no question yet."""
    about = {"what": "", "why": "", "who_for": "", "minutes": 5}
    about |= {"what_happens": "", "who_reads": ""}
    heading = {"code": code_from(title), "title": title, "audience": "adult", "about": about}
    return Sketch(heading)


def code_from(words: str) -> str:
    """Return words as a code: small letters, digits and underscores, a letter first."""
    code = _NO_CODE.sub("_", words.casefold()).strip("_")
    if not code or not ("a" <= code[0] <= "z"):
        code = f"s_{code}"
    return code[:MAX_CODE_CHARS].strip("_")


def add(sketch: Sketch, written: Mapping[str, Any], *, place: int | None = None) -> Sketch:
    """Put a question at `place` (from 0), or last, under a code of its own."""
    at = len(sketch.questions) if place is None else place
    fresh = {"code": free_code(sketch, str(written.get("code") or "question")), **written}
    fresh["code"] = free_code(sketch, fresh["code"])
    added = Sketched(f"q{sketch.next_key}", fresh)
    questions = (*sketch.questions[:at], added, *sketch.questions[at:])
    return replace(sketch, questions=questions, next_key=sketch.next_key + 1)


def with_heading(sketch: Sketch, heading: Mapping[str, Any]) -> Sketch:
    """Keep what was typed about the survey as a whole."""
    return replace(sketch, heading=heading)


def rewrite(
    sketch: Sketch, key: str, written: Mapping[str, Any], *, aside: Mapping[str, Any] | None = None
) -> Sketch:
    """Keep what was typed for a question, exactly as it was typed."""
    place = sketch.place_of(key)
    old = sketch.questions[place]
    new = Sketched(key, written, old.aside if aside is None else aside)
    return _with(sketch, (*sketch.questions[:place], new, *sketch.questions[place + 1 :]))


def move(sketch: Sketch, key: str, place: int) -> Sketch:
    """Put a question at `place` (from 0); beyond either end is the end."""
    at = sketch.place_of(key)
    left = [*sketch.questions[:at], *sketch.questions[at + 1 :]]
    left.insert(max(0, min(place, len(left))), sketch.questions[at])
    return _with(sketch, tuple(left))


def duplicate(sketch: Sketch, key: str) -> Sketch:
    """Put a copy of a question right after it, under a code of its own."""
    place = sketch.place_of(key)
    return add(sketch, sketch.questions[place].written, place=place + 1)


def remove(sketch: Sketch, key: str) -> Sketch:
    """Take a question out; it is kept among `removed`."""
    place = sketch.place_of(key)
    left = (*sketch.questions[:place], *sketch.questions[place + 1 :])
    gone = (*sketch.removed, (place, sketch.questions[place]))
    return replace(sketch, questions=left, removed=gone)


def bring_back(sketch: Sketch, key: str) -> Sketch:
    """Put a question that was taken out back where it was.

    Raises:
        KeyError: if none with this key was taken out.
    """
    for place, gone in sketch.removed:
        if gone.key == key:
            left = tuple(each for each in sketch.removed if each[1].key != key)
            questions = (*sketch.questions[:place], gone, *sketch.questions[place:])
            return replace(sketch, questions=questions, removed=left)
    raise KeyError(key)


def free_code(sketch: Sketch, wanted: str) -> str:
    """Return `wanted`, or it with the first number that makes it nobody else's."""
    taken = {each.code for each in sketch.questions} | {each.code for _, each in sketch.removed}
    if wanted not in taken and wanted != "question":
        return wanted
    number = 2 if wanted != "question" else 1
    while f"{wanted[: MAX_CODE_CHARS - 4]}_{number}" in taken:
        number += 1
    return f"{wanted[: MAX_CODE_CHARS - 4]}_{number}"


def _plain(value: Any) -> Any:
    """Return what YAML can hold as what JSON can: a day as its text, every key a text."""
    match value:
        case Mapping():
            return {str(name): _plain(each) for name, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(each) for each in value]
        case None | bool() | int() | str():
            return value
        case _:
            return str(value)


def _in_order(written: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question with its code and its kind first, as people read a file."""
    first = {name: written[name] for name in ("code", "kind") if name in written}
    return {**first, **written}


def _with(sketch: Sketch, questions: tuple[Sketched, ...]) -> Sketch:
    return replace(sketch, questions=questions)


def _stored(question: Sketched) -> dict[str, Any]:
    return {
        "key": question.key,
        "written": dict(question.written),
        "aside": dict(question.aside),
    }
