"""The unit that is offered first for each test that has several, beside the system it follows otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.ui import theme
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.editors.unit_habit import in_system
from rls_workup.ui.plain import plain_label
from rls_workup.ui.setting import choice_box
from rls_workup.ui.words import say


class FirstUnits(QWidget):
    """A box for each test, in two columns where there is room; `chosen` tells, by item, all that are not left
    to the system."""

    chosen = Signal(object)

    def __init__(self, protocol: Protocol, system: str, units_of: Mapping[str, str]) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        several = [item for item in _in_order(protocol) if len(item.units) > 1]
        self._kept = {item: unit for item, unit in units_of.items() if item not in protocol.items}
        self.boxes = {item.id: _box(protocol, item, system, units_of.get(item.id, "")) for item in several}
        self._labels = [plain_label(item.label) for item in several]
        for box in self.boxes.values():
            box.activated.connect(self._tell)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.current.px(16))
        self._grid.setVerticalSpacing(theme.current.px(6))
        self._grid.setSizeConstraint(QGridLayout.SizeConstraint.SetNoConstraint)
        self._place(2)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._grid.setColumnStretch(2 * self._columns, 0)
        self._grid.setColumnStretch(2 * columns, 1)
        self._columns = columns
        rows = -(-len(self._labels) // columns)
        for at, (label, box) in enumerate(zip(self._labels, self.boxes.values(), strict=True)):
            place = at // rows * 2
            self._grid.addWidget(label, at % rows, place)
            self._grid.addWidget(box, at % rows, place + 1)
        self.setMinimumHeight(self._grid.minimumSize().height())

    def _width_of_two(self) -> int:
        boxes, rows = list(self.boxes.values()), -(-len(self.boxes) // 2)
        parts = (self._labels[:rows], boxes[:rows], self._labels[rows:], boxes[rows:])
        widths = (max((each.sizeHint().width() for each in part), default=0) for part in parts)
        return sum(widths) + len(parts) * self._grid.horizontalSpacing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(2 if self.width() >= self._width_of_two() else 1)

    def units_of(self) -> dict[str, str]:
        """The units that are not left to the system, by item."""
        made = {item: str(box.currentData()) for item, box in self.boxes.items()}
        return {**self._kept, **{item: unit for item, unit in made.items() if unit}}

    def _tell(self, _at: int) -> None:
        self.chosen.emit(self.units_of())


def _in_order(protocol: Protocol) -> list[Item]:
    sections = sorted(protocol.sections, key=lambda section: section.order)
    return [item for section in sections for item in protocol.items_of(section.id)]


def _box(protocol: Protocol, item: Item, system: str, now: str) -> ChoiceBox:
    usual = in_system(item, system)
    first = say("As above ({unit})", unit=protocol.shown_unit(usual)) if usual else say("As chosen last")
    offered = [("", first), *((unit, protocol.shown_unit(unit)) for unit in item.units)]
    box = choice_box(offered, now)
    box.setAccessibleName(say("Unit of {label}", label=item.label))
    return box
