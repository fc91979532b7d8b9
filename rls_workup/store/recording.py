"""Writing a version and its revision in one transaction; loaded at the first save, not at the start."""

from __future__ import annotations

from rls_workup.errors import Conflict, StoreTrouble
from rls_workup.store.engine import Cursor, Engine, writing
from rls_workup.store.patches import Tree
from rls_workup.store.records import Attempt, Saved, Summary
from rls_workup.store.revisions import NO_HEAD, head_after, sha, step, tree_of
from rls_workup.store.search import search_key
from rls_workup.store.words import keep_words

STANDING = "SELECT version, status, voided, head, search_key FROM workup WHERE id = ?"
DOCUMENT = "SELECT document FROM workup WHERE id = ?"
ENTER = (
    "INSERT INTO workup(status, family_name, given_name, date_of_birth, sex, identifier, next_step, awaited,"
    " pending_since, sample, note, recheck_due, search_key, saved_by, version, updated_at, head, document,"
    " id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
)
REPLACE = (
    "UPDATE workup SET status = ?, family_name = ?, given_name = ?, date_of_birth = ?, sex = ?,"
    " identifier = ?, next_step = ?, awaited = ?, pending_since = ?, sample = ?, note = ?, recheck_due = ?,"
    " search_key = ?, saved_by = ?, version = ?, updated_at = ?, head = ?, document = ?"
    " WHERE id = ? AND version = ?"
)
VOID = "UPDATE workup SET voided = 1, version = ?, updated_at = ?, head = ? WHERE id = ? AND version = ?"
REVISE = (
    "INSERT INTO revision(workup_id, version, at, author, station, kind, note, patch, document_sha, head,"
    " snapshot) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
SINCE = (
    "SELECT version, at, head, author, station FROM revision WHERE workup_id = ? AND version > ?"
    " ORDER BY version"
)
KIND = "SELECT kind FROM revision WHERE workup_id = ? AND version = ?"
STONE = "SELECT 1 FROM tombstone WHERE workup_id = ?"
IN_PROGRESS = "in-progress"
SIGN, AMEND = "sign", "amend"  # the kinds of revision between which nothing else is saved
LAST_SAVED_BY = "SELECT author, station FROM revision WHERE workup_id = ? AND version = ?"

Standing = tuple[int, str, int, bytes, str]  # version, status, voided, head, search key
Signature = tuple[str, str, str, str]  # author, station, kind, note


class Recorder:
    """Records versions through one engine; remembers the last tree, to compare the next with."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._last: tuple[str, bytes, Tree] | None = None  # id, head and tree

    def save(
        self,
        workup_id: str,
        base: int,
        document: str,
        summary: Summary,
        signature: Signature,
        attempt: Attempt,
    ) -> Saved:
        """One version more; see Store.save."""
        with writing(self._engine.connection):
            own = self._arrived(workup_id, base, signature, attempt)
            if own and own[-1].at == attempt.at:
                return own[-1]
            standing = self._standing(workup_id, base + len(own))
            self._refuse_signed(workup_id, standing, signature[2])
            whole = standing is None or standing[1] != summary.status or signature[2] in (SIGN, AMEND)
            saved, tree, revision = self._next(workup_id, standing, document, signature, whole, attempt.at)
            listed = _listed(summary)
            kept = (
                *listed,
                signature[0],
                saved.version,
                saved.at,
                bytes.fromhex(saved.head),
                document,
                workup_id,
            )
            if standing is None:
                self._put(workup_id, ENTER, kept)
            else:
                self._put(workup_id, REPLACE, (*kept, standing[0]))
            keep_words(self._engine.connection, workup_id, standing[4] if standing else "", str(listed[-1]))
            self._execute(REVISE, revision)
        self._last = (workup_id, bytes.fromhex(saved.head), tree)
        return saved

    def void(self, workup_id: str, base: int, signature: Signature, attempt: Attempt) -> Saved:
        """Take the work-up off the worklist, as one version more with the same document."""
        with writing(self._engine.connection):
            if own := self._arrived(workup_id, base, signature, attempt):
                return own[-1]
            standing = self._standing(workup_id, base)
            if standing is None:
                raise _missing(workup_id)
            document = self._document(workup_id)
            saved, _, revision = self._next(workup_id, standing, document, signature, False, attempt.at)
            listed = (saved.version, saved.at, bytes.fromhex(saved.head), workup_id, standing[0])
            self._put(workup_id, VOID, listed)
            keep_words(self._engine.connection, workup_id, standing[4], "")
            self._execute(REVISE, revision)
        return saved

    def _execute(self, sql: str, parameters: tuple[object, ...]) -> Cursor:
        return self._engine.connection.execute(sql, parameters)

    def _put(self, workup_id: str, sql: str, parameters: tuple[object, ...]) -> None:
        if self._execute(sql, parameters).rowcount != 1:  # on a server, somebody was quicker
            found = self._execute(STANDING, (workup_id,)).fetchone()
            raise self._conflict(workup_id, found[0]) if found else _missing(workup_id)

    def _arrived(self, workup_id: str, base: int, signature: Signature, attempt: Attempt) -> list[Saved]:
        """The versions after `base` that are this or earlier attempts of ours, whose answer was lost."""
        own: list[Saved] = []
        if not attempt.earlier:
            return own
        for version, at, head, *by in self._execute(SINCE, (workup_id, base)).fetchall():
            if at not in attempt.earlier or tuple(by) != signature[:2]:
                break
            own.append(Saved(version, at, head.hex()))
        return own

    def _standing(self, workup_id: str, base: int) -> Standing | None:
        found: Standing | None = self._execute(STANDING, (workup_id,)).fetchone()
        if found is None:
            if base:
                raise _missing(workup_id)
            if self._execute(STONE, (workup_id,)).fetchone():
                raise StoreTrouble(
                    "Work-up {workup_id} was erased for good and cannot come back.", workup_id=workup_id
                )
            return None
        if found[0] != base:
            raise self._conflict(workup_id, found[0])
        if found[2]:
            raise StoreTrouble(
                "Work-up {workup_id} was voided and takes no more changes. Start a new one.",
                workup_id=workup_id,
            )
        return found

    def _refuse_signed(self, workup_id: str, standing: Standing | None, kind: str) -> None:
        if standing is None or standing[1] == IN_PROGRESS or kind == AMEND:
            return
        if self._execute(KIND, (workup_id, standing[0])).fetchone()[0] == SIGN:
            raise StoreTrouble(
                "This work-up is signed and takes no more changes. Nothing was overwritten. "
                "Amend it with a reason, then change it."
            )

    def _conflict(self, workup_id: str, version: int) -> Conflict:
        who = self._execute(LAST_SAVED_BY, (workup_id, version)).fetchone()
        author, station = who or ("", "")
        by = (f" by {author}" if author else "") + (f" on {station}" if station else "")
        return Conflict(
            "This work-up was saved elsewhere{by} (version {version}) since it was opened here. "
            "Nothing was overwritten. Open it again and compare before saving.",
            by=by,
            version=version,
        )

    def _next(
        self,
        workup_id: str,
        standing: Standing | None,
        document: str,
        signature: Signature,
        whole: bool,
        at: str,
    ) -> tuple[Saved, Tree, tuple[object, ...]]:
        version, head = (1, NO_HEAD) if standing is None else (standing[0] + 1, standing[3])
        taken = step(self._tree_before(workup_id, standing), document, version, whole=whole)
        document_sha = sha(document)
        bound = (version, at, *signature, taken.patch)
        head = head_after(head, workup_id, bound, document_sha)
        saved = Saved(version, at, head.hex())
        return saved, taken.tree, (workup_id, *bound, document_sha, head, taken.snapshot)

    def _tree_before(self, workup_id: str, standing: Standing | None) -> Tree:
        if standing is None:
            return None
        if self._last is not None and self._last[:2] == (workup_id, standing[3]):
            return self._last[2]
        return tree_of(self._document(workup_id))

    def _document(self, workup_id: str) -> str:
        return str(self._execute(DOCUMENT, (workup_id,)).fetchone()[0])


def _missing(workup_id: str) -> StoreTrouble:
    return StoreTrouble(
        "Work-up {workup_id} is not in this store any more. Save it as a file, then look in a backup.",
        workup_id=workup_id,
    )


def _listed(summary: Summary) -> tuple[object, ...]:
    key = search_key(
        *(summary.family_name, summary.given_name, summary.identifier, summary.status, summary.next_step)
    )
    return (*summary, key)
