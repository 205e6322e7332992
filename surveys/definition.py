"""Read a survey from YAML. Every error names the file, the line, the question and the cure."""

from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from surveys.condition_faults import faults_in
from surveys.conditions import simple_parts
from surveys.engine import Survey
from surveys.equality import equality_faults
from surveys.lines import Lines
from surveys.pages import page_faults
from surveys.piping import piping_faults
from surveys.questions import AnyQuestion
from surveys.translations import Translation
from surveys.way_faults import Fault, faults_in_translation, faults_in_ways

MAX_DEFINITION_BYTES = 250_000  # twenty times the longest that we know; read in 3 seconds at most
# An alias (`*name`) stands for a whole branch, so a few lines can stand for billions of values.
MAX_DEFINITION_VALUES = 50_000
_TOO_LARGE = f"is larger than {MAX_DEFINITION_BYTES:,} bytes; split it"
LIBRARY = Path(__file__).parent / "library"


class DefinitionError(ValueError):
    """A survey file cannot be used. `problems` has a sentence for each thing to mend."""

    def __init__(self, name: str, problems: list[str]) -> None:
        super().__init__("\n".join(f"{name}: {problem}" for problem in problems))
        self.name = name
        self.problems = problems


def read_survey(
    text: str, *, name: str = "survey", translations: Sequence[Translation] = ()
) -> Survey:
    """Return the survey that this YAML describes, with `translations` beside its own.

    Raises:
        DefinitionError: if it is too large, is not YAML, has a key we do not know, repeats a
            code, or asks a question on a condition that looks at nothing before it.
    """
    raw = read_yaml(text, name=name)
    try:
        survey = Survey.model_validate(raw)
    except ValidationError as error:
        faults = [(each["loc"], _in_words(each, raw)) for each in _only_causes(error.errors())]
        raise DefinitionError(name, _with_lines(text, faults)) from error
    every = (*survey.translations, *translations)
    survey = survey.model_copy(update={"translations": every})
    if problems := list(_problems(survey)):
        raise DefinitionError(name, _with_lines(text, problems))
    return survey


def read_survey_file(path: Path) -> Survey:
    """Return the survey in this file, with the translations that lie beside it.

    `bus.cy.yaml` is the Welsh of `bus.yaml`.

    Raises:
        DefinitionError: as `read_survey`, and if a file is not there or not UTF-8.
    """
    text = read_text_file(path)
    survey, translations = read_survey(text, name=path.name), []
    for each in sorted(path.parent.glob(f"{path.stem}.*{path.suffix}")):
        spoken = read_text_file(each)
        translations.append(read_translation(spoken, name=each.name))
        if faults := list(faults_in_translation(survey, translations[-1])):
            raise DefinitionError(each.name, _with_lines(spoken, faults))
    return read_survey(text, name=path.name, translations=translations) if translations else survey


def read_translation(text: str, *, name: str) -> Translation:
    """Return the translation that this YAML holds.

    Raises:
        DefinitionError: if it is too large, is not YAML, or has a key we do not know.
    """
    raw = read_yaml(text, name=name)
    try:
        return Translation.model_validate(raw)
    except ValidationError as error:
        faults = [(each["loc"], _in_words(each, raw)) for each in error.errors()]
        raise DefinitionError(name, _with_lines(text, faults)) from error


def read_yaml(text: str, *, name: str) -> dict[str, Any]:
    """Return the map that this YAML holds, as plain values.

    Raises:
        DefinitionError: if it is too large, before or after its aliases are followed, is not
            YAML, or is no map.
    """
    if len(text.encode("utf-8", "replace")) > MAX_DEFINITION_BYTES:
        raise DefinitionError(name, [_TOO_LARGE])
    try:
        raw = YAML(typ="safe", pure=True).load(StringIO(text))
    except MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}" if error.problem_mark else "somewhere"
        raise DefinitionError(name, [f"{where}: {error.problem or 'not YAML'}"]) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise DefinitionError(name, ["is not YAML that we can read"]) from error
    if not isinstance(raw, dict):
        raise DefinitionError(name, ["is empty or no map; start with `code:` and `title:`"])
    if not _is_small_enough(raw):
        raise DefinitionError(name, ["repeats itself by alias too often; write each part out"])
    return raw


def read_text_file(path: Path) -> str:
    """Return the text in this file.

    Raises:
        DefinitionError: if the file is not there, is too large or is not UTF-8.
    """
    try:
        if path.stat().st_size > MAX_DEFINITION_BYTES:
            raise DefinitionError(path.name, [_TOO_LARGE])
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DefinitionError(path.name, ["is not UTF-8; save it as UTF-8"]) from error
    except FileNotFoundError as error:
        raise DefinitionError(path.name, ["is not there; check the path"]) from error
    except OSError as error:
        raise DefinitionError(path.name, ["cannot be opened; check that it is a file"]) from error


def library_codes() -> list[str]:
    """Return the codes of the surveys that come with the service, sorted."""
    return sorted(path.stem for path in LIBRARY.glob("*.yaml") if "." not in path.stem)


def read_from_library(code: str) -> Survey:
    """Return a survey that comes with the service.

    Raises:
        DefinitionError: if there is none with this code.
    """
    if code not in library_codes():
        raise DefinitionError(code, [f"is not in the library; there are {library_codes()}"])
    return read_survey_file(LIBRARY / f"{code}.yaml")


def _is_small_enough(raw: Any) -> bool:
    """Return whether following every alias meets no more than `MAX_DEFINITION_VALUES` values."""
    waiting = [raw]
    for _ in range(MAX_DEFINITION_VALUES):
        if not waiting:
            return True
        branch = waiting.pop()
        if isinstance(branch, Mapping):
            waiting.extend(branch.values())
        elif isinstance(branch, list | tuple | set):
            waiting.extend(branch)
    return not waiting


_KINDS = frozenset(
    kind
    for question in get_args(get_args(AnyQuestion)[0])
    for kind in get_args(question.model_fields["kind"].annotation)
)
_CURES = {
    "extra_forbidden": "is not a key we know; remove it or check its spelling",
    "missing": "is missing; add it",
    "string_type": "is not text; put quotation marks around it",
    "string_too_short": "is empty; write something or remove it",
    "string_pattern_mismatch": (
        "is no code; use up to 40 of a-z, 0-9 and _, and begin with a letter"
    ),
    "model_attributes_type": "is not a list of keys; write `code:`, `kind:` and `text:`",
    "too_short": "needs at least {min_length}; add what is missing",
    "too_long": "takes at most {max_length}; take some away",
    "union_tag_invalid": "is not a kind of question; see the list in docs/surveys.md",
    "union_tag_not_found": "needs a `kind`; see the list in docs/surveys.md",
}


def _only_causes(errors: list[Any]) -> list[Any]:
    """Leave out that there are too few questions, which is said when some are faulty."""
    inside = any(error["loc"][:1] == ("questions",) and len(error["loc"]) > 1 for error in errors)
    return [error for error in errors if not (inside and error["loc"] == ("questions",))]


def _in_words(error: Any, raw: dict[str, Any]) -> str:
    """Say where in the file the error is, by question code, and what to mend."""
    path = [str(part) for part in error["loc"]]
    match error["loc"]:
        case ("questions", int(place), *rest):
            # What the answer is to be is a tag in the path, and no key that anybody wrote.
            inner = [str(part) for part in rest if part not in _KINDS]
            path = [f"question {_code_at(raw, place)}", *inner]
    return f"{' → '.join(path)}: {cure_for(error)}"


def cure_for(error: Any) -> str:
    """Return what to mend about one of pydantic's errors, in our words."""
    if error["type"] in _CURES:
        return _CURES[error["type"]].format_map(error.get("ctx", {}))
    return str(error["msg"]).removeprefix("Value error, ")


def _code_at(raw: dict[str, Any], place: int) -> Any:
    """Return the code of the question at this place, or its number when it has none."""
    questions = raw.get("questions")
    question = questions[place] if isinstance(questions, list) else None
    code = question.get("code") if isinstance(question, dict) else None
    return code or place + 1


def _with_lines(text: str, faults: Sequence[Fault]) -> list[str]:
    """Say of each fault on which line of the file it stands."""
    lines = Lines(text)
    return [f"line {lines.line_of(path)}: {words}" for path, words in faults]


def _problems(survey: Survey) -> Iterator[Fault]:
    """Give each thing that makes the survey impossible to ask."""
    for place, problem in problems_between(survey):
        first = problem.split(" ", 1)[0]  # the key at fault, where the sentence begins with it
        yield ("questions", place, first), f"question {survey.questions[place].code}: {problem}"
    yield from faults_in_ways(survey)


def problems_between(survey: Survey) -> Iterator[tuple[int, str]]:
    """Give (place of the question, what to mend) where sound questions do not go together."""
    seen: set[str] = set()
    for place, question in enumerate(survey.questions):
        if question.code in seen:
            yield place, "the code is used twice; give each its own"
        for condition in simple_parts(question.ask_if):
            faults = faults_in(condition, survey, before=seen, here=question.code)
            yield from ((place, fault) for fault in faults)
        seen.add(question.code)
    yield from equality_faults(survey)
    yield from page_faults(survey)
    yield from piping_faults(survey)
