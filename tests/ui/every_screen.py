"""Every screen, dialog and menu of the program in a state worth looking at: `Scene` shows each of `views()`.

What looks at all of them (names, clipping, looks) walks them, so a new dialog is added here once:

    scene = begin_scene(begin_program, tmp_path)
    for view in views():
        with scene.shown(view) as widget:
            ...  # `widget` is the window, the dialog or the menu
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QMenu, QWidget
from screens import sample, settle, shipped
from shiboken6 import isValid

from rls_workup.domain.moving import move_of
from rls_workup.domain.proposals import Proposal, compared
from rls_workup.domain.signing import Act, Signing
from rls_workup.domain.workup import Answer, Patient, State, Workup
from rls_workup.errors import NewerFormat
from rls_workup.exchange.results import Laboratory, Whose
from rls_workup.exchange.results_in import read_results
from rls_workup.exchange.results_review import reviewed
from rls_workup.exchange.same_person import compared_with
from rls_workup.exchange.workup_file import new_workup
from rls_workup.resources import folder
from rls_workup.store.backup_file import Manifest
from rls_workup.store.restoring import Comparison, Missing
from rls_workup.store.sealing import Cost
from rls_workup.store.unlocking import Opening
from rls_workup.store.users import set_passphrase
from rls_workup.ui.casework import Casework
from rls_workup.ui.commands import WORKLIST, WORKUP
from rls_workup.ui.damaged import DamagedPage
from rls_workup.ui.entrance import Entrance
from rls_workup.ui.first_passphrase import FirstPassphrase
from rls_workup.ui.form_review import LABORATORY, FormReview
from rls_workup.ui.keys_dialog import KeysDialog
from rls_workup.ui.moving_dialog import MovingDialog
from rls_workup.ui.one_passphrase import OnePassphrase
from rls_workup.ui.paper_password import PaperPassword
from rls_workup.ui.program import Program
from rls_workup.ui.recovery_dialog import RecoveryDialog
from rls_workup.ui.refused import refusal
from rls_workup.ui.restore_dialog import RestoreDialog
from rls_workup.ui.same_person_question import SamePersonQuestion
from rls_workup.ui.saving_notices import ask_unsaved
from rls_workup.ui.server_password import ServerPassword
from rls_workup.ui.sign_dialog import SignDialog, Standing
from rls_workup.ui.store_work import WaitDialog
from rls_workup.ui.trouble import show_details

CHEAP: Final = Cost(n=2**10)
PASSPHRASE: Final = "correct horse battery"
AT: Final = "2026-11-20T09:30:00+00:00"


class Scene:
    """A program with the shipped protocol and a few work-ups; one view at a time."""

    def __init__(self, program: Program) -> None:
        self.program, self.window = program, program.window
        casework = self.window.ready()
        assert casework is not None
        self.casework: Casework = casework
        self._as_opened = False
        self._fill()

    def _fill(self) -> None:
        today = self.window.today()
        waits = new_workup(shipped(), Patient("Kovač", "Željko", "1958-02-03", "male", "999 000 0026"), today)
        since = (today - timedelta(days=9)).isoformat()
        for item in ("b12_total", "ferritin"):
            waits = waits.answered(item, Answer(None, State.PENDING, since=since))
        signed = new_workup(shipped(), Patient("Okafor", "Ngozi", "1990-12-01", "female"), today)
        signed = signed.with_signing(Signing(Act.SIGNED, "Dr A. Example", AT, "Neurologist"))
        for workup in (waits, signed, new_workup(shipped(), Patient(), today)):
            self.open(workup)
        self.worklist()

    def open(self, workup: Workup | None = None, *, changed: bool = False) -> None:
        """The work-up screen with a work-up, the sample patient's where none is named.

        `changed`: the view changes what it shows, so that the next one opens it anew.
        """
        wanted = workup or sample()
        session = self.casework.session
        if not self._as_opened or session is None or session.workup != wanted:
            self.casework.show_workup(wanted, self._version(wanted))
        if self.window.on_screen != WORKUP:
            self.window.show_screen(WORKUP)
        self._as_opened = not changed
        _settle()

    def worklist(self) -> None:
        """The worklist; an open work-up is laid away."""
        if self.window.on_screen != WORKLIST:
            self.casework.perform("worklist")

    def _version(self, workup: Workup) -> int:
        rows = {row.id: row.version for row in self.window.store.page(limit=100).rows}
        return rows.get(workup.id, 0)

    @contextmanager
    def shown(self, view: View) -> Iterator[QWidget]:
        """Show it; whatever it opened is closed afterwards, and the window is as large as before."""
        before, size = set(_tops()), self.window.size()
        widget = view.show(self)
        if widget is not self.window:
            widget.show()
        settle()
        try:
            yield widget
        finally:
            self._close(before, widget)
            self.window.resize(size)

    def _close(self, before: set[QWidget], widget: QWidget) -> None:
        for top in {*_tops(), widget} - before - {self.window}:
            if isValid(top):
                top.hide()
                if not self._stays(top):
                    top.deleteLater()
        _KEPT.clear()
        if self.program.guard.locked:
            page = self.program.guard.page
            page.passphrase.setText(PASSPHRASE)  # which there is once the dialog of passphrases was shown
            page.unlock.click()
        for matter in ("told", "fault", "critical", "note"):
            self.window.notices.take_back(matter)
        self.casework.paper.batch.put_away()
        self.window.worklist.search.clear()
        _settle()

    def _stays(self, top: QWidget) -> bool:
        """Whether it belongs to the window, or goes with its work-up."""
        of_window = [action.menu() for action in self.window.menuBar().actions()]
        return top in of_window or top is self.casework.workup_screen._why_not

    def by_command(self, name: str) -> QWidget:
        """What a command opens. A dialog that would wait for an answer is only shown."""
        return self.by(lambda: self.window.perform(name))

    def by(self, act: Callable[[], object]) -> QWidget:
        """What an act opens."""
        before = set(_tops())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(QDialog, "exec", _only_show)
            act()
        settle()
        (opened,) = set(_tops()) - before
        return opened


def _settle() -> None:
    """As `settle`, and what was thrown away is gone, as it is when a person looks."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    settle()


def _only_show(dialog: QDialog) -> int:
    dialog.show()
    _KEPT.append(dialog)  # one without a parent would go with the name that the program has for it
    return int(QDialog.DialogCode.Rejected)


_KEPT: Final[list[QDialog]] = []


def _tops() -> list[QWidget]:
    """Dialogs, menus and the palette that are on the screen."""
    kinds = (QDialog, QMenu, QFrame)
    return [top for top in QApplication.topLevelWidgets() if top.isVisible() and isinstance(top, kinds)]


@dataclass(frozen=True, slots=True)
class View:
    """Something to look at; `show` returns the window, or what it opened."""

    name: str
    show: Callable[[Scene], QWidget]


def _worklist(scene: Scene) -> QWidget:
    scene.worklist()
    return scene.window


def _nothing_found(scene: Scene) -> QWidget:
    scene.worklist()
    scene.window.worklist.search.setText("nobody is called so")
    return scene.window


def _practising(scene: Scene) -> QWidget:
    scene.worklist()
    scene.window.perform("practice")
    return scene.window


def _notices(scene: Scene) -> QWidget:
    scene.worklist()
    notices = scene.window.notices
    notices.show_notice("critical", "critical", "The disk is full. Nothing is lost yet.", stays=True)
    notices.show_notice("told", "warn", "The file cannot be read.", [("Try again", bool), ("Details…", bool)])
    notices.show_notice("note", "note", "A newer protocol is there.", [("See what changes…", bool)])
    notices.show_notice("fault", "ok", "The backup is restored.")
    return scene.window


def _marked(scene: Scene) -> QWidget:
    scene.worklist()
    scene.window.worklist.table.selectAll()
    scene.window.perform("write_sheets")
    return scene.window


def _section(number: int) -> Callable[[Scene], QWidget]:
    def show(scene: Scene) -> QWidget:
        scene.open()
        scene.casework.workup_screen.show_section(number)
        return scene.window

    return show


def _just_begun(scene: Scene) -> QWidget:
    """Nearly everything is missing."""
    scene.open(new_workup(shipped(), Patient("Brown", "", "1961-07-14", "female"), scene.window.today()))
    return scene.window


def _findings(scene: Scene) -> QWidget:
    """All folds open, the basis of a finding shown, a reason being written."""
    scene.open(changed=True)
    panel = scene.casework.workup_screen.findings
    for fold in panel._folds:
        fold.setChecked(True)
    panel._urgent.cards[0].open_why()
    panel._urgent.cards[-1].ask_reason("The iron was given last week")
    return scene.window


def _strip(scene: Scene) -> QWidget:
    scene.open(changed=True)
    scene.window.resize(1024, 700)
    settle()
    scene.casework.workup_screen.to_findings()
    return scene.window


def _note(scene: Scene) -> QWidget:
    scene.open(changed=True)
    scene.casework.workup_screen.focus_item("ferritin")
    row = scene.casework.workup_screen.form.focused_row()
    assert row is not None
    row.write_note()
    return scene.window


def _signed(scene: Scene) -> QWidget:
    scene.open(sample().with_signing(Signing(Act.SIGNED, "Dr A. Example", AT, "Neurologist")))
    return scene.window


def _preview(kind: str) -> Callable[[Scene], QWidget]:
    def show(scene: Scene) -> QWidget:
        scene.open()
        scene.window.perform("preview")
        box = scene.casework.paper.preview.bar.kind
        box.setCurrentIndex(box.findData(kind))
        until = time.monotonic() + 20
        while scene.casework.paper.preview.pages_shown() == 0 and time.monotonic() < until:
            settle()
        return scene.window

    return show


def _locked(scene: Scene) -> QWidget:
    scene.program.guard.lock()
    return scene.window


def _opened(name: str, *, item: str = "") -> Callable[[Scene], QWidget]:
    """By a command, on the work-up screen, where an item is named with the focus there."""

    def show(scene: Scene) -> QWidget:
        scene.open()
        if item:
            scene.casework.workup_screen.focus_item(item)
        return scene.by_command(name)

    return show


def _settings(number: int) -> Callable[[Scene], QWidget]:
    def show(scene: Scene) -> QWidget:
        page = scene.by_command("settings")
        scene.casework.settings_desk.page.list.setCurrentRow(number - 1)
        return page

    return show


def _amend(scene: Scene) -> QWidget:
    _signed(scene)
    return scene.by_command("amend")


def _history(scene: Scene) -> QWidget:
    scene.open(changed=True)
    session = scene.casework.session
    assert session is not None
    session.answer("crp", Answer(12, unit="mg/L"))
    session.answer("own_words", Answer("Like ants. " * 12))
    assert scene.casework.saving.flush()
    return scene.by_command("history")


def _row_menu(scene: Scene) -> QWidget:
    scene.worklist()
    menu = scene.window.worklist.menu_for_row()
    menu.popup(scene.window.mapToGlobal(scene.window.rect().center()))
    return menu


def _menu(number: int) -> Callable[[Scene], QWidget]:
    def show(scene: Scene) -> QWidget:
        scene.open()
        menu = scene.window.menuBar().actions()[number].menu()
        assert isinstance(menu, QMenu)
        menu.popup(scene.window.mapToGlobal(scene.window.rect().topLeft()))
        return menu

    return show


def _first_passphrase(step: int) -> Callable[[Scene], QWidget]:
    def show(scene: Scene) -> QWidget:
        key = scene.program.access.key
        assert key is not None
        dialog = FirstPassphrase(scene.window, key, "Anna", "a4", lambda _user, _passphrase: None)
        dialog._show_step(step)
        return dialog

    return show


def _keys(scene: Scene) -> QWidget:
    access = scene.program.access
    assert access.key is not None
    for user in ("Anna", "Ben"):
        set_passphrase(access.where, access.key, user, PASSPHRASE, CHEAP)
    access.user = "Anna"
    return KeysDialog(scene.window, access, "a4")


def _one_passphrase(user: str) -> Callable[[Scene], QWidget]:
    title = "Change the passphrase" if user else "Add a user"
    return lambda scene: OnePassphrase(scene.window, title, user, lambda *_words: None)


def _entrance(scene: Scene) -> QWidget:
    page = Entrance(scene.program.access.where)
    page.page.ask(("Anna", "Ben"), "Anna", "The last answers are not on disk yet.")
    page.page.refuse("This passphrase is not the right one.")
    return page


def _recovery(scene: Scene) -> QWidget:
    told = "The keys of this store are lost. With the recovery sheet it opens again."
    return RecoveryDialog(scene.window, scene.program.access.where, "Anna", told)


def _restore(scene: Scene) -> QWidget:
    manifest = Manifest(AT, "1", "day", 3, 12, 30, AT, "", True, 4096, "")
    missing = (
        Missing("1", 0, 3, AT, "Brown", "Margaret"),
        Missing("2", 1, 3, AT, "Kovač", "Željko"),
    )
    return RestoreDialog(scene.window, Comparison(manifest, "in order", missing))


def _damaged(scene: Scene) -> QWidget:
    path = scene.program.store.path
    assert path is not None
    return DamagedPage(path, Opening(None), "The file was changed outside the program, at page 3.")


def _moving(scene: Scene) -> QWidget:
    old = shipped()
    new = replace(old, about=old.about.model_copy(update={"version": "2027.01"}))
    return MovingDialog(scene.window, old, new, sample(), move_of(old, new, sample(), scene.window.today()))


def _results_review(scene: Scene) -> QWidget:
    laboratory = Laboratory(shipped(), scene.window.today())
    content = folder("sample", "results-brown-margaret.txt").read_bytes()
    review = reviewed(laboratory, sample(), read_results(content, laboratory), laboratory.source_of("a.txt"))
    dialog = FormReview(
        scene.window, review.lines, ["The results do not say whose they are."], LABORATORY, review.unread
    )
    dialog.tick_new()
    return dialog


def _whose_results(scene: Scene) -> QWidget:
    whose = Whose(family="Green", given="Margaret", born="1961-07-14", numbers=("4711", "0815"))
    return SamePersonQuestion(
        scene.window, sample().patient, whose, compared_with(sample().patient, whose)
    ).box


def _form_review(scene: Scene) -> QWidget:
    proposals = (
        Proposal("ferritin", "20 ug/L", Answer(20, unit="ug/L")),
        Proposal("own_words", "Like ants", Answer("Like ants under the skin")),
        Proposal("crp", "1,234", None, "“1,234” can be read in two ways. Write 1.234 or 1234."),
    )
    lines = [compared(shipped(), sample(), proposal) for proposal in proposals]
    return FormReview(scene.window, lines, ["A note at the end of the form: seen with her daughter."])


def _sign(*unread: str) -> Callable[[Scene], QWidget]:
    standing = Standing("2 results awaited, 9 open", unread)
    return lambda scene: SignDialog(scene.window, "", "", standing)


def _wait(scene: Scene) -> QWidget:
    dialog = WaitDialog(scene.window, "Reading all work-ups…")
    dialog.show_part(0.4)
    return dialog


def _sections() -> list[str]:
    return [section.id for section in shipped().sections]


@cache
def views() -> tuple[View, ...]:
    """All that there is to see, in the order in which a person would come across it."""
    return (
        View("worklist", _worklist),
        View("worklist, nothing found", _nothing_found),
        View("worklist, practice patients", _practising),
        View("worklist, notices", _notices),
        View("worklist, papers of marked rows", _marked),
        *(View(f"work-up, {name}", _section(number)) for number, name in enumerate(_sections(), 1)),
        View("work-up, just begun", _just_begun),
        View("work-up, findings", _findings),
        View("work-up, findings as a strip", _strip),
        View("work-up, a note being written", _note),
        View("work-up, signed", _signed),
        View("preview", _preview("workup")),
        View("preview, note", _preview("note")),
        View("locked", _locked),
        View("new work-up", lambda scene: scene.by_command("new")),
        View("patient and visit", _opened("edit_patient")),
        *(View(f"settings, section {number}", _settings(number)) for number in range(1, 8)),
        View("passphrases", _keys),
        View("a first passphrase", _first_passphrase(0)),
        View("a first passphrase, the sheet", _first_passphrase(1)),
        View("a first passphrase, asked back", _first_passphrase(2)),
        View("add a user", _one_passphrase("")),
        View("change a passphrase", _one_passphrase("Anna")),
        View("entrance", _entrance),
        View("recovery sheet", _recovery),
        View("password of the server", lambda _scene: ServerPassword("anna@server.example/rls")),
        View("password of a PDF", lambda scene: PaperPassword(scene.window, "sheet.pdf", lambda _word: None)),
        View("restore a backup", _restore),
        View("damaged store", _damaged),
        View("cannot open", lambda _scene: refusal(NewerFormat("Written by a newer version. Update it."))),
        View("sign", _sign()),
        View("sign, refused", _sign("Folate", "Height")),
        View("amend", _amend),
        View("take off", _opened("void")),
        View("erase", _opened("erase")),
        View("history", _history),
        View("why not", lambda scene: _why_not(scene)),
        View("another protocol", _moving),
        View("filled form", _form_review),
        View("results of a laboratory", _results_review),
        View("whose results", _whose_results),
        View("not saved", lambda scene: scene.by(lambda: ask_unsaved(scene.window))),
        View(
            "details of a fault", lambda scene: show_details(scene.window, "A mistake.", "KeyError at a.py:1")
        ),
        View("wait", _wait),
        View("help of an item", _opened("help", item="ferritin")),
        View("keys", lambda scene: scene.by_command("keys")),
        View("about", lambda scene: scene.by_command("about")),
        View("palette", _opened("palette")),
        View("find an item", _opened("find")),
        View("state of an item", _opened("state", item="ferritin")),
        View("menu of a row", _row_menu),
        *(View(f"menu {number + 1}", _menu(number)) for number in range(6)),
    )


def _why_not(scene: Scene) -> QWidget:
    scene.open(changed=True)
    return scene.by(scene.casework.workup_screen.show_why_not)


def begin_scene(begin: Callable[..., Program], folder: Path) -> Scene:
    """The scene of a program with the shipped protocol, on a store in this folder."""
    program = begin(folder / "store" / "workups.db", None, folder / "window.json")
    program.window.settings = replace(program.window.settings, passphrase_later=True)
    program.window.resize(1280, 800)
    return Scene(program)
