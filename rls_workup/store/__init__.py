"""Keeps work-ups as their JSON text, with their history; knows neither the domain nor Qt."""

from __future__ import annotations

from rls_workup.store.records import Kept, Outcome, Page, Revision, Row, Saved, Submission, Summary
from rls_workup.store.store import Store, open_store
from rls_workup.store.writer import Writer

__all__ = [
    "Kept",
    "Outcome",
    "Page",
    "Revision",
    "Row",
    "Saved",
    "Store",
    "Submission",
    "Summary",
    "Writer",
    "open_store",
]
