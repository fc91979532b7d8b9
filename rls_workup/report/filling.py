"""Fields over the lines and boxes of a drawn form (AcroForm): names, questions, looks, what is filled in."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rls_workup.report.marks import Entry, Strip, Words
from rls_workup.report.pen import Pen, Placed
from rls_workup.report.rows import BASE
from rls_workup.report.typeface import BODY, REGULAR, SMALL, TINY, Style, width_of
from rls_workup.report.wrapping import Line, Run, wrap
from rls_workup.resources import folder

if TYPE_CHECKING:
    import pikepdf

_RADIO, _SEVERAL_LINES, _READ_ONLY = 1 << 15, 1 << 12, 1
_PRINTED, _HIDDEN = 4, 2
_LOOK = "/Inter 9 Tf 0 g"
_CROSS = b"q 1.3 w 1 J 1.7 1.7 m 7.3 7.3 l 1.7 7.3 m 7.3 1.7 l S Q"
_STYLES = (BODY, SMALL, TINY)
_TRIED = 12_000  # characters; so many fit into no field


def fillable(pen: Pen) -> bytes:
    """The drawn paper with its fields. Same input, same bytes."""
    import pikepdf

    looks = _text_looks(pen)
    with pikepdf.open(BytesIO(pen.finished())) as paper:
        _Filler(paper, pen.entries, looks).fill()
        out = BytesIO()
        paper.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return out.getvalue()


def _text_looks(pen: Pen) -> dict[int, int]:
    """Draw each filled text as a page of its own; the number of that page by the entry's."""
    return {
        number: pen.patch(placed.entry.width, placed.entry.height, _set(placed.entry))
        for number, placed in enumerate(list(pen.entries))
        if placed.entry.value and not placed.entry.option and not placed.entry.hidden
    }


def _set(entry: Entry) -> Strip:
    """The text as large as it fits; what does not fit ends with “…” and is whole in the field."""
    wide, high = entry.width - 4, entry.height - 0.5
    style, lines = next(
        ((style, lines) for style in _STYLES if _height(lines := _wrapped(entry, style, wide)) <= high),
        (TINY, _cut(_wrapped(entry, TINY, wide), wide, high)),
    )
    top = 1.0 if entry.several_lines else max(0.0, entry.height - _height(lines) - 0.5)
    marks = [
        Words(2 + piece.x, top + number * style.leading + line.leading * BASE, piece.text, piece.style)
        for number, line in enumerate(lines)
        for piece in line.pieces
    ]
    return Strip(entry.height, tuple(marks))


def _wrapped(entry: Entry, style: Style, wide: float) -> list[Line]:
    return wrap([Run(entry.value[:_TRIED], style)], wide)


def _height(lines: Sequence[Line]) -> float:
    return sum(line.leading for line in lines)


def _cut(lines: Sequence[Line], wide: float, high: float) -> list[Line]:
    kept = list(lines[: max(1, int(high // TINY.leading))])
    last = " ".join(piece.text for piece in kept[-1].pieces)
    while last and width_of(f"{last}…", TINY) > wide:
        last = last[:-1]
    return [*kept[:-1], *wrap([Run(f"{last}…", TINY)], wide + 1)[:1]]


class _Filler:
    """Puts the fields into one opened paper."""

    def __init__(self, paper: pikepdf.Pdf, entries: Sequence[Placed], looks: Mapping[int, int]) -> None:
        self.paper, self.entries = paper, list(enumerate(entries))
        self.looks = {number: self._look_of(page) for number, page in looks.items()}
        for page in sorted(looks.values(), reverse=True):
            del paper.pages[page]
        self.on, self.off = self._stream(_CROSS, 9, 9), self._stream(b"", 9, 9)
        self.annotations: dict[int, list[Any]] = {}

    def fill(self) -> None:
        """Every field with its places; the fields and their places in reading order."""
        import pikepdf

        fields = [self._field(list(group)) for group in self._groups()]
        for number, page in enumerate(self.paper.pages):
            page.obj.Annots = self.paper.make_indirect(pikepdf.Array(self._placed_on(number)))
            page.obj.Tabs = pikepdf.Name.W  # as they stand in the list
        self.paper.Root.AcroForm = self.paper.make_indirect(
            pikepdf.Dictionary(
                Fields=pikepdf.Array(fields),
                DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Inter=self._font())),
                DA=pikepdf.String(_LOOK),
            )
        )

    def _groups(self) -> Iterable[Sequence[tuple[int, Placed]]]:
        """The entries by the field's name, in the order in which the names come first."""
        order = {entry.entry.name: place for place, entry in reversed(self.entries)}
        held = sorted(self.entries, key=lambda numbered: (order[numbered[1].entry.name], numbered[0]))
        return [list(group) for _, group in groupby(held, key=lambda numbered: numbered[1].entry.name)]

    def _placed_on(self, page: int) -> list[Any]:
        return [widget for _, widget in sorted(self.annotations.get(page, ()), key=lambda placed: placed[0])]

    def _field(self, group: Sequence[tuple[int, Placed]]) -> Any:
        import pikepdf

        entry = group[0][1].entry
        field = self.paper.make_indirect(
            pikepdf.Dictionary(T=pikepdf.String(entry.name), TU=_string(entry.says))
        )
        if entry.option:
            self._button(field, [placed.entry for _, placed in group])
        else:
            self._line(field, entry)
        kids = [self._widget(field, number, placed) for number, placed in group]
        field.Kids = pikepdf.Array(kids)
        return field

    def _button(self, field: Any, entries: Sequence[Entry]) -> None:
        import pikepdf

        field.FT = pikepdf.Name.Btn
        field.Ff = _RADIO if len({entry.option for entry in entries}) > 1 else 0
        chosen = entries[0].value if any(entry.option == entries[0].value for entry in entries) else "Off"
        field.V = pikepdf.Name(f"/{chosen}")
        if chosen != "Off":
            field.DV = pikepdf.Name(f"/{chosen}")

    def _line(self, field: Any, entry: Entry) -> None:
        import pikepdf

        field.FT = pikepdf.Name.Tx
        field.Ff = _READ_ONLY if entry.hidden else _SEVERAL_LINES if entry.several_lines else 0
        field.DA = pikepdf.String(_LOOK)
        if entry.value:
            field.V = field.DV = _string(entry.value)

    def _widget(self, field: Any, number: int, placed: Placed) -> Any:
        import pikepdf

        entry = placed.entry
        widget = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            Parent=field,
            Rect=pikepdf.Array([round(edge, 2) for edge in placed.edges]),
            F=_HIDDEN if entry.hidden else _PRINTED,
            P=self.paper.pages[placed.page].obj,
        )
        if entry.option:
            widget.AS = field.V if str(field.V) == f"/{entry.option}" else pikepdf.Name.Off
            looks = pikepdf.Dictionary({f"/{entry.option}": self.on, "/Off": self.off})
            widget.AP = pikepdf.Dictionary(N=looks)
        elif not entry.hidden:
            empty = self._stream(b"/Tx BMC EMC", entry.width, entry.height)
            widget.AP = pikepdf.Dictionary(N=self.looks.get(number) or empty)
        made = self.paper.make_indirect(widget)
        self.annotations.setdefault(placed.page, []).append((number, made))
        return made

    def _look_of(self, page: int) -> Any:
        drawn = self.paper.pages[page]
        drawn.contents_coalesce()
        content = b"/Tx BMC q\n" + drawn.Contents.read_bytes() + b"\nQ EMC"
        _, _, wide, high = map(float, drawn.mediabox)
        return self._stream(content, wide, high, drawn.obj.Resources)

    def _stream(self, content: bytes, wide: float, high: float, resources: Any = None) -> Any:
        import pikepdf

        stream = pikepdf.Stream(self.paper, content)
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        stream.BBox = pikepdf.Array([0, 0, round(wide, 2), round(high, 2)])
        stream.Resources = pikepdf.Dictionary() if resources is None else resources
        return self.paper.make_indirect(stream)

    def _font(self) -> Any:
        """The whole of Inter, so that a reader can show what a person types."""
        import pikepdf

        widths, box, ascent, descent = _measures()
        name = pikepdf.Name(f"/{REGULAR}")
        descriptor = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=name,
            Flags=32,
            FontBBox=pikepdf.Array(box),
            ItalicAngle=0,
            Ascent=ascent,
            Descent=descent,
            CapHeight=ascent,
            StemV=80,
            FontFile2=pikepdf.Stream(
                self.paper, _packed(), Filter=pikepdf.Name.FlateDecode, Length1=len(_font_file())
            ),
        )
        return self.paper.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.TrueType,
                BaseFont=name,
                Encoding=pikepdf.Name.WinAnsiEncoding,
                FirstChar=32,
                LastChar=255,
                Widths=pikepdf.Array(widths),
                FontDescriptor=self.paper.make_indirect(descriptor),
            )
        )


@lru_cache(maxsize=1)
def _font_file() -> bytes:
    return folder("fonts", f"{REGULAR}.ttf").read_bytes()


@lru_cache(maxsize=1)
def _packed() -> bytes:
    return zlib.compress(_font_file(), 9)


@lru_cache(maxsize=1)
def _measures() -> tuple[list[int], list[int], int, int]:
    """Advance of each WinAnsi character, box, ascent and descent, in thousandths of the size."""
    from reportlab.pdfbase import pdfmetrics

    face = pdfmetrics.getFont(REGULAR).face
    letters = [bytes([code]).decode("cp1252", "ignore") for code in range(32, 256)]
    widths = [round(face.charWidths.get(ord(letter or " "), face.defaultWidth)) for letter in letters]
    return widths, [round(edge) for edge in face.bbox], round(face.ascent), round(face.descent)


def _string(text: str) -> Any:
    """A text string; as UTF-16 wherever another reader could take it for anything else."""
    import pikepdf

    if text.isascii() and text.isprintable():
        return pikepdf.String(text)
    return pikepdf.String(b"\xfe\xff" + text.encode("utf-16-be", "replace"))
