"""The protocol is read in a thread of its own while the person looks at the worklist."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rls_workup.errors import WorkupError
from rls_workup.store import Store
from rls_workup.ui.tongues import Tongues
from rls_workup.ui.words import current, say

if TYPE_CHECKING:
    from rls_workup.domain.protocol import Protocol


class ProtocolLoading(QObject):
    """`done` is told in the window's thread, once; `result()` waits for it.

    `folder` is the practice's own protocol, None where it has none; `practice` is the folder into which the
    practice's own choices are written.
    """

    done = Signal()

    def __init__(
        self,
        folder: Path | None,
        store: Store,
        practice: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        self.tongues = Tongues(folder)
        self.practice = practice
        self._store = store
        self._protocol: Protocol | None = None
        self._trouble: Exception | None = None
        self._thread = threading.Thread(target=self._load, name="protocol", daemon=True)
        self._begun = False

    def begin(self) -> None:
        """Start reading; again does no harm."""
        if not self._begun:
            self._begun = True
            self._thread.start()

    def result(self) -> Protocol:
        """The protocol in the language of the window, as soon as it is read.

        Raises ProtocolMistakes or another WorkupError.
        """
        self.begin()
        self._thread.join()
        if self._protocol is None:
            raise self._trouble or WorkupError(say("The protocol could not be read."))
        return self.tongues.told(self._protocol, current.language)

    def _load(self) -> None:
        try:
            from rls_workup.protocols import load_protocol

            self._protocol = load_protocol(self.folder)
            self.tongues.told(self._protocol, current.language)
            self._warm()
            self._keep(self._protocol)
        except Exception as trouble:  # noqa: BLE001  told by `result`, in the thread that asks
            self._trouble = trouble
        self.done.emit()

    def _warm(self) -> None:
        # What is needed a little later is imported here, not while the person waits for it.
        import rls_workup.exchange.listing
        import rls_workup.exchange.workup_file
        import rls_workup.store.backups  # noqa: F401

    def _keep(self, protocol: Protocol) -> None:
        # A store that cannot be written says so at the first save; the protocol can be used all the same.
        with suppress(WorkupError):
            from rls_workup.ui.editions import keep_text

            store = self._store.another()
            try:
                keep_text(store, protocol)
            finally:
                store.close()
