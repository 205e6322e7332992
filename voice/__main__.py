"""The `voice` command: `voice --help` lists what it can be asked."""

import logging

import click

from voice.logs import set_up_logs


class LazyGroup(click.Group):
    """A group whose commands are imported only when asked for, so that each starts fast."""

    commands_in = {  # noqa: RUF012 - a fixed table
        "analyse": "voice.cli.analyse",
        "audit": "voice.cli.audit",
        "brand": "voice.cli.brand",
        "concern": "voice.cli.concern",
        "consultation": "voice.cli.consultation",
        "demo": "voice.cli.demo",
        "drill": "voice.cli.drill",
        "keys": "voice.cli.keys",
        "mask": "voice.cli.mask",
        "migrate": "voice.cli.migrate",
        "officer": "voice.cli.officer",
        "privacy": "voice.cli.privacy",
        "rehearse": "voice.cli.survey",
        "responses": "voice.cli.responses",
        "run": "voice.cli.run",
        "screen": "voice.cli.screen",
        "survey": "voice.cli.survey",
        "vectors": "voice.cli.vectors",
        "worker": "voice.cli.worker",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command, those that serve pages among them."""
        return sorted([*self.commands_in, *super().list_commands(ctx)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None."""
        if cmd_name not in self.commands_in:
            return super().get_command(ctx, cmd_name)
        module = __import__(self.commands_in[cmd_name], fromlist=[cmd_name])
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=LazyGroup)
def main() -> None:
    """Ask people what they think, listen safely, understand, act, and answer back."""
    set_up_logs()


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=8, show_default=True)
def web(host: str, port: int, threads: int) -> None:
    """Serve the pages (for a desk or a small council; see docs/serving.md for more)."""
    from waitress import serve  # noqa: PLC0415 - only this command needs it

    from voice.app import MAX_BODY_BYTES, create_app  # noqa: PLC0415 - keeps --help fast
    from voice.cli.opened import settings_or_exit  # noqa: PLC0415 - the same
    from voice.config import warning_of  # noqa: PLC0415 - the same

    settings = settings_or_exit()
    click.echo(warning_of(settings), nl=False, err=True)
    app = create_app(settings)
    logging.getLogger("waitress").setLevel(logging.WARNING)
    serve(
        app,
        host=host,
        port=port,
        threads=threads,
        ident="",  # says nothing about what serves it
        # A little above our own limit, so that our page and not a bare line answers.
        max_request_body_size=MAX_BODY_BYTES * 20,
        clear_untrusted_proxy_headers=True,
    )


@main.command()
@click.option("--table", is_flag=True, help="As docs/who-may-do-what.md: a column a role.")
def routes(*, table: bool) -> None:
    """Show every address, its methods and who may open it."""
    from voice.app import create_app  # noqa: PLC0415 - keeps --help fast
    from voice.cli.opened import settings_or_exit  # noqa: PLC0415 - the same
    from voice.web.access import roles_for  # noqa: PLC0415 - the same
    from voice.web.matrix import matrix_page  # noqa: PLC0415 - the same

    app = create_app(settings_or_exit())
    if table:
        click.echo(matrix_page(app), nl=False)
        return
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        who = ", ".join(sorted(str(role) for role in roles_for(app, rule.endpoint)))
        click.echo(f"{methods:9} {rule.rule:60} {who}")


if __name__ == "__main__":
    main(prog_name="voice")
