"""What is usual where this computer is set up: a guess at paper and units, for a person to keep or change."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QLocale

SI: Final = "si"
CONVENTIONAL: Final = "conventional"
A4: Final = "a4"
LETTER: Final = "letter"
# Where Unicode's CLDR names US Letter.
_LETTER: Final = "BZ CA CL CO CR GT MX NI PA PH PR SV US VE"
# Where laboratories mostly report mg/dL and ng/mL.
_CONVENTIONAL: Final = (
    "AR AT BE BR CL CO CR DE DO EC EG ES FR GR GT HN ID IL IN IR IT JP KR LB LU MX NI PA PE PH PL PR PT PY"
    " SA SV TH TR TW US UY VE"
)


class Usual(NamedTuple):
    """The paper (`a4`, `letter`) and the units (`si`, `conventional`) of a region."""

    paper: str
    units: str


def usual_in(territory: str) -> Usual:
    """What is usual in a territory (ISO 3166: `US`); A4 and SI where it is not known."""
    return Usual(
        LETTER if territory in _LETTER.split() else A4,
        CONVENTIONAL if territory in _CONVENTIONAL.split() else SI,
    )


def usual_here() -> Usual:
    """What is usual in the region of this desktop."""
    return usual_in(QLocale.territoryToCode(QLocale.system().territory()))
