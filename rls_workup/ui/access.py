"""The store with its key while it is unlocked, and who unlocked it; locking overwrites the key."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup.errors import StoreTrouble
from rls_workup.store import Store, open_store
from rls_workup.store.connection import is_plain
from rls_workup.store.place import path_of
from rls_workup.store.server_address import is_address
from rls_workup.store.station import who_and_where
from rls_workup.store.unlocking import Opening, open_with, unlocked, unlocked_quietly
from rls_workup.store.users import Protection, protection_of

if TYPE_CHECKING:
    from rls_workup.store.progress import Progress


class Access:
    """One store of one place. `user` is "" where only the computer account stands for the person."""

    def __init__(self, where: str | Path, opening: Opening) -> None:
        self.where = where
        self.store: Store = _on_server(where) if is_address(where) else open_with(where, opening, _renew)
        self.user = opening.user
        self._plain = getattr(self.store.engine, "key", None) is None
        self._key = None if self._plain else opening.key

    @property
    def key(self) -> bytearray | None:
        """The key; None where the store is locked, is not encrypted or lies on a server."""
        return self._key

    @property
    def has_keys(self) -> bool:
        """Whether the store can have passphrases at all."""
        return not is_address(self.where)

    def protection(self) -> Protection:
        """How the store is protected. Raises NoKeys, NewerFormat or StoreTrouble."""
        if not self.has_keys:
            return Protection(encrypted=False)
        return protection_of(self.where)

    def users(self) -> tuple[str, ...]:
        """Those who have a passphrase. Raises as `protection`."""
        return self.protection().users

    def lock(self) -> None:
        """Close the store and overwrite the key. Copies that Python made on the way are out of reach."""
        self.store.lock()
        if self._key is not None:
            self._key[:] = bytes(len(self._key))
        self._key = None

    def unlock(self, passphrase: str, user: str) -> None:
        """Open the store again with a passphrase. Raises WrongPassphrase, NoKeys or StoreTrouble."""
        self.take(unlocked(self.where, passphrase, user))

    def unlock_unasked(self) -> bool:
        """Open the store again where only the account protects it; False where a passphrase is needed."""
        if self.users():
            return False  # the keyring is for the start of the program, not for a screen that was left
        opening = unlocked_quietly(self.where)
        if opening is not None:
            self.take(opening)
        return opening is not None

    def note_failed(self, times: list[str]) -> None:
        """Write into the log when somebody tried a wrong passphrase; it can be written only now."""
        if not times:
            return
        from rls_workup.store.accesses import UNLOCK_FAILED, note_access
        from rls_workup.store.accesses import Access as Entry

        author, station = who_and_where()
        with suppress(StoreTrouble):  # a log that cannot be written keeps nobody out
            note_access(self.store.engine, *(Entry(at, author, station, UNLOCK_FAILED) for at in times))

    def reopen(self) -> None:
        """Open the store again after its file was written anew. Raises StoreTrouble."""
        self._plain = is_plain(path_of(self.where))
        self.take(unlocked_quietly(self.where) or Opening(None), replaced=True)

    def take(self, opening: Opening, *, replaced: bool = False) -> None:
        """Go on with what was found to open the store. Raises StoreTrouble."""
        key = None if self._plain else opening.key
        self.store.unlock(key, replaced=replaced, renew=_renew_whole)
        self._key, self.user = key, opening.user


def _renew(path: Path, work: Callable[[Progress], object]) -> None:
    from rls_workup.ui.renewing import renewed

    renewed(path, work)


def _renew_whole(path: Path, work: Callable[[Progress], object]) -> None:
    """As `_renew`, without a way to stop: the window has no other store to go on with."""
    from rls_workup.ui.renewing import renewed

    renewed(path, work, may_stop=False)


def _on_server(where: str | Path) -> Store:
    from rls_workup.ui.server_password import asked_password

    return open_store(where, None, asked_password)
