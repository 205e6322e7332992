"""The languages of a draft: put in what a translator sent back, in place of what was there."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from surveys.drafting.sketch import Sketch
from surveys.translations import Translation


def with_translation(sketch: Sketch, translation: Translation) -> Sketch:
    """Return the sketch with this language in it."""
    before = sketch.heading.get("translations")
    others = [each for each in before or () if not _is_in(each, translation.language)]
    written = translation.model_dump(exclude_defaults=True)
    return replace(sketch, heading={**sketch.heading, "translations": [*others, written]})


def _is_in(written: Any, language: str) -> bool:
    return isinstance(written, Mapping) and written.get("language") == language
