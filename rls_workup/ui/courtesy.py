"""Who else has the open work-up open: it is looked at only, until the person takes it over."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from rls_workup.store import Store
from rls_workup.store.holding import Holding
from rls_workup.store.leases import RENEWED_EVERY_SECONDS, Lease
from rls_workup.ui.notices import Notices
from rls_workup.ui.plain import one_line
from rls_workup.ui.saving import Saving, local_clock
from rls_workup.ui.words import say
from rls_workup.ui.workup_screen import WorkupScreen

MATTER = "lease"


class Courtesy(QObject):
    """Holds the lease of the open work-up; `freed`: it may be changed here now, and is to be read anew."""

    freed = Signal(str)
    _told = Signal(str, object)

    def __init__(
        self, store: Store, saving: Saving, notices: Notices, screen: WorkupScreen, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._saving, self._notices, self._screen = saving, notices, screen
        self._workup_id = ""
        self._had = self._others = False
        self._told.connect(self._show)
        self._holding = Holding(store.another, self._told.emit)
        self._timer = QTimer(self)
        self._timer.setInterval(int(RENEWED_EVERY_SECONDS * 1000))
        self._timer.timeout.connect(self._hold)
        saving.resting.connect(partial(self._holding.let_go, 2.0))
        saving.ended.connect(self._close)

    @property
    def holds(self) -> bool:
        """Whether this window has the open work-up, or had it until another took it over."""
        return self._had

    def begin(self, workup_id: str) -> None:
        """This work-up is open from now on."""
        # What was told of this work-up when it was last open is still on its way, and is of no use now.
        QCoreApplication.removePostedEvents(self, QEvent.Type.MetaCall.value)
        self._workup_id = workup_id
        self._had = self._others = False
        self._hold()
        self._timer.start()

    def withdraw(self) -> None:
        """No work-up is open."""
        self._timer.stop()
        self._workup_id = ""
        self._holding.let_go()
        self._notices.take_back(MATTER)
        self._screen.view_only(False)

    def _close(self) -> None:
        self._timer.stop()
        self._holding.close()

    def _hold(self, *, over: bool = False) -> None:
        self._holding.hold(self._workup_id, self._saving.author, self._saving.station, over=over)

    def _show(self, workup_id: str, lease: object) -> None:
        if workup_id != self._workup_id:
            return
        if isinstance(lease, Lease):
            if not self._others:
                self._give_way(lease)
            return
        self._had = True
        if self._others:
            self._others = False
            self._screen.view_only(False)
            self.freed.emit(workup_id)
            # In the same place: were it gone, the page would move up under a hand about to click.
            self._notices.show_notice(MATTER, "ok", say("You can change this work-up now."))

    def _give_way(self, lease: Lease) -> None:
        self._others = True
        self._screen.view_only(True)
        self._saving.flush(0)
        here = (lease.author, lease.station) == (self._saving.author, self._saving.station)
        who = one_line(f"{lease.author} on {lease.station}")
        clock = local_clock(lease.since)[:5]
        if self._had:
            who = say("Another window") if here else who
            words = say("{who} took this work-up over at {clock}.", who=who, clock=clock)
        elif here:
            words = say("This work-up is open in another window of yours since {clock}.", clock=clock)
        else:
            words = say(
                "Open on {station} since {clock}, by {author}.",
                station=one_line(lease.station),
                clock=clock,
                author=one_line(lease.author),
            )
        ways = [(say("Take over"), partial(self._hold, over=True))]
        self._notices.show_notice(
            MATTER, "note", say("{words} You can view it here.", words=words), ways, stays=True
        )
