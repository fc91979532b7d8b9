"""The whole protocol as a document that a clinician reviews with a pen, as text and as PDF."""

from __future__ import annotations

from rls_workup.report.review.pages import review_bytes
from rls_workup.report.review.text import review_text

__all__ = ["review_bytes", "review_text"]
