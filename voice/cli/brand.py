"""`voice brand`: look at a council's colours before people have to."""

from pathlib import Path

import click

from voice.services.branding import faults_in_brand


@click.group()
def brand() -> None:
    """Check a council's colours."""


@brand.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Say which colours of the stylesheet FILE some people could not read."""
    faults = faults_in_brand(file.read_text(encoding="utf-8", errors="replace"))
    for fault in faults:
        click.echo(f"{fault.where}: {fault.message}")
    if faults:
        raise click.ClickException(f"{file.name}: {len(faults)} to mend.")
    click.echo(f"{file.name}: every text can be read.")
