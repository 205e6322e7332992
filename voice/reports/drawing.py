"""How a report is drawn from its template: strict, and everything in it escaped."""

from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from voice.resources import templates_folder


def draw_report(template: str, **values: object) -> str:
    """Return what `reports/TEMPLATE` draws of these values."""
    return _environment().get_template(f"reports/{template}").render(**values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
