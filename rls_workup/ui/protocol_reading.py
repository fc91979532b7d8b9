"""How protocols are read: which profile leads where sources disagree, in which language they speak."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup.domain.leading import led_by
from rls_workup.ui.editions import Editions
from rls_workup.ui.words import current as in_use

if TYPE_CHECKING:
    from rls_workup.domain.protocol import Protocol
    from rls_workup.ui.casework import Casework


class ProtocolReading:
    """Owns the protocol of new work-ups and the editions of stored ones, both as the window reads them."""

    def __init__(self, casework: Casework, protocol: Protocol) -> None:
        self._casework = casework
        self._tongues = casework.window.loading.tongues
        self.protocol = protocol
        self.editions = self._editions()

    def english(self) -> Protocol:
        """The protocol of new work-ups as it was read, before it was told in another language."""
        return self._tongues.english(self.protocol)

    def lead(self, practice: Path, chosen: Mapping[str, str]) -> None:
        """Keep what the practice reads first, and show the open work-up so. Raises CannotWrite."""
        from rls_workup.protocols import write_choices

        write_choices(practice, chosen)
        self.change(lambda protocol: led_by(protocol, chosen))

    def change(self, changed: Callable[[Protocol], Protocol]) -> None:
        """Show everything by the same protocols, each changed so and told in the language of the window."""

        def told(protocol: Protocol) -> Protocol:
            return self._tongues.told(changed(self._tongues.english(protocol)), in_use.language)

        self.protocol = told(self.protocol)
        self.editions = self._editions()
        session, screen = self._casework.session, self._casework.workup_screen
        if session is not None:
            session.read_by(told(session.protocol))
            screen.show_again(session)

    def _editions(self) -> Editions:
        return Editions(lambda: self._casework.window.store, self.protocol, self._tongues)
