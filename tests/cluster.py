"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by a socket, gone afterwards."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

OWNER = "rls_owner"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "16MB",
    "max_connections": "40",
    "max_wal_size": "256MB",
    "log_min_messages": "warning",
    "autovacuum": "off",
    "logging_collector": "off",
}


def binaries() -> Path:
    """Where PostgreSQL's programs are; Debian keeps them out of PATH."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    if not folders:
        raise FileNotFoundError("PostgreSQL is not installed; on Debian: apt-get install postgresql")
    return Path(folders[-1])


def _as_whom() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    try:
        who = pwd.getpwnam("postgres")
    except KeyError:
        who = pwd.getpwuid(65534)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


class Cluster:
    """One running server; `database()` makes an empty database."""

    def __init__(self) -> None:
        # Short, since the name of a socket may have no more than a hundred letters.
        self.folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
        self.whom = _as_whom()
        self._numbers = count()
        self.emptied_name = ""
        if self.whom:
            os.chown(self.folder, self.whom["user"], self.whom["group"])
        self.data = self.folder / "data"
        self._run(
            "initdb", "-D", self.data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        with open(self.data / "postgresql.conf", "a") as configuration:
            configuration.writelines(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
            configuration.write(f"unix_socket_directories = '{self.folder}'\n")
        self.port = _free_port()
        self.start()

    def _run(self, program: str, *words: object) -> None:
        done = subprocess.run(
            [str(binaries() / program), *map(str, words)],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            umask=0o077,
            **self.whom,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def put(self, name: str, content: bytes) -> None:
        """A file of the server's own folder, which it alone may read."""
        path = self.data / name
        path.write_bytes(content)
        path.chmod(0o600)
        if self.whom:
            os.chown(path, self.whom["user"], self.whom["group"])

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        self._run(
            "pg_ctl", "start", "-w", "-D", self.data, "-o", f"-p {self.port}", "-l", self.folder / "log"
        )

    def stop(self) -> None:
        """Stop the server at once, as a power cut would."""
        self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self.data)

    def address(self, database: str, user: str = OWNER) -> str:
        """The address of a database, by the socket."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def database(self) -> str:
        """A new, empty database; its name."""
        name = f"practice_{next(self._numbers)}"
        self.tell(f"CREATE DATABASE {name}")
        return name

    def emptied(self) -> str:
        """The address of the one database that is emptied for each test; a new one would take longer."""
        if not self.emptied_name:
            self.emptied_name = self.database()
        self.hang_up(self.emptied_name)  # whoever a test forgot would hold the tables
        self.tell("DROP SCHEMA IF EXISTS rls_workup CASCADE", self.emptied_name)
        return self.address(self.emptied_name)

    def hang_up(self, database: str) -> int:
        """End every connection to a database, as an administrator or a broken line would; how many."""
        among = f"pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = '{database}'"
        return len(self.tell(f"SELECT pg_terminate_backend(pid) FROM {among}"))

    def tell(self, sql: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run one statement as the owner of everything."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            done = connection.execute(sql.encode())
            return done.fetchall() if done.description else []

    def close(self) -> None:
        """Stop, and leave nothing behind."""
        if (self.data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder)


def _free_port() -> int:
    import socket

    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
