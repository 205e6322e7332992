"""Where the files that are no code lie, in a checkout and in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def templates_folder() -> Path:
    """Return the folder of the page templates."""
    return _folder("templates")


def migrations_folder() -> Path:
    """Return the folder of the Alembic migrations."""
    return _folder("migrations")


def patient_feedback_folder() -> Path:
    """Return the folder of the demonstration's comments, with their survey, frame and licence."""
    return _PACKAGE / "patient_feedback"


def privacy_register() -> Path:
    """Return the file that says what is held of people, and why."""
    return _PACKAGE / "privacy_register.yaml"


def find_picture(name: str, *, for_messenger: bool = False) -> Path | None:
    """Return a picture that comes with the service, by its file's name, or None.

    A messenger takes no drawing in SVG, so it gets the PNG of the same name.
    """
    path = static_folder() / "pictures" / Path(name).name
    if for_messenger and path.suffix == ".svg":
        path = path.with_suffix(".png")
    return path if path.is_file() else None


def static_folder() -> Path:
    """Return the folder of the files that browsers are served as they are."""
    return _PACKAGE / "static"
