"""`voice survey`: look at survey files; `voice rehearse`: walk one in the terminal."""

from pathlib import Path

import click

from surveys.definition import (
    DefinitionError,
    library_codes,
    read_from_library,
    read_survey_file,
)
from surveys.engine import Survey
from surveys.fitting import Setting, fit
from surveys.talking import ask_again, talk
from surveys.turns import BeginAgain, ChangeWay, Message, Scene, Start, State, Tap, Text
from voice.cli.checking import check
from voice.cli.opened import opened_database, settings_or_exit
from voice.cli.translate import translate
from voice.database import migrate
from voice.services import consultations


@click.group()
def survey() -> None:
    """Look at surveys."""


@survey.command()
def schema() -> None:
    """Print the JSON Schema of a survey file, for a text editor that helps by it."""
    from surveys.schema import schema_text  # noqa: PLC0415 - only this command needs it

    click.echo(schema_text(), nl=False)


@survey.command(name="list")
def list_surveys() -> None:
    """Show the surveys that come with the service, and the consultations that ask them."""
    for code in library_codes():
        found = read_from_library(code)
        click.echo(f"{code:24} {len(found.questions):3} questions  {found.title}")
    with opened_database() as database:
        migrate(database)
        with database.reading() as session:
            for consultation in consultations.list_all(session):
                click.echo(f"  /consultations/{consultation.slug}  asks {consultation.survey_code}")


survey.add_command(check)
survey.add_command(translate)


@click.command()
@click.argument("name", metavar="SURVEY")
def rehearse(name: str) -> None:
    """Walk a SURVEY (a code from `voice survey list`, or a file) as a chat. Nothing is kept."""
    try:
        path = Path(name)
        found = read_survey_file(path) if path.suffix in {".yaml", ".yml"} else (
            read_from_library(name)
        )  # fmt: skip
    except DefinitionError as error:
        raise click.ClickException(str(error)) from error
    council = settings_or_exit().council
    scene = Scene(
        council=council.name,
        helplines=tuple(helpline.line for helpline in council.helplines),
        outcomes_address="/outcomes",
        reference="REHEARSAL",
    )
    _walk(found, scene)


def _walk(whole: Survey, scene: Scene) -> None:
    state = State(session="rehearse")
    turn = talk(_asked(whole, state), state, Start(), scene)
    while True:
        tokens = _show(turn.messages)
        state = turn.state
        if any(isinstance(effect, BeginAgain) for effect in turn.effects):
            state = State(session="rehearse")
        if any(isinstance(effect, ChangeWay) for effect in turn.effects):
            turn = ask_again(_asked(whole, state), state, scene)
            continue
        typed = click.prompt("you", default="", show_default=False)
        if typed in {"/quit", "/exit"}:
            return
        event = Tap(tokens[typed]) if typed in tokens else Text(typed)
        turn = talk(_asked(whole, state), state, event, scene)


def _asked(whole: Survey, state: State) -> Survey:
    """Return the survey as the chat asks it in the way and language chosen."""
    return fit(whole, Setting(channel="telegram", variant=state.variant, language=state.language))


def _show(messages: tuple[Message, ...]) -> dict[str, str]:
    """Print what is said; return what may be typed to press each button: b1, b2 and so on."""
    tokens: dict[str, str] = {}
    for message in messages:
        click.echo(f"\n{message.text}")
        for row in message.rows:
            for button in row:
                name = f"b{len(tokens) + 1}"
                tokens[name] = button.token
                click.echo(f"   [{name}] {button.label}")
    return tokens
