"""The work-up on the screen: banner, sections, form and findings; it arranges, connects, computes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from rls_workup.domain.assessment import Assessment, Standing
from rls_workup.domain.workup import State
from rls_workup.errors import WorkupError
from rls_workup.ui import theme
from rls_workup.ui.announcing import announce
from rls_workup.ui.banner import Banner
from rls_workup.ui.findings_panel import FindingsPanel
from rls_workup.ui.form import Form
from rls_workup.ui.item_help import show_item_help
from rls_workup.ui.kept_panel import KeptPanel
from rls_workup.ui.missing_panel import MissingPanel
from rls_workup.ui.palette import Palette
from rls_workup.ui.palette_entries import item_entries
from rls_workup.ui.sections_panel import SectionsBox, SectionsPanel
from rls_workup.ui.session import Session
from rls_workup.ui.words import say, told
from rls_workup.ui.wrapped import WrappedLabel

if TYPE_CHECKING:
    from rls_workup.ui.why_not_dialog import WhyNotDialog

_WIDE_EM = 86
_DOWN, _ACROSS = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
_SETTLED = (State.UNKNOWN, State.DECLINED, State.NOT_APPLICABLE)


class WorkupScreen(QWidget):
    """One open work-up. All of it follows the session's one signal."""

    patient_edit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self.banner, self.sections, self.box, self.form = Banner(), SectionsPanel(), SectionsBox(), Form()
        self.findings, self.missing, self.kept = FindingsPanel(), MissingPanel(), KeptPanel()
        self.strip = QPushButton()
        self.strip.setCheckable(True)
        self._right = self._right_pane()
        self._narrow: bool | None = None
        self._only = False
        self._why_not: WhyNotDialog | None = None
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self._head = QVBoxLayout()
        self._head.addWidget(self.box)
        self._head.addWidget(self.strip)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(self._head)
        middle.addWidget(self.form, 1)
        body = self._body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.sections)
        body.addLayout(middle, 1)
        body.addWidget(self._right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addLayout(body, 1)

    def _right_pane(self) -> QFrame:
        pane, inside = QFrame(), QWidget()
        pane.setProperty("role", "pane-right")
        inside.setProperty("role", "bare")
        column = QVBoxLayout(inside)
        px = theme.current.px
        column.setContentsMargins(px(14), px(14), px(14), px(14))
        column.setSpacing(px(20))
        column.addWidget(self.findings)
        column.addWidget(self.missing)
        column.addWidget(self.kept)
        column.addStretch(1)
        supports = WrappedLabel(" ", "hint")
        told(supports.setText, "Supports, does not replace, clinical judgement.")
        column.addWidget(supports)
        scroll = QScrollArea()
        scroll.setProperty("role", "bare")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        outer = QVBoxLayout(pane)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        return pane

    def _connect(self) -> None:
        self.banner.edit_asked.connect(self.patient_edit_requested)
        self.sections.chosen.connect(self.form.show_section)
        self.box.chosen_section.connect(self.form.show_section)
        self.form.section_shown.connect(self.sections.mark)
        self.form.section_shown.connect(self.box.mark)
        self.findings.jump.connect(self.focus_item)
        self.missing.jump.connect(self.focus_item)
        self.findings.alerted.connect(self._announce)
        self.findings.why_not_asked.connect(self.show_why_not)
        self.strip.toggled.connect(self._show_strip)
        theme.current.changed.connect(self._fit)

    def show_again(self, session: Session) -> None:
        """The same work-up in other words: section, focus, earlier results and what is half written stay."""
        row, section, earlier = self.form.focused_row(), self.form.section, self.form.earlier
        written = self.findings.being_written()
        self.clear()
        self.show_session(session, section)
        self.form.show_earlier(earlier)
        if row is not None:
            self.form.focus_item(row.item_id)
        self.findings.go_on(written)

    def show_session(self, session: Session, section: str = "") -> None:
        """Show another work-up, from this section or its first one."""
        self.session = session
        self.sections.show_sections(session.protocol)
        self.box.show_sections(session.protocol)
        self.findings.show_protocol(session.protocol)
        self.missing.clear()
        session.changed.connect(self._changed)
        self._changed("")
        self.form.show_session(session, section)
        self.form.take_focus()

    def view_only(self, only: bool) -> None:
        """Whether the work-up can be looked at only."""
        self._only = only
        self.form.viewport().setEnabled(not only)
        self._changed("-")
        self.banner.allow_edit(not only)

    def clear(self) -> None:
        """Let go of the work-up; the field being typed in is told first."""
        self.form.clear()
        if self.session is not None:
            self.session.changed.disconnect(self._changed)
        if self._why_not is not None:
            self._why_not.close()
            self._why_not.deleteLater()
            self._why_not = None
        self.session = None
        self.findings.show_protocol(None)
        self.missing.clear()
        self.kept.show_kept(None, ())

    def _changed(self, item: str) -> None:
        session = self.session
        if session is None:
            return
        assessment = session.assessment
        if not item:
            self.banner.show_workup(session.workup)
        self.sections.show_assessment(assessment)
        self.box.show_assessment(session.protocol, assessment)
        self.findings.show_assessment(assessment, open_=not (self._only or session.workup.closed))
        self.missing.show_missing(session.protocol, assessment.missing)
        self.kept.show_kept(session.workup, assessment.unknown_items)
        self.strip.setText(strip_words(assessment, shown=self.strip.isChecked()))

    def show_why_not(self) -> None:
        """Which findings are not there, and why; the list follows the answers."""
        from rls_workup.ui.why_not_dialog import WhyNotDialog

        if self.session is None:
            return
        if self._why_not is None:
            self._why_not = WhyNotDialog(self.session, self)
            self._why_not.jump.connect(self.focus_item)
        self._why_not.show()
        self._why_not.raise_()

    def _announce(self, words: str) -> None:
        announce(self, words, urgent=True)

    def focus_item(self, item: str) -> None:
        """Go to an item's field."""
        if self._narrow:
            self.strip.setChecked(False)
        self.form.focus_item(item)

    def show_section(self, number: int) -> None:
        """Open the section of this number, counted from 1."""
        if self.session is not None and 1 <= number <= len(self.session.protocol.sections):
            self.open_section(self.session.protocol.sections[number - 1].id)

    def open_section(self, section: str) -> None:
        """Open a section by its id."""
        self.form.show_section(section)
        self.form.take_focus()

    def next_unanswered(self) -> None:
        """Go to the next item without an answer, in whichever section."""
        self._unanswered(1)

    def previous_unanswered(self) -> None:
        """Go to the item without an answer before this one."""
        self._unanswered(-1)

    def _unanswered(self, step: int) -> None:
        session = self.session
        if session is None:
            return
        self.form.commit_row()
        items = list(session.protocol.items)[::step]
        row = self.form.focused_row()
        here = items.index(row.item_id) + 1 if row is not None else 0
        for item in [*items[here:], *items[:here]]:
            if _is_open(session.assessment.standings[item]):
                self.focus_item(item)
                return

    def find_item(self) -> None:
        """Find an item by a few letters."""
        if self.session is not None:
            entries = item_entries(self.session.protocol, self.focus_item)
            Palette(entries, say("Find an item, for example ferritin"), self).show_over(self.form)

    def open_state(self) -> None:
        """The menu of the item in focus: ordered, unknown, declined, note."""
        row = self.form.focused_row()
        if row is not None:
            row.open_menu()

    def order_item(self) -> None:
        """The item in focus is ordered today. Raises WorkupError where that makes no sense."""
        row = self.form.focused_row()
        if row is None:
            return
        row.commit()
        standing = row.editor.standing
        if not row.item.orderable:
            raise WorkupError(say("{item} is not ordered: it is asked or looked at.", item=row.item.label))
        if standing is not None and standing.known:
            raise WorkupError(say("{item} has a result. Take it back first.", item=row.item.label))
        row.set_state(State.ORDERED)

    def to_findings(self) -> None:
        """Bring the findings to the front and put the focus there; again, and it goes back to the form."""
        before = self.form.last_item  # Qt hands the focus on while a pane is put away
        if self._narrow:
            self.strip.toggle()
        focused = self.focusWidget()
        away = focused is not None and self._right.isAncestorOf(focused)
        if away or not self._right.isVisible():
            self.form.take_focus(before)
        else:
            self._focus_first(self._right)

    def show_help(self) -> None:
        """Why the item in focus is asked, its thresholds and sources."""
        row = self.form.focused_row()
        if self.session is not None and row is not None:
            show_item_help(self, self.session.protocol, row.item_id)

    @property
    def panes(self) -> tuple[QWidget, ...]:
        """Its panes in the order in which they are read."""
        return self.banner, self.sections, self.box, self.strip, self.form, self._right

    def next_pane(self) -> None:
        """The focus goes on to the next pane."""
        self._pane(1)

    def previous_pane(self) -> None:
        """The focus goes back to the pane before."""
        self._pane(-1)

    def _pane(self, step: int) -> None:
        focused = self.focusWidget()
        panes = [self.box if self._narrow else self.sections, self.form, self._right]
        panes = [pane for pane in panes if pane.isVisible()]
        held = [
            place
            for place, pane in enumerate(panes)
            if focused is not None and (pane is focused or pane.isAncestorOf(focused))
        ]
        pane = panes[((held[0] if held else 0) + step) % len(panes)]
        if pane is self.form:
            self.form.take_focus()
        elif pane is self.sections:
            self.sections.take_focus()
        else:
            self._focus_first(pane)

    def _focus_first(self, pane: QWidget) -> None:
        if pane is self.box:
            pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        buttons = [button for button in pane.findChildren(QPushButton) if button.isVisible()]
        if buttons:
            buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reflow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._changed("")

    def _reflow(self) -> None:
        narrow = self.width() < theme.current.em(_WIDE_EM)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.sections.setVisible(not narrow)
        self.box.setVisible(narrow)
        self.strip.setVisible(narrow)
        px = theme.current.px
        self._head.setSpacing(px(8) if narrow else 0)
        self._head.setContentsMargins(*((px(24), px(12), px(24), 0) if narrow else (0, 0, 0, 0)))
        self.strip.setChecked(False)
        self._show_strip(False)

    def _show_strip(self, wanted: bool) -> None:
        self.form.setVisible(not (self._narrow and wanted))
        self._right.setVisible(not self._narrow or wanted)
        # The strip's findings take the whole width below it.
        self._body.setDirection(_DOWN if self._narrow else _ACROSS)
        self._body.setStretch(1, 0 if self._narrow and wanted else 1)
        wide = theme.current.em(21.5)
        self._right.setMinimumWidth(0 if self._narrow else wide)
        self._right.setMaximumWidth(16_777_215 if self._narrow else wide)
        self._changed_strip()

    def _changed_strip(self) -> None:
        if self.session is not None:
            self._changed("-")

    def _fit(self) -> None:
        session, written = self.session, self.findings.being_written()
        self._narrow = None
        self.banner.fit()
        self.sections.fit()
        if session is not None:
            self.findings.show_protocol(session.protocol)
            self.missing.clear()
            self.form.fit()
            self._changed("")
        self._reflow()
        if session is not None:
            self.findings.go_on(written)


def strip_words(assessment: Assessment, *, shown: bool) -> str:
    """`3 findings, 1 urgent – show  F4`."""
    count = len(assessment.findings)
    alerts = sum(finding.severity == "alert" for finding in assessment.findings)
    found = say("1 finding") if count == 1 else say("{count} findings", count=count)
    urgent = say(", {count} urgent", count=alerts) if alerts else ""
    return f"{found}{urgent} – {say('hide') if shown else say('show')}  F4"


def _is_open(standing: Standing) -> bool:
    """Whether an item still wants an answer that can be given now."""
    waits = standing.state in _SETTLED or standing.awaited
    return standing.applies and not standing.known and not waits
