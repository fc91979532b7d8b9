"""The sheet as pictures: made and rendered in one thread of its own, since pypdfium2 wants only one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2 as pdfium
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from rls_workup.errors import WorkupError
from rls_workup.ui.words import say

POINTS_PER_INCH = 72
_TURN = threading.Lock()  # the recovery sheet is rendered in the window's own thread


class Made(NamedTuple):
    """A PDF, or the text of a note; and whether it is complete, in its own words."""

    pdf: bytes = b""
    standing: str = ""
    complete: bool = False
    text: str = ""

    @property
    def content(self) -> bytes:
        """What goes into its file."""
        return self.text.encode() if self.text else self.pdf


@dataclass(frozen=True)
class Sheet:
    """A PDF with its pages as pictures, `dpi` dots an inch; or what prevented it."""

    made: Made = field(default_factory=Made)
    pictures: list[QImage] = field(default_factory=list)
    dpi: float = 96
    trouble: Exception | None = None


class PagePictures(QObject):
    """`ready` brings the newest sheet asked for back to the window's thread; older ones are dropped."""

    ready = Signal(object)
    _arrived = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, "sheet")
        self._asked = 0
        self._arrived.connect(self._take)

    def ask(self, make: Callable[[], Made], dpi: float) -> None:
        """Make a PDF and its pictures in the background."""
        self._asked += 1
        self._thread.submit(self._work, self._asked, make, dpi)

    def forget(self) -> None:
        """What was asked for until now is not wanted any more."""
        self._asked += 1

    def _work(self, number: int, make: Callable[[], Made], dpi: float) -> None:
        try:
            made = make()
            sheet = Sheet(made, [] if made.text else pictures_of(made.pdf, dpi), dpi)
        except Exception as trouble:  # noqa: BLE001  told in the window's thread
            sheet = Sheet(trouble=trouble)
        self._arrived.emit(number, sheet)

    def _take(self, number: int, sheet: object) -> None:
        if number == self._asked:
            self.ready.emit(sheet)

    def close(self) -> None:
        """End the thread once what it does now is done."""
        self._thread.shutdown(wait=True, cancel_futures=True)


def pictures_of(pdf: bytes, dpi: float, told: Callable[[float], object] = lambda _part: None) -> list[QImage]:
    """Every page of a PDF as a picture; `told` hears after each which part is done. Raises WorkupError."""
    with _TURN:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError:
            raise WorkupError(say("The sheet could not be shown, because it is no readable PDF.")) from None
        try:
            document.init_forms()  # without it what is filled into a form is not drawn
            pictures: list[QImage] = []
            for page in document:
                pictures.append(_picture(page, dpi))
                told(len(pictures) / len(document))
            return pictures
        finally:
            document.close()


def _picture(page: pdfium.PdfPage, dpi: float) -> QImage:
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True)
    image = QImage(
        bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
    )
    copy = image.copy()  # its own pixels, since the ones of the page end with it
    bitmap.close()
    page.close()
    return copy
