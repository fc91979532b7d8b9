"""`rls-workup keys`: who can open the store, the recovery sheet, and encrypting one that is not."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from rls_workup.cli.passphrases import asked_code, asked_passphrase, new_passphrase
from rls_workup.errors import StoreTrouble


def keys_commands(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """The commands below `keys`."""
    commands = parser.add_subparsers(metavar="list|add|change|remove|recovery|recover|encrypt", required=True)
    new = argparse.ArgumentParser(add_help=False)
    new.add_argument("user", metavar="USER")
    new.add_argument("--new-passphrase-file", metavar="FILE", type=Path, help="holds the new passphrase")

    listed = commands.add_parser("list", parents=[shared], help="how the store is protected")
    listed.set_defaults(command=_list)
    add = commands.add_parser("add", parents=[shared, new], help="give a user a passphrase")
    add.set_defaults(command=_add)
    change = commands.add_parser("change", parents=[shared, new], help="change a user's passphrase")
    change.set_defaults(command=_change)
    remove = commands.add_parser("remove", parents=[shared], help="take a user's passphrase away")
    remove.add_argument("user", metavar="USER")
    remove.set_defaults(command=_remove)
    recovery = commands.add_parser("recovery", parents=[shared], help="write the recovery sheet")
    recovery.add_argument("-o", "--output", type=Path, required=True, metavar="SHEET.pdf")
    recovery.add_argument("--paper", choices=("a4", "letter"), default="a4")
    recovery.set_defaults(command=_recovery)
    recover = commands.add_parser("recover", parents=[shared, new], help="new passphrase by recovery code")
    recover.add_argument("--code-file", metavar="FILE", type=Path, help="holds the code of the sheet")
    recover.set_defaults(command=_recover)
    encrypt = commands.add_parser("encrypt", parents=[shared], help="encrypt a store that is not")
    encrypt.add_argument("--delete-old", action="store_true", help="overwrite and delete the old file")
    encrypt.set_defaults(command=_encrypt)


def _place(options: argparse.Namespace) -> Path:
    from rls_workup.cli import default_store
    from rls_workup.store.server_address import is_address

    where = options.store or default_store()
    if is_address(where):
        raise StoreTrouble("Keys belong to a store in a file. The users of a server are kept by the server.")
    return Path(where)


def _list(options: argparse.Namespace) -> int:
    from rls_workup.domain.text import visible
    from rls_workup.store.users import protection_of

    where = _place(options)
    if not where.exists():
        raise StoreTrouble(
            "There is no store {where} yet. It is made when the program is first used.", where=where
        )
    protection = protection_of(where)
    if not protection.encrypted:
        print("The store is not encrypted. Encrypt it with: rls-workup keys encrypt")
    elif protection.by_account_only:
        print("The store is encrypted. No passphrase is set, so your computer account alone protects it.")
    else:
        print(f"The store is encrypted. A passphrase each of (keys {protection.check}):")
    for user in protection.users:
        print(visible(user))
    return 0


def _key(options: argparse.Namespace, where: Path) -> bytearray:
    from rls_workup.store.unlocking import key_for, open_unlocked

    if not where.exists():
        open_unlocked(where).close()
    key = key_for(where, lambda users: asked_passphrase(options, users))
    if key is None:
        raise StoreTrouble("The store is not encrypted yet. Encrypt it first with: rls-workup keys encrypt")
    return key


def _add(options: argparse.Namespace) -> int:
    from rls_workup.store.keyslots import same_user
    from rls_workup.store.unlocking import users_of
    from rls_workup.store.users import set_passphrase

    where = _place(options)
    users = users_of(where)
    if same_user(options.user) in map(same_user, users):
        raise StoreTrouble(
            "“{user}” has a passphrase already. Use: rls-workup keys change", user=options.user
        )
    key = _key(options, where)
    set_passphrase(where, key, options.user, new_passphrase(options, options.user))
    print(f"Done. “{options.user}” opens the store from now on.", file=sys.stderr)
    if not users:
        _seal_backups(where)
    return 0


def _seal_backups(where: Path) -> None:
    from rls_workup.store.backups import folder_for
    from rls_workup.store.resealing import reseal_backups

    left = reseal_backups(where, [folder_for(where)])
    print(
        "Backups that you put elsewhere still open without a passphrase. Make new ones and delete those.",
        *(f"So does {backup}." for backup in left),
        sep="\n",
        file=sys.stderr,
    )


def _change(options: argparse.Namespace) -> int:
    from rls_workup.store.keyfile import load_keys
    from rls_workup.store.unlocking import unlocked
    from rls_workup.store.users import set_passphrase

    where = _place(options)
    keys = load_keys(where)
    if keys is None or keys.slot_of(options.user) is None:
        raise StoreTrouble("There is no user “{user}”. Look at: rls-workup keys list", user=options.user)
    opening = unlocked(where, asked_passphrase(options, (options.user,)), options.user)
    if opening.key is not None:
        set_passphrase(where, opening.key, opening.user, new_passphrase(options, opening.user))
    print("Done. The old passphrase opens the store no more.", file=sys.stderr)
    return 0


def _remove(options: argparse.Namespace) -> int:
    from rls_workup.store.users import remove_user

    where = _place(options)
    _key(options, where)
    remove_user(where, options.user)
    print(f"Done. “{options.user}” opens the store no more.", file=sys.stderr)
    return 0


def _recovery(options: argparse.Namespace) -> int:
    from rls_workup.report.recovery_sheet import recovery_sheet
    from rls_workup.report.writing import put_file
    from rls_workup.store.keyslots import check_of
    from rls_workup.store.recovery import recovery_groups

    key = _key(options, _place(options))
    today = datetime.now().astimezone().date()
    put_file(options.output, recovery_sheet(recovery_groups(key), check_of(key), today, options.paper))
    print(f"Written: {options.output}. Print it, put it in the safe and delete the file.", file=sys.stderr)
    return 0


def _recover(options: argparse.Namespace) -> int:
    from rls_workup.store.unlocking import unlocked_by_code
    from rls_workup.store.users import set_passphrase_by_code

    where = _place(options)
    opening = unlocked_by_code(where, asked_code(options.code_file))
    if opening.key is not None:
        set_passphrase_by_code(where, opening.key, options.user, new_passphrase(options, options.user))
    print(f"Done. “{options.user}” opens the store with the new passphrase.", file=sys.stderr)
    return 0


def _encrypt(options: argparse.Namespace) -> int:
    from rls_workup.store.connection import is_plain
    from rls_workup.store.encrypting import encrypt_store, remove_for_good

    where = _place(options)
    if not where.exists() or not is_plain(where):
        raise StoreTrouble("The store {where} is encrypted already, or it is not there.", where=where)
    old = encrypt_store(where)
    if options.delete_old:
        remove_for_good(old)
        print("The store is encrypted. The old file was overwritten and deleted.", file=sys.stderr)
    else:
        print(f"The store is encrypted. The old file, which anybody can read, is {old}", file=sys.stderr)
    return 0
