"""Measures the program beside plain references, in one run; sets up first."""

from __future__ import annotations

import os
import subprocess
import sys

from setting_up import PYTHON, ROOT, set_up


def main() -> int:
    """Runs the benchmarks and prints a line each; returns their exit status."""
    set_up("test")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    script = ROOT / "tests" / "benchmarks" / "measure.py"
    return subprocess.run([str(PYTHON), str(script)], cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
