"""Every feature's tables in one place: whoever imports it has them all, and needs nothing else."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_one_place_imports_every_features_tables() -> None:
    program = "import sys, portal.tables; print(*sorted(n for n in sys.modules if n.startswith('portal.')))"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    models = {".".join(p.relative_to(ROOT).with_suffix("").parts) for p in (ROOT / "portal").rglob("models.py")}
    assert len(models) > 25
    assert models - set(answer.stdout.split()) == set()
