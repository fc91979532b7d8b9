"""The words of pasted laboratory reports, English and German: headings, marks, labels, months."""

from __future__ import annotations

from typing import Final

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
    "|januar|jänner|februar|märz|maerz|mär|mrz|mai|juni|juli|oktober|okt|dezember|dez"
)
_TIME = r"(?:[ T,]{1,3}\d{1,2}:\d{2}(?::\d{2})?(?:\s?(?:Uhr|Z|[AaPp][Mm])|[+-]\d{2}:?\d{2})?)?"
DATE: Final = (
    rf"(?P<date>\d{{4}}-\d{{2}}-\d{{2}}(?!\d)|\d{{1,2}}(?P<mark>[./-])\d{{1,2}}(?P=mark)(?:\d{{4}}|\d{{2}})(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ .-]{{0,2}}(?:{_MONTHS})\b\.?"
    r"(?:[ ,.-]{0,2}(?:\d{4}|\d{2})(?![\d.,]))?"
    rf"|(?:{_MONTHS})\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?,?[ ]\d{{4}}){_TIME}"
)
FLAGS: Final = frozenset(
    (
        *("h", "l", "hh", "ll", "high", "low", "+", "++", "+++", "-", "--", "↑", "↓", "↑↑", "↓↓", "*", "**"),
        *("!", "!!", "a", "n", "abnormal", "normal", "hoch", "niedrig", "erhöht", "erniedrigt", "▲", "▼"),
    )
)
REFERENCE: Final = (
    r"(?:reference(?:[ ](?:range|interval))?|ref\.?(?:[ ]?(?:range|interval))?|range"
    r"|normal[ ]range|normal[ ]values?|norm(?:al)?(?:bereich|werte?)?|"
    r"referenz(?:bereich|werte?)?|soll(?:wert)?|target|rr|nb|zielbereich)"
)
BEFORE_THE_NUMBER: Final = frozenset(
    (
        "result",
        "results",
        "value",
        "level",
        "is",
        "of",
        "wert",
        "ergebnis",
        "messwert",
        *("enz.", "enzym.", "enzymatic", "enzymatisch", "jaffe", "eclia", "clia", "quant.", "quantitative"),
        "=",
        ":",
        "|",
        ";",
        ",",
    )
)
BETWEEN: Final = frozenset(
    (",", ";", "|", ":", "=", "/", "·", "•", "at", "on", "am", "vom", "um", "uhr", "taken")
)
TAKEN: Final = (
    *("collected", "date collected", "collection date", "collected on", "sample date", "sample taken"),
    *("sampled", "specimen date", "specimen collected", "date of sample", "taken", "taken on", "drawn"),
    *("sample collected", "collection", "entnahme", "entnahmedatum", "probenentnahme", "abnahme"),
    *("abnahmedatum", "probennahme", "probenahme", "blutentnahme", "entnommen am", "entnahme am"),
    *("abgenommen am", "materialentnahme", "entnahmezeit", "probendatum", "datum der entnahme"),
)
NAME: Final = ("patient", "patient name", "name", "patientin", "patienten name", "patientenname")
FAMILY: Final = ("surname", "family name", "last name", "nachname", "familienname")
GIVEN: Final = ("first name", "given name", "forename", "vorname")
BORN: Final = (
    *("dob", "d.o.b.", "born", "date of birth", "birth date", "birthdate", "geb.", "geb", "geboren"),
    *("geburtsdatum", "geboren am", "geb. am"),
)
NUMBER: Final = (
    *("nhs no", "nhs no.", "nhs number", "mrn", "hospital no", "hospital number", "patient id", "patient no"),
    *("pat.-id", "pat-id", "pat.-nr.", "pat.-nr", "patientennummer", "patienten-id", "fallnummer"),
    *("patient number", "no.", "nr."),
)
SEX: Final = ("sex", "gender", "geschlecht")
SEXES: Final = {
    **dict.fromkeys(("f", "female", "w", "weiblich", "woman"), "female"),
    **dict.fromkeys(("m", "male", "männlich", "maennlich", "man"), "male"),
}
OTHER_SAMPLES: Final = frozenset(
    ("urine", "urin", "harn", "csf", "liquor", "stool", "stuhl", "saliva", "speichel", "urinalysis")
)
COLUMNS: Final = {
    "test": (
        *("test", "tests", "analyte", "parameter", "analysis", "investigation", "component", "name"),
        *("untersuchung", "analyse", "laborwert", "bezeichnung", "analyt", "messgröße", "test name"),
    ),
    "value": (
        *("result", "results", "value", "current", "current result", "ergebnis", "wert", "messwert"),
        *("resultat", "aktuell", "aktueller wert", "befund"),
    ),
    "unit": ("unit", "units", "einheit", "einheiten", "dimension"),
    "reference": (
        *("reference", "reference range", "reference interval", "ref", "ref.", "ref range", "range"),
        *("normal range", "normal", "referenz", "referenzbereich", "normbereich", "normwert", "normalwert"),
        *("referenzwert", "sollwert", "ref.-bereich", "ref.bereich", "limits"),
    ),
    "flag": ("flag", "flags", "abnormal", "bewertung", "markierung", "l/h", "h/l", "kennz.", "indicator"),
    "date": (
        *TAKEN,
        *("date", "datum", "date/time", "date taken"),
    ),
    "status": ("status", "result status", "befundstatus"),
    "patient": (*(name for name in NAME if name != "name"), *FAMILY, *GIVEN, *BORN, *NUMBER),
    "comparator": ("comparator", "operator"),
}
FINAL: Final = frozenset(
    ("final", "f", "amended", "corrected", "complete", "endbefund", "final report", "freigegeben")
)
MOST_LINES: Final = 20_000
