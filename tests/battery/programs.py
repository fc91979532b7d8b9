"""Runs a program of the battery as a process of its own, and reads the figures that it prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def run(program: str, *words: object, env: dict[str, str] | None = None) -> Any:
    """The JSON that `python -m tests.battery.<program> <words>` prints last; it must end well."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.battery.{program}", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])
