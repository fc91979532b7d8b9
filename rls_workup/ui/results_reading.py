"""Results of a laboratory come in: from files or pasted, to the work-up that they are for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication

from rls_workup.domain.proposals import Standing
from rls_workup.errors import UnreadableFile, WorkupError
from rls_workup.exchange.results import Laboratory, Report
from rls_workup.exchange.results_in import content_at, read_results
from rls_workup.exchange.results_review import results_awaited, reviewed
from rls_workup.exchange.same_person import Likeness, compared_with
from rls_workup.exchange.typed_days import DAY_FIRST, MONTH_FIRST, read_day
from rls_workup.store.accesses import IMPORT
from rls_workup.ui.commands import WORKUP
from rls_workup.ui.file_questions import results_to_open
from rls_workup.ui.form_review import LABORATORY, FormReview
from rls_workup.ui.plain import plain_box
from rls_workup.ui.results_place import choose_place, the_awaiting_one
from rls_workup.ui.same_person_question import SamePersonQuestion
from rls_workup.ui.told_rows import Arrived, tell_results
from rls_workup.ui.words import said_of, say
from rls_workup.ui.worklist_model import patient_name

if TYPE_CHECKING:
    from rls_workup.domain.parts import Item
    from rls_workup.domain.proposals import ReviewLine
    from rls_workup.domain.workup import Workup
    from rls_workup.ui.casework import Casework


UNREAD: Final = "unread_results"


@dataclass(frozen=True, slots=True)
class Incoming:
    """Bytes with results, and the name of their file, "" for pasted text."""

    content: bytes
    file: str = ""

    @property
    def name(self) -> str:
        """What they are called on the screen."""
        return self.file or say("The pasted text")


def ask_for_results(casework: Casework) -> None:
    """Ask for files and read them, one after the other."""
    take_results(casework, results_to_open(casework.window))


def take_results(casework: Casework, paths: Sequence[Path]) -> None:
    """Read files with results, each for its own patient; what is wrong with any of them, one banner."""
    casework.window.notices.take_back(UNREAD)
    here = _is_open(casework)
    arrived: list[Arrived] = []
    unread: list[str] = []
    for number, path in enumerate(paths, 1):
        try:
            incoming = Incoming(content_at(path), path.name)
            if here:
                _review(casework, incoming)
            elif not _found_place(casework, incoming, arrived.append):
                unread += _left_words(paths[number:])  # the person is asked where the first of them belong
                break
        except WorkupError as trouble:
            unread.append(said_of(trouble))
    if unread:  # of several, beside what is told of those that were read
        matter = UNREAD if len(paths) > 1 else "told"
        casework.window.notices.show_notice(matter, "warn", "\n".join(unread))
    if len(arrived) > 1:  # of one alone the open work-up says it
        tell_results(casework.window, arrived)


def _left_words(paths: Sequence[Path]) -> list[str]:
    names = ", ".join(path.name for path in paths)
    return [say("Not read yet: {names}. Read them after this one.", names=names)] if names else []


def _is_open(casework: Casework, workup_id: str = "") -> bool:
    session = casework.session
    if casework.window.on_screen != WORKUP or session is None:
        return False
    return session.workup.id == workup_id or not workup_id


def paste_results(casework: Casework) -> None:
    """Read the text on the clipboard as results for the open work-up. Raises WorkupError."""
    text = QGuiApplication.clipboard().text()
    if not text.strip():
        _note(casework, say("There is no text on the clipboard to read."))
        return
    _review(casework, Incoming(text.encode("utf-8", errors="replace")))


def _note(casework: Casework, words: str) -> None:
    casework.window.notices.show_notice("told", "note", words)


def _read(casework: Casework, incoming: Incoming, laboratory: Laboratory) -> Report:
    """The results as the laboratory wrote them. Raises UnreadableFile."""
    try:
        return read_results(incoming.content, laboratory)
    except UnreadableFile as trouble:
        words = say(
            "{name} cannot be read as results: {why}. Nothing was taken.",
            name=incoming.name,
            why=said_of(trouble),
        )
        raise UnreadableFile(words) from None


def _found_place(casework: Casework, incoming: Incoming, told: Callable[[Arrived], object]) -> bool:
    """Open the one work-up that awaits these results, or let the person choose; False: that is to come."""

    def opened(workup_id: str) -> None:
        if not _is_open(casework, workup_id):
            casework.open_stored(workup_id)
        if _is_open(casework, workup_id) and (came := _review(casework, incoming)):
            told(came)

    def chosen(workup_id: str) -> None:
        casework.perform_now(lambda: opened(workup_id))

    window = casework.window
    whose = _read(casework, incoming, Laboratory(casework.protocol, window.today())).whose
    only = the_awaiting_one(window.store, whose)
    if only is not None:
        opened(only.id)
        return True
    if choose_place(window, whose, chosen):
        return False
    _note(casework, say("There is no work-up that these results could be for. Begin it, then read them."))
    return True


def _review(casework: Casework, incoming: Incoming) -> Arrived | None:
    """Lay results beside the open work-up, and take what the person ticks: told. Raises WorkupError."""
    session = casework.session
    if session is None or casework.signing.refuses():
        return None
    casework.workup_screen.form.commit()
    laboratory = Laboratory(session.protocol, session.today(), casework.window.settings.date_order)
    report = _read(casework, incoming, laboratory)
    if report.either_day:
        laboratory = _told_order(casework, laboratory, report.either_day)
        report = _read(casework, incoming, laboratory)
    workup = session.workup
    compared = compared_with(workup.patient, report.whose)
    asked = compared.likeness in (Likeness.OTHER, Likeness.UNSURE)
    if asked and not SamePersonQuestion(casework.window, workup.patient, report.whose, compared).is_same():
        return None
    review = reviewed(laboratory, workup, report, laboratory.source_of(incoming.file))
    if all(line.standing is Standing.AGREES for line in review.lines):
        _note(casework, say("{name} holds no result that this work-up does not have.", name=incoming.name))
        return None
    same = say("You said that it is the same person.")
    told = same if asked else compared.told(laboratory.protocol.wording)
    lines = sorted(review.lines, key=lambda line: (not line.sure, not line.can_be_taken))
    table = FormReview(casework.window, lines, [told], LABORATORY, (*review.unknown, *review.unread))
    if not asked:
        table.tick_new()
    if table.exec() == FormReview.DialogCode.Accepted and casework.session is session:
        return _take(casework, session.workup, table.ticked())
    return None


def _told_order(casework: Casework, laboratory: Laboratory, day: str) -> Laboratory:
    """The laboratory with how the person says that its dates are meant; as it was where they do not say."""
    both = {order: read_day(day, laboratory.today, order).echo for order in (DAY_FIRST, MONTH_FIRST)}
    box = plain_box(
        casework.window,
        say("Dates in the report"),
        say("How is “{day}” meant?", day=day),
        say("It holds for every date of this report that could be either of two days."),
    )
    buttons = {order: box.addButton(echo, box.ButtonRole.AcceptRole) for order, echo in both.items()}
    box.addButton(say("I do not know"), box.ButtonRole.RejectRole)
    box.exec()
    order = next((order for order, button in buttons.items() if button is box.clickedButton()), "")
    return Laboratory(laboratory.protocol, laboratory.today, order or laboratory.order)


def _take(casework: Casework, before: Workup, lines: Sequence[ReviewLine]) -> Arrived | None:
    if casework.session is None or not lines:
        return None
    casework.session.take(lines, say("results, {count} answers", count=len(lines)))
    casework.log.note(IMPORT, before.id, "results")
    casework.workup_screen.focus_item(lines[0].item.id)
    came, awaited = results_awaited(before, lines)
    casework.window.notices.show_notice("told", "ok", _told_words(lines, came, awaited))
    name = patient_name(before.patient.family_name, before.patient.given_name)
    return Arrived(before.id, name, len(came), awaited)


def _told_words(lines: Sequence[ReviewLine], came: Sequence[Item], awaited: int) -> str:
    """`Results in: 2 of 3 awaited (MMA, CRP). Undo takes them back together.`"""
    names = ", ".join(item.label for item in came or [line.item for line in lines])
    if not came:
        return say("Results in: {names}. Undo takes them back together.", names=names)
    return say(
        "Results in: {came} of {awaited} awaited ({names}). Undo takes them back together.",
        came=len(came),
        awaited=awaited,
        names=names,
    )
