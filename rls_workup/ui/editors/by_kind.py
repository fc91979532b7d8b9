"""Which editor an item gets: one for each kind, and buttons where the choices are few."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.ui.editors.choice import ChoiceButtons, ChoiceList, StepButtons, fits_buttons
from rls_workup.ui.editors.editor import Editor
from rls_workup.ui.editors.medications import MedicationsEditor
from rls_workup.ui.editors.number import NumberEditor
from rls_workup.ui.editors.quantity import QuantityEditor
from rls_workup.ui.editors.request import RequestEditor
from rls_workup.ui.editors.steps import steps_of
from rls_workup.ui.editors.text import TextEditor
from rls_workup.ui.editors.yes_no import YesNoEditor

Making = Callable[[Item, Protocol, Callable[[], date]], Editor]
_BY_KIND: Mapping[str, Making] = {
    "yes_no": YesNoEditor,
    "quantity": QuantityEditor,
    "number": NumberEditor,
    "text": TextEditor,
    "medications": MedicationsEditor,
    "request": RequestEditor,
}


def editor_for(item: Item, protocol: Protocol, today: Callable[[], date]) -> Editor:
    """A new editor for an item; `today` is asked when a date is given or read."""
    return _making(item)(item, protocol, today)


def _making(item: Item) -> Making:
    if item.kind == "choice":
        return ChoiceButtons if fits_buttons(item) else ChoiceList
    if item.kind == "score":
        return StepButtons if steps_of(item) else NumberEditor
    return _BY_KIND[item.kind]
