"""A server is used only where it is certain which one it is; passwords are asked for and never shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from rls_workup.errors import StoreTrouble, Unreachable
from rls_workup.store import Summary, open_store
from rls_workup.store.leases import release, take
from rls_workup.store.server_address import address_of
from tests.cluster import Cluster, binaries

ELSEWHERE = [
    "postgresql://anna@server.example/rls",
    "postgresql://anna@server.example/rls?sslmode=require",
    "postgresql://anna@server.example/rls?sslmode=verify-ca",
    "postgresql://anna@server.example/rls?sslmode=disable",
    "postgresql://anna@10.0.0.7/rls",
    "postgresql://anna@[2001:db8::7]/rls",
    "postgresql://anna@localhost,server.example/rls",
    "postgresql://anna@localhost/rls?hostaddr=10.0.0.7",
    "postgresql://anna@localhost.server.example/rls",
    "POSTGRESQL://anna@server.example/rls",
    "postgres://anna:ZZQXSECRET@server.example/rls",
]


@pytest.mark.parametrize("where", ELSEWHERE)
def test_a_server_elsewhere_has_to_prove_who_it_is(where: str) -> None:
    with pytest.raises(StoreTrouble, match="verify-full") as caught:
        open_store(where)
    assert not isinstance(caught.value, Unreachable), "it was called"
    assert "ZZQXSECRET" not in str(caught.value)


HERE = [
    "postgresql:///rls",
    "postgresql://anna@/rls?host=/run/postgresql",
    "postgresql://anna@localhost/rls",
    "postgresql://anna@127.0.0.1:5433/rls",
    "postgresql://anna@127.1.2.3/rls",
    "postgresql://anna@[::1]/rls",
    "postgresql://anna@server.example/rls?hostaddr=127.0.0.1",
    "postgresql://anna@server.example/rls?sslmode=verify-full",
]


@pytest.mark.parametrize("where", HERE)
def test_this_computer_and_a_proven_server_are_taken(where: str) -> None:
    assert address_of(where).parameters["dbname"] == "rls"


def test_what_the_surroundings_say_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "server.example")
    with pytest.raises(StoreTrouble, match="verify-full"):
        address_of("postgresql:///rls")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert address_of("postgresql:///rls").shown == "postgresql:///rls"
    monkeypatch.setenv("PGSERVICE", "practice")
    with pytest.raises(StoreTrouble, match="service"):
        address_of("postgresql:///rls")


@pytest.mark.parametrize(
    "where",
    ["postgresql://anna:ZZQXSECRET@[broken", "postgresql://a/b?ZZQXSECRET=1", "postgresql://a/b?sslmode"],
)
def test_an_address_that_cannot_be_read_is_a_sentence_that_does_not_repeat_it(where: str) -> None:
    with pytest.raises(StoreTrouble, match="cannot be read") as caught:
        open_store(where)
    assert "ZZQXSECRET" not in str(caught.value)
    assert caught.value.__cause__ is None


SHOWN = [
    ("postgresql://anna:secret@localhost:5433/rls?sslmode=prefer", "postgresql://anna@localhost:5433/rls"),
    ("postgres:///rls?password=secret", "postgresql:///rls"),
    ("postgresql://a%20b@localhost/rls", "postgresql://a%20b@localhost/rls"),
]


@pytest.mark.parametrize(("where", "shown"), SHOWN)
def test_an_address_is_shown_without_its_password(where: str, shown: str) -> None:
    address = address_of(where)
    assert address.shown == shown
    assert "secret" not in repr(address)


def test_nobody_at_home_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="does not answer") as caught:
        open_store(f"postgresql://anna:ZZQXSECRET@/rls?host={tmp_path}")
    assert "ZZQXSECRET" not in str(caught.value)


def _certificate(
    name: str, signer: tuple[x509.Name, ec.EllipticCurvePrivateKey] | None
) -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer, signing = signer or (subject, key)
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(signing, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return built.public_bytes(pem), private


@pytest.fixture(scope="module")
def guarded(cluster: Cluster) -> Iterator[str]:
    """A database that anna opens over TCP with her password; the server proves to be `localhost`."""
    certificate, private = _certificate("localhost", None)
    cluster.put("server.crt", certificate)
    cluster.put("server.key", private)
    name = cluster.database()
    with open(cluster.data / "pg_hba.conf") as rules:
        before = rules.read()
    cluster.put("pg_hba.conf", ("host all anna 127.0.0.1/32 scram-sha-256\n" + before).encode())
    cluster.tell("ALTER SYSTEM SET ssl = on")
    cluster.tell("CREATE ROLE anna LOGIN PASSWORD 'open sesame'")
    cluster.tell(f"ALTER DATABASE {name} OWNER TO anna")
    cluster.tell("SELECT pg_reload_conf()")
    yield f"{name}?port={cluster.port}"
    cluster.put("pg_hba.conf", before.encode())
    cluster.tell("ALTER SYSTEM RESET ssl")
    cluster.tell("SELECT pg_reload_conf()")


def test_the_password_is_asked_for_once(guarded: str) -> None:
    asked: list[str] = []

    def ask(about: str) -> str:
        asked.append(about)
        return "open sesame"

    with closing(open_store(f"postgresql://anna@127.0.0.1/{guarded}", ask=ask)) as store:
        with closing(store.another()) as other:
            assert other.count() == 0
        store.engine.renew()
        assert "sesame" not in store.where
    assert asked == [store.where]


@pytest.mark.parametrize(
    ("password", "said"), [("wrong", "did not let this user in"), ("", "asks for a password")]
)
def test_a_password_that_is_wrong_or_missing_is_a_sentence(guarded: str, password: str, said: str) -> None:
    for ask in (lambda _about: password, None) if not password else (lambda _about: password,):
        with pytest.raises(StoreTrouble, match=said) as caught:
            open_store(f"postgresql://anna@127.0.0.1/{guarded}", ask=ask)
        assert not isinstance(caught.value, Unreachable)


def test_a_password_file_saves_the_question(
    guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "pgpass"
    kept.write_text("*:*:*:anna:open sesame\n")
    kept.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(kept))
    open_store(f"postgresql://anna@127.0.0.1/{guarded}").close()


@pytest.mark.parametrize(
    ("host", "root", "said"),
    [
        ("localhost", "server.crt", ""),
        ("127.0.0.1", "server.crt", "could not prove"),
        ("localhost", "other.crt", "could not prove"),
        ("localhost", "missing.crt", "could not prove"),
    ],
)
def test_a_server_is_known_by_its_certificate(
    cluster: Cluster, guarded: str, tmp_path: Path, host: str, root: str, said: str
) -> None:
    (tmp_path / "server.crt").write_bytes((cluster.data / "server.crt").read_bytes())
    (tmp_path / "other.crt").write_bytes(_certificate("localhost", None)[0])
    where = f"postgresql://anna@{host}/{guarded}&hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert={tmp_path / root}"
    if not said:
        with closing(open_store(where, ask=lambda _about: "open sesame")) as store:
            encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            assert store._connection.execute(encrypted).fetchone() == (True,)
    else:
        with pytest.raises(StoreTrouble, match=said):
            open_store(where, ask=lambda _about: "open sesame")


def test_who_may_not_write_is_told_at_once(cluster: Cluster) -> None:
    name = cluster.database()
    open_store(cluster.address(name)).close()
    cluster.tell("CREATE ROLE visitor LOGIN")
    with pytest.raises(StoreTrouble, match="does not let this user do that"):
        open_store(cluster.address(name, "visitor"))
    cluster.tell("GRANT USAGE ON SCHEMA rls_workup TO visitor", name)
    cluster.tell("GRANT SELECT ON ALL TABLES IN SCHEMA rls_workup TO visitor", name)
    with pytest.raises(StoreTrouble, match="does not let this user do that"):
        open_store(cluster.address(name, "visitor"))


def test_who_may_not_make_the_tables_is_told_so(cluster: Cluster) -> None:
    name = cluster.database()
    cluster.tell("CREATE ROLE stranger LOGIN")
    with pytest.raises(StoreTrouble, match="does not let this user do that"):
        open_store(cluster.address(name, "stranger"))


def test_a_database_that_lacks_letters_is_refused(cluster: Cluster) -> None:
    cluster.tell("CREATE DATABASE narrow ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    with pytest.raises(StoreTrouble, match="encoding UTF8"):
        open_store(cluster.address("narrow"))


def test_a_database_that_is_not_there_is_a_sentence(cluster: Cluster) -> None:
    with pytest.raises(StoreTrouble, match="did not let this user in"):
        open_store(cluster.address("missing"))


README = Path(__file__).parents[2] / "README.md"


def test_the_set_up_of_the_readme_lets_users_work_and_nothing_more(cluster: Cluster, tmp_path: Path) -> None:
    script = README.read_text().split("```sql\n")[1].split("```")[0]
    lines = [line for line in script.splitlines() if not line.startswith("\\password")]
    # The tests' own owner has that name already.
    (tmp_path / "set-up.sql").write_text(
        "\n".join(lines).replace("rls_owner", "tables").replace("anna", "doctor")
    )
    subprocess.run(
        [
            binaries() / "psql",
            "-v",
            "ON_ERROR_STOP=1",
            "-qf",
            tmp_path / "set-up.sql",
            cluster.address("postgres"),
        ],
        check=True,
    )
    open_store(cluster.address("rls", "tables")).close()
    with closing(open_store(cluster.address("rls", "doctor"))) as store:
        store.save("w1", 0, "{}", Summary("in-progress", "Brown"), "doctor", "Room 1")
        assert take(store, "w1", "here", "doctor", "Room 1") is None
        release(store, "w1", "here")
        assert [row.family_name for row in store.page(search="bro").rows] == ["Brown"]
        assert store.check() == []
        for forbidden in (
            "UPDATE revision SET author = 'x'",
            "DELETE FROM revision",
            "TRUNCATE revision",
            "DROP TRIGGER revision_is_not_changed ON revision",
            "DROP TABLE revision",
        ):
            with pytest.raises(psycopg.Error):
                store._connection.execute(forbidden)
    assert cluster.tell("SELECT count(*) FROM pg_indexes WHERE indexname = 'found_by'", "rls") == [(1,)]


START = """
import sys
from rls_workup.store import Summary, open_store
from rls_workup.store.leases import release, take
from rls_workup.store.opening import open_engine
print("psycopg" in sys.modules)
"""


def test_the_servers_library_is_loaded_for_a_server_only() -> None:
    started = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    assert started.stdout == "False\n"
