"""Build hook: compiles the message catalogues, so that no binary file is kept in the repository."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[misc]
    """Writes a ``.mo`` beside every ``.po`` before a wheel, an sdist or an editable install is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        # By its path: the package cannot be imported where it is built, for what it depends on is not there.
        catalogues = runpy.run_path(str(root / "portal" / "operations" / "catalogues.py"))
        for compiled in catalogues["compile_catalogues"](root / "portal" / "translations"):
            build_data.setdefault("artifacts", []).append(str(compiled.relative_to(root)))
