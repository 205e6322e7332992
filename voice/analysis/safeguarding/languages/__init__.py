"""Reads what is written in Welsh, Polish and Urdu, the last in both of its scripts.

Nothing here is trained: words stand for concepts (`lexicons/languages/concepts_*.csv`), and rules
that all three share (`rules.csv`) say which concepts near each other a person should read today.
"""

from voice.analysis.safeguarding.languages.reading import Finding, read_piece
from voice.analysis.safeguarding.languages.telling import choose_telling

__all__ = ["Finding", "choose_telling", "read_piece"]
