"""Practice patients: put into the worklist, dated anew while nobody changed them, removed in one act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QMessageBox

from rls_workup.domain.assessment import assess
from rls_workup.domain.dates import iso_date
from rls_workup.domain.workup import Workup
from rls_workup.errors import WorkupError
from rls_workup.exchange.practice import first_patient, practice_patients
from rls_workup.exchange.strict_json import read_json
from rls_workup.exchange.workup_file import new_id
from rls_workup.store import Row
from rls_workup.store.purging import purge, was_purged
from rls_workup.store.store import now
from rls_workup.store.wanted import Only, Wanted
from rls_workup.ui import desk
from rls_workup.ui.commands import WORKLIST
from rls_workup.ui.plain import plain_box, restyle
from rls_workup.ui.words import say
from rls_workup.ui.worklist_model import patient_name

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework

STALE: Final = timedelta(days=7)
_MOST: Final = 1000
_MOST_NAMED: Final = 12
_PUT_IN: Final = "import"


class Practice:
    """They lie in the ordinary store, each marked as a sample on the screen and on every paper."""

    def __init__(self, casework: Casework) -> None:
        self._casework = casework

    def begin(self) -> None:
        """At the start: the first patient into an empty store; those that grew old are dated anew."""
        try:
            changed = self._put_first() or self._renew()
        except WorkupError:  # nobody misses a sample
            return
        if changed:
            self._casework.window.worklist.reload()

    def _put_first(self) -> bool:
        store = self._casework.window.store
        if store.count():
            return False
        workup = first_patient(self._casework.protocol, self._today())
        # Taken off the list by the person: it stays off.
        if desk.document_in(store, workup.id) is not None or was_purged(store.engine, workup.id):
            return False
        self._put(workup)
        return True

    def put(self) -> None:
        """Put those in that are not there, date the untouched ones as of today, and show them all."""
        casework = self._casework
        if not self._at_the_worklist():
            return
        there = {row.identifier: row for row in self._rows()}
        for workup in practice_patients(casework.protocol, self._today()):
            row = there.get(workup.patient.identifier)
            if row is None:
                self._put(replace(workup, id=new_id()))
            else:
                self._date_anew(row, workup, timedelta(days=1))
        casework.window.worklist.list_only(Only.PRACTICE)
        casework.window.notices.show_notice(
            "told",
            "note",
            say(
                "These practice patients are fictitious, and marked SAMPLE on every paper. Try anything with "
                "them. Help, Remove practice patients takes them away again."
            ),
        )

    def remove(self) -> None:
        """Erase all of them for good, asked once."""
        rows = self._rows()
        window = self._casework.window
        if not rows:
            window.notices.show_notice("told", "note", say("There are no practice patients in the worklist."))
        elif self._at_the_worklist() and self._is_meant(rows):
            self.erase(self._rows())

    def erase(self, rows: list[Row]) -> None:
        """Erase these. Raises WorkupError where one was changed meanwhile; those before it are gone."""
        window, saving = self._casework.window, self._casework.saving
        store, reason = window.store, say("Practice patient removed")
        try:
            for row in rows:
                gone = store.void(row.id, row.version, saving.author, saving.station, reason)
                purge(store.engine, row.id, gone.version, now(), saving.author, saving.station, reason)
        finally:
            window.worklist.list_only(Only.ALL)
        window.notices.show_notice("told", "ok", say("The practice patients are removed."))

    def _is_meant(self, rows: list[Row]) -> bool:
        names = [patient_name(row.family_name, row.given_name) for row in rows[:_MOST_NAMED]]
        if len(rows) > _MOST_NAMED:
            names.append(say("… and {count} more.", count=len(rows) - _MOST_NAMED))
        box = plain_box(
            self._casework.window,
            say("Remove practice patients"),
            say("Remove these practice patients, with whatever you entered for them?"),
            "\n".join(names),
        )
        yes = box.addButton(say("&Remove them"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(say("&Keep them"), QMessageBox.ButtonRole.RejectRole)
        restyle(keep, role="primary")
        box.setDefaultButton(keep)
        box.exec()
        return box.clickedButton() is yes

    def _renew(self) -> bool:
        rows = {row.identifier: row for row in self._rows()}
        if not rows:
            return False
        patients = [first_patient(self._casework.protocol, self._today())]
        patients += practice_patients(self._casework.protocol, self._today())
        known = [
            (rows[workup.patient.identifier], workup)
            for workup in patients
            if workup.patient.identifier in rows
        ]
        return sum(self._date_anew(row, workup, STALE) for row, workup in known) > 0

    def _date_anew(self, row: Row, workup: Workup, older: timedelta) -> bool:
        """Move the days of one that nobody changed; False where it is not so old, or somebody did."""
        store = self._casework.window.store
        visit = iso_date(str(read_json(store.read(row.id).document.encode()).get("visit_date", "")))
        if visit is None or workup.visit is None or workup.visit - visit < older:
            return False
        if any(revision.kind != _PUT_IN for revision in store.revisions(row.id)):
            return False
        self._put(replace(workup, id=row.id), row.version)
        return True

    def _put(self, workup: Workup, base: int = 0) -> None:
        protocol = self._casework.protocol
        self._casework.saving.save_other(protocol, workup, assess(protocol, workup, self._today()), base)

    def _rows(self) -> list[Row]:
        self._casework.saving.flush()
        return list(self._casework.window.store.listed(Wanted(only=Only.PRACTICE), limit=_MOST).rows)

    def _at_the_worklist(self) -> bool:
        if self._casework.window.on_screen != WORKLIST:
            self._casework.perform("worklist")
        return self._casework.window.on_screen == WORKLIST

    def _today(self) -> date:
        return self._casework.window.today()
