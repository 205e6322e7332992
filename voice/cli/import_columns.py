"""What the columns of a file stand for, as `voice responses import` is told and tells."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import click

from surveys.engine import Survey
from surveys.questions import OneOf
from voice.services import import_mapping
from voice.services.import_mapping import Mapping

LEFT_OUT = "left out"


def decide(
    survey: Survey,
    columns: Sequence[str],
    before: Mapping,
    *,
    named: Iterable[str],
    same: Iterable[str],
) -> Mapping:
    """Return the mapping with what was typed laid over what was guessed or agreed before.

    Raises:
        ClickException: if a column, a question or an option that is typed is not there.
    """
    targets = list(before.targets)
    for typed in named:
        place, name = _split(columns, typed)
        targets[place] = _target(survey, name)
    fixed = dict(_same(survey, typed) for typed in same)
    return replace(before, targets=tuple(targets), fixed=before.fixed | fixed)


def show(survey: Survey, columns: Sequence[str], mapping: Mapping) -> None:
    """Print what each column is taken for."""
    words = dict(import_mapping.targets_of(survey))
    click.echo("What each column is taken for:")
    for column, target in zip(columns, mapping.targets, strict=True):
        click.echo(f"  {column.strip() or '(no name)'} -> {words[target] if target else LEFT_OUT}")


def _split(columns: Sequence[str], typed: str) -> tuple[int, str]:
    """Return the column of HEADER=QUESTION; a header may hold an equals sign itself."""
    found = [
        place for place, column in enumerate(columns) if typed.startswith(f"{column.strip()}=")
    ]
    if not found:
        raise click.ClickException(f"--map {typed}: no column has this header before its =")
    place = max(found, key=lambda one: len(columns[one].strip()))
    return place, typed[len(columns[place].strip()) + 1 :].strip()


def _target(survey: Survey, name: str) -> str:
    known = {target for target, _ in import_mapping.targets_of(survey)}
    target = name if name in known else import_mapping.guess(survey, [name]).targets[0]
    if name and not target:
        raise click.ClickException(f"--map: no question is called {name}")
    return target


def _same(survey: Survey, typed: str) -> tuple[str, str]:
    code, _, option = typed.partition("=")
    question = survey.question(code)
    if not isinstance(question, OneOf) or question.option(option) is None:
        raise click.ClickException(f"--same {typed}: write the codes of a question and its option")
    return code, option
