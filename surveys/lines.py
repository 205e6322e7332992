"""The line of a YAML file on which something stands, for errors that YAML itself does not find."""

from collections.abc import Sequence
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

Path = Sequence[str | int]


class Lines:
    """The lines of a file that was read before, and so is sound YAML; read again for its marks."""

    def __init__(self, text: str) -> None:
        self._root: Node = YAML(typ="safe", pure=True).compose(StringIO(text))

    def line_of(self, path: Path) -> int:
        """Return the line, from 1, of the last part of `path` that is in the file.

        A path leads through keys and places in lists. What is missing has the line of what it is
        missing from.
        """
        node: Node | None = self._root
        line: int = self._root.start_mark.line
        for part in path:
            found = _within(node, part)
            if found is not None:
                line, node = found
        return line + 1


def _within(node: Node | None, part: str | int) -> tuple[int, Node] | None:
    """Return the line and the contents of one part of a branch, or None if it has no such part."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line, value
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line, node.value[part]
    return None
