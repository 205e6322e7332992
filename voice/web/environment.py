"""Jinja, set up so that a page is drawn in few steps.

Nothing of what a template says or may say changes. As Jinja comes, a page hands each of its
pieces up through every layout, looks at every call for wishes that ours do not have, and makes
anew what is marked as safe already: half of what drawing a page took.
"""

from collections.abc import Callable, Iterable, MutableMapping
from types import BuiltinFunctionType, FunctionType
from typing import Any

from flask.sansio.app import App
from flask.templating import Environment
from jinja2 import StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from markupsafe import _escape_inner as _escape_text  # type: ignore[attr-defined] # its own inner part

escape_text: Callable[[str], str] = _escape_text  # what `escape` itself calls, for text alone


class SettledGlobals(dict[str, Any]):
    """The globals of a template, copied once: nobody adds any after the first page.

    Each time a template takes a macro from another, which is some seventeen times a page, Jinja
    goes through them all; through the ChainMap that it makes by itself, that is slow.
    """

    @property
    def maps(self) -> list[MutableMapping[str, Any]]:
        """Return where Jinja puts what is meant for this template alone, as a ChainMap does."""
        return [self]


class _WholeBlocks(CodeGenerator):
    """Writes templates that hand up each block in one piece, and mark as safe only what is not."""

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Let a block, or what stands outside any, be gathered before it is handed up."""
        if frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")
        frame.buffer = None

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if finalize.src is None and frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.made_safe(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _PlainCalls(Context):
    """What a template knows. Functions that want nothing of it are called as they are."""

    def call(
        self,
        called: Any,
        /,
        *given: Any,
        _loop_vars: dict[str, Any] | None = None,
        _block_vars: dict[str, Any] | None = None,
        **named: Any,
    ) -> Any:
        """Call what a template calls; all but macros and functions in Jinja's own way."""
        kind = type(called)
        if kind is Macro:
            return called(self.eval_ctx, *given, **named)
        if kind is BuiltinFunctionType or (kind is FunctionType and not called.__dict__):
            return called(*given, **named)
        return super().call(called, *given, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)


class VoiceEnvironment(Environment):
    """Jinja as Flask sets it up, with globals that are settled and templates of few steps."""

    code_generator_class = _WholeBlocks
    context_class = _PlainCalls

    def __init__(self, app: App, **options: Any) -> None:
        """Set Jinja up for `app`."""
        super().__init__(
            app, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, **options
        )
        self._read: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's own name
    ) -> Template:
        """Return a template; one that was read stays, because none changes while we run."""
        if globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        if name not in self._read:
            self._read[name] = super().get_template(name, parent)
        return self._read[name]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template: its own, over everybody's."""
        return SettledGlobals(self.globals | dict(d or {}))

    @staticmethod
    def made_safe(shown: object) -> str:
        """Return what a page shows as it may stand there, escaped unless it is marked as safe.

        Plain text comes back as plain text: it only goes between the others on the page.
        """
        kind = type(shown)
        if kind is Markup:
            return shown  # type: ignore[return-value] # as its kind says
        return escape_text(shown) if kind is str else escape(shown)  # type: ignore[arg-type] # is str
