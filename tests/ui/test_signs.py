"""Every sign that the program shows of its own is in the font that it brings along."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFile

from rls_workup.resources import folder

UI = Path(__file__).parents[2] / "rls_workup" / "ui"


def test_every_sign_is_in_the_font() -> None:
    known = set(TTFontFile(str(folder("fonts") / "Inter-Regular.ttf")).charToGlyph)
    texts = [*UI.rglob("*.py"), *folder("words").rglob("*.toml"), *folder("protocol").rglob("*.toml")]
    missing = {
        f"{sign} in {path.name}"
        for path in texts
        for sign in set(path.read_text(encoding="utf-8"))
        if ord(sign) > 126 and ord(sign) not in known
    }
    assert missing == set()
