"""What stands beside a name in a pasted list: dose, route, for how long, stopped, without prescription."""

from __future__ import annotations

import re
from typing import Final

from rls_workup.exchange.since import SINCE

_UNIT = (
    r"(?:mg|g|mcg|µg|μg|ug|micrograms?|milligrams?|grams?|ml|units?|i\.?u\.?|ie|mmol|%|drops?|puffs?|sprays?"
    r"|tab(?:let)?s?|tbl|cap(?:sule)?s?|patch(?:es)?|sachets?|amp(?:oule)?s?|inj(?:ection)?s?)"
)
_NUMBER = r"(?:\d[\d.,]*(?:/\d[\d.,]*)*|[½¼¾]|\d+[½¼¾])"
_AMOUNT = (
    rf"(?:{_NUMBER}(?:\s?-\s?{_NUMBER})?\s?{_UNIT}(?:\s?/\s?(?:\d+\s?)?(?:ml|h|hours?|day|d|g|dose|week))?(?!\w)"
    r"|\d+/\d+(?![\w/]))"
)
_TIMES = r"(?:once|twice|\d+\s?(?:x|×|times)|(?:one|two|three|four)\s+times)"
_DAY = r"(?:day|daily|week|weekly|month|monthly|night|nightly)"
_SCHEDULE = (
    r"(?:\d(?:[.,]\d)?\s?-\s?\d(?:[.,]\d)?\s?-\s?\d(?:[.,]\d)?(?:\s?-\s?\d(?:[.,]\d)?)?(?![\w-])"
    rf"|{_TIMES}\s*(?:(?:a|per|every|/)\s*)?{_DAY}?(?!\w)"
    r"|(?:o\.?d|b\.?d|b\.?i\.?d|t\.?d\.?s|t\.?i\.?d|q\.?d\.?s|q\.?i\.?d|q\.?h\.?s|h\.?s|p\.?r\.?n|stat|nocte|mane|on)"
    r"\.?(?![\w.])"
    r"|every\s+(?:other\s+|second\s+|\d+\s+)?(?:mornings?|evenings?|nights?|days?|weeks?|months?|hours?)(?!\w)"
    rf"|{_DAY}(?!\w)"
    r"|(?:at|before|in\s+the|each)\s+(?:night|bed(?:time)?|morning|evening|noon)(?!\w)"
    r"|(?:as|when|if|only\s+when)\s+(?:needed|required)(?!\w)"
    r"|(?:with|after|before)\s+(?:food|meals?|breakfast|lunch|dinner)(?!\w))"
)
_DOSING = rf"(?:{_AMOUNT}|{_SCHEDULE})"
_SPAN = r"(?P<span>weeks?|wks?|months?|mths?|mos?|years?|yrs?|y)(?!\w)"
_ROUTE = (
    r"(?:p\.?o|i\.?v|i\.?m|s\.?c|s\.?l|p\.?r)\.?(?![\w.])|(?:by\s+mouth|oral(?:ly)?|intravenous(?:ly)?"
    r"|intramuscular(?:ly)?|subcut(?:aneous(?:ly)?)?|sublingual(?:ly)?|transdermal(?:ly)?|topical(?:ly)?|rectal(?:ly)?"
    r"|nasal(?:ly)?|inhaled)(?!\w)"
)
_STOPPED = (
    r"(?:stopped|discontinued|ceased)(?:\s+(?:about\s+)?(?P<ago>\d{1,3})\s+(?:weeks?|wks?)\s+ago)?(?!\w)"
    r"|(?:no\s+longer(?:\s+taken)?|previously(?:\s+taken)?|formerly|in\s+the\s+past)(?!\w)"
)
_NO_PRESCRIPTION = r"(?:otc|over[\s-]the[\s-]counter|without\s+(?:a\s+)?prescription|non-?prescription)(?!\w)"


NEXT_AFTER_DOSE: Final = re.compile(rf"{_DOSING}(\s+)\Z", re.IGNORECASE)


def _found(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,/-])(?:{pattern})", re.IGNORECASE)


CLAIMS: Final = (
    ("stopped", _found(_STOPPED)),
    ("length", _found(rf"{SINCE}(?!\w)")),
    ("length", _found(rf"(?:for|x|×)\s*(?:the\s+(?:last|past)\s+|about\s+)?(?P<count>\d{{1,3}})\s*{_SPAN}")),
    ("length", re.compile(rf"(?<=[,(])\s*(?P<count>\d{{1,3}})\s*{_SPAN}(?=\s*(?:[),.]|\Z))", re.IGNORECASE)),
    ("over_the_counter", _found(_NO_PRESCRIPTION)),
    ("dose", _found(rf"{_DOSING}(?:[\s,]*(?:[x×]\s*)?{_DOSING})*")),
    ("route", _found(_ROUTE)),
)
GOES_ON: Final = re.compile(
    rf"\s*(?:{_DOSING}|{_ROUTE}|{_STOPPED.replace('?P<ago>', '?:')}"
    rf"|{_NO_PRESCRIPTION}"
    r"|\d[\d.,/]*(?=[\s,;)]|\Z)|[(\[½¼¾]|(?:since|for|from|until|till|at|in|on|with|before|after|as|when|if|only|once|twice|one|two|three"
    r"|half|every|each|per|taken|takes|started|sometimes|usually|max(?:imum)?|up\s+to|now|but|then|and|or|dose"
    r"|tab(?:let)?s?|cap(?:sule)?s?|long[\s-]term|seit)(?!\w))",
    re.IGNORECASE,
)
BULLET: Final = re.compile(
    r"\s*(?:(?:[-*+•‣◦▪–—·>]+|\d{1,2}[.)](?=\s*[^\W\d])|\(?[a-z\d]\)|\[[ xX]?\])\s*)+|\s+", re.IGNORECASE
)
HEADING: Final = re.compile(r"[^:;,\d]{1,40}:\s*\Z")
LABEL: Final = re.compile(r"[^:;,\d]{1,40}:\s+(?=\S)")
NOT_TAKEN: Final = re.compile(
    r"(?<!\w)(?:allerg\w*|intoleran\w*|adverse|side[\s-]effects?|never(?!\w)|not\s+tak\w+|denies|declined|refused"
    r"|no(?!\w|\s+longer))",
    re.IGNORECASE,
)
OF_THE_PAST: Final = re.compile(
    r"(?<!\w)(?:past|previous\w*|former\w*|stopped|discontinued)(?!\w)", re.IGNORECASE
)
SPANS: Final = {"w": "weeks", "m": "months", "y": "years"}
