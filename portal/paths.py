"""Where templates, static files and migrations are: beside `portal/` in a checkout, inside it in an installed wheel."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    inside = _HERE / name
    return inside if inside.is_dir() else _HERE.parent / name


TEMPLATES = _folder("templates")
STATIC = _folder("static")
MIGRATIONS = _folder("migrations")
TRANSLATIONS = _HERE / "translations"
