"""The computer's own keyring, where there is a real one: it remembers a store's key for one user."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from rls_workup.errors import StoreTrouble
from rls_workup.store.keyslots import Key, check_of, same_user

SERVICE = "rls-workup"
REAL = 1  # keyring's own priority below which a backend is none, or keeps secrets in a plain file


def keyring_is_real() -> bool:
    """Whether this computer has a keyring that protects what it keeps."""
    from keyring.errors import KeyringError

    try:
        return _real(_backend())
    except (KeyringError, OSError, RuntimeError):
        return False


def _backend() -> Any:
    import keyring

    return keyring.get_keyring()


def _real(backend: Any) -> bool:
    chained = getattr(backend, "backends", None)
    if chained is not None:
        return any(_real(one) for one in chained)
    return float(backend.priority) >= REAL and not type(backend).__module__.startswith("keyrings.alt")


def remember_key(check: str, user: str, key: Key) -> None:
    """Let the keyring remember the key. Raises StoreTrouble where there is none or it refuses."""
    import keyring
    from keyring.errors import KeyringError

    if not keyring_is_real():
        raise StoreTrouble("This computer has no keyring to remember it. Type the passphrase instead.")
    try:
        keyring.set_password(SERVICE, _entry(check, user), key.hex())
    except (KeyringError, OSError, RuntimeError):
        raise StoreTrouble("The computer's keyring refused. Unlock it, then try again.") from None


def remembered_key(check: str, user: str) -> bytearray | None:
    """The key that the keyring remembers; None where it does not, or no longer the right one."""
    import keyring
    from keyring.errors import KeyringError

    try:
        key = bytearray.fromhex(keyring.get_password(SERVICE, _entry(check, user)) or "")
    except (KeyringError, OSError, RuntimeError, ValueError):
        return None
    return key if check_of(key) == check else None


def forget_key(check: str, user: str) -> None:
    """The keyring forgets the key; quietly nothing where it had none."""
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError, OSError, RuntimeError):
        keyring.delete_password(SERVICE, _entry(check, user))


def _entry(check: str, user: str) -> str:
    return f"{check}:{same_user(user)}"
