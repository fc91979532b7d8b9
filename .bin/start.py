"""The README's first command: sets up, then writes the sample sheet and opens the window."""

from __future__ import annotations

import os
import sys

from setting_up import DRAWING, SCREEN, install_debian, lacking_libraries, program, set_up


def main() -> int:
    """Alone: the sample sheet, then the window. With words: `rls-workup WORDS`. Returns the exit status."""
    set_up("run")
    if sys.argv[1:]:
        return program(*sys.argv[1:])
    if status := program("demo"):
        return status
    if not _has_screen():
        print("There is no screen here, so the window is not opened.", file=sys.stderr)
        return 0
    if not install_debian(lacking_libraries(DRAWING | SCREEN)):
        print("The window needs them; the sheet above was written without.", file=sys.stderr)
        return 1
    return program()


def _has_screen() -> bool:
    return sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
