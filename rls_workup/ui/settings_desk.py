"""What becomes of a setting that was changed on the page: kept, used at once, or done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from rls_workup.errors import WorkupError
from rls_workup.ui.settings_page import SettingsPage
from rls_workup.ui.settings_sections import ACTS, LEADING, UNITS, Shown
from rls_workup.ui.words import said_of

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework
    from rls_workup.ui.settings import Settings


class SettingsDesk(QObject):
    """One page for one window."""

    def __init__(self, casework: Casework) -> None:
        super().__init__(casework)
        self._casework, self._window = casework, casework.window
        self._page: SettingsPage | None = None

    @property
    def page(self) -> SettingsPage:
        """The page, made when first asked for and again when it is gone."""
        if self._page is None or not isValid(self._page):
            self._page = SettingsPage(self._window, self._shown)
            self._page.chosen.connect(self.take)
        return self._page

    def take(self, name: str, value: Any) -> None:
        """Use a choice from now on, or do what was asked for."""
        if name in ACTS:
            self._window.perform(name)
        elif name == LEADING:
            self._read_first(value)
        else:
            self._window.take_settings(replace(self._window.settings, **{name: value}))
            if name == UNITS:  # the single tests say which unit that is
                self.page.fill_anew()

    def follow(self, settings: Settings) -> None:
        """Show choices that were made elsewhere."""
        if self._page is not None and isValid(self._page):
            self._page.follow(settings)

    def _read_first(self, chosen: dict[str, str]) -> None:
        practice = self._window.loading.practice
        try:
            if practice:
                self._casework.reading.lead(practice, chosen)
        except WorkupError as trouble:
            self._window.tell(said_of(trouble))
            self.page.fill_anew()

    def _shown(self) -> Shown:
        window = self._window
        return Shown(window.settings, self._casework.protocol, window.loading.practice, window.store.path)
