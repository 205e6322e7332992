"""`voice survey check`: what must and what should be mended in a survey file, line by line."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from surveys.checking.findings import Finding
from surveys.checking.links import links_of
from surveys.checking.reading_age import reading_ages
from surveys.checks import check_survey
from surveys.definition import DefinitionError, read_survey_file, read_text_file
from surveys.engine import Survey
from surveys.lines import Lines
from voice.services.asked_links import Verdict, ask_links


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--ages", is_flag=True, help="Show how old one must be to read each text.")
@click.option("--links", is_flag=True, help="Ask each site that it links to for its page.")
def check(file: Path, *, ages: bool, links: bool) -> None:
    """Say what must and what should be mended in a survey FILE before it opens."""
    try:
        found = read_survey_file(file)
    except DefinitionError as error:
        raise click.ClickException(str(error)) from error
    for each in reading_ages(found) if ages else ():
        click.echo(f"reading age {each.years:2}  {each.place}: {each.text}")
    are_gone = links and _ask_for_links(found)
    findings = check_survey(found)
    for words in _in_words(found, findings, Lines(read_text_file(file))):
        click.echo(words)
    must = sum(finding.severity == "must" for finding in findings)
    click.echo(f"{file.name}: {must} must be mended, {len(findings) - must} should be.")
    if must or are_gone:
        raise click.exceptions.Exit(1)


def _in_words(survey: Survey, findings: Sequence[Finding], lines: Lines) -> Iterator[str]:
    """Say each finding with the line and the code of its question."""
    places = {question.code: place for place, question in enumerate(survey.questions)}
    for finding in findings:
        where = ""
        if finding.question in places:
            line = lines.line_of(("questions", places[finding.question]))
            where = f"line {line}, question {finding.question}: "
        yield f"{finding.severity}: {where}{finding.message}"


def _ask_for_links(survey: Survey) -> bool:
    """Say what became of each link; return whether any is known to lead nowhere."""
    answers = ask_links(links_of(survey))
    for each in answers:
        moved = f" to {each.moved_to}" if each.moved_to else ""
        why = f". {each.why}" if each.why else ""
        click.echo(f"link: {each.address}: {each.verdict.value.lower()}{moved}{why}")
    return any(each.verdict is Verdict.NOT_FOUND for each in answers)
