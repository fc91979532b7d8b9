"""What the person says to a finding, with their name and the time, as one step that can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rls_workup.domain.replies import reply_to

if TYPE_CHECKING:
    from rls_workup.domain.finding import Finding
    from rls_workup.domain.reply import Stance
    from rls_workup.ui.casework import Casework


def reply(casework: Casework, finding: Finding, stance: Stance | None, reason: str) -> None:
    """Accept a finding of the open work-up, set it aside, or (None) take back what was said to it."""
    session = casework.session
    if session is None or casework.signing.refuses():
        return
    if stance is None:
        session.reply(finding, None)
        return
    name = casework.window.settings.printed_by or casework.saving.author
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    session.reply(finding, reply_to(session.protocol, finding, stance, name, at, reason))
