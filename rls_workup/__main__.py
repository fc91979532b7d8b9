"""Parts are put together here: the window, or a subcommand without Qt."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

from rls_workup import cli
from rls_workup.cli.protocol_words import default_practice_folder, practice_folder
from rls_workup.errors import WorkupError
from rls_workup.ui.guards import no_core_dumps


def main(arguments: Sequence[str] | None = None) -> int:
    """The program. Returns the exit status of contract.md: 0, 1 or 2."""
    os.umask(0o077)
    no_core_dumps()
    given = list(sys.argv[1:] if arguments is None else arguments)
    _readable_output()
    try:
        return cli.run(given) if cli.names_command(given) else _window(given)
    except WorkupError as trouble:
        cli.tell(trouble)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 1
    except Exception as bug:  # noqa: BLE001  the last fence: a person sees a sentence, never a traceback
        print(_about(bug), file=sys.stderr)
        return 1


def _window(arguments: Sequence[str]) -> int:
    options = cli.window_options(arguments)
    from rls_workup.ui.application import run

    store = options.store or cli.default_store()
    practice = options.protocol or default_practice_folder()
    return run(options.files, store, practice_folder(options.protocol), practice)


def _readable_output() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _about(bug: Exception) -> str:
    """Kind and place of a mistake of ours; never its text, which may hold patient data."""
    places = traceback.extract_tb(bug.__traceback__)
    place = f"{os.path.basename(places[-1].filename)}:{places[-1].lineno}" if places else "?"
    return (
        f"The program made a mistake ({type(bug).__name__} at {place}). "
        "Your files are as they were. Please report these words."
    )


if __name__ == "__main__":
    sys.exit(main())
