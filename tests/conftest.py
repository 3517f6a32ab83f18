"""What the tests of the server share: a fresh database, and an environment that leaves no trace."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib.metadata import entry_points
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from fauxdoo.mockserver.validation import Violation, Violations

if TYPE_CHECKING:
    from fauxdoo.mockserver.databases import Database
    from fauxdoo.mockserver.fake import FakeOdoo
    from fauxdoo.mockserver.orm.environment import Environment

if not entry_points(group="pytest11", name="fauxdoo"):  # run from the sources, without an installation
    pytest_plugins = ["fauxdoo.harness.plugin"]


_HERE = Path(__file__).parent
_SLOW = (
    "examples/test_config.py",
    "examples/test_node.py",
    "harness/advice/test_hooks.py",
    "harness/contract/test_hooks.py",
    "harness/recording/test_recorder.py",
    "harness/suite/test_real.py",
    "harness/suite/test_reports.py",
    "harness/test_cli.py",
    "harness/test_fuzzing.py",
    "harness/test_plugin.py",
    "harness/test_proxy.py",
    "harness/test_connections.py",
    "harness/test_served_faults.py",
    "harness/test_workers.py",
    "loadtests/test_load.py",
    "mockserver/protocols/test_rest_docs.py",
    "mockserver/protocols/test_rest_schema.py",
    "mockserver/test_protocols_agree.py",
    "mockserver/webhooks/test_durability.py",
    "test_conformance.py",
)
"""Replays, servers in processes of their own, pytest within pytest, browsers."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as `slow` what tox runs on one Python only: the files above, and all that needs PostgreSQL."""
    for item in items:
        name = item.path.relative_to(_HERE).as_posix() if item.path.is_relative_to(_HERE) else ""
        if name in _SLOW or "postgresql" in (*getattr(item, "fixturenames", ()), *_parameters(item)):
            item.add_marker("slow")


def _parameters(item: pytest.Item) -> Iterable[Any]:
    """The values a test was parametrised with."""
    callspec = getattr(item, "callspec", None)
    return (value for value in callspec.params.values() if isinstance(value, str)) if callspec else ()


_BREACHES: list[Violation] = []
"""What servers of the running test answered that is not as the schemas say."""


class _Watched(Violations):
    """Those of a client are its own affair."""

    def add(self, violation: Violation) -> None:
        super().add(violation)
        if violation.side != "request":
            _BREACHES.append(violation)


@pytest.fixture(scope="session", autouse=True)
def _all_traffic_is_validated() -> Iterator[None]:
    """Every fake that a test makes checks what it answers against the contract."""
    from fauxdoo.mockserver.fake import FakeOdoo
    from fauxdoo.mockserver.validation.validator import Validator

    make = FakeOdoo.__init__

    def make_validating(self: FakeOdoo, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        self.violations = _Watched()
        self.validator = self.validator or Validator(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FakeOdoo, "__init__", make_validating)
        yield


@pytest.fixture(autouse=True)
def _answers_keep_to_the_contract(request: pytest.FixtureRequest) -> Iterator[None]:
    _BREACHES.clear()
    yield
    if request.node.get_closest_marker("off_contract"):
        return
    assert not _BREACHES, "\n".join(map(str, _BREACHES[:10]))


class _Undo(Exception):
    """Ends a transaction that is not to be committed."""


@pytest.fixture(scope="session")
def _fake() -> Iterator[FakeOdoo]:
    from fauxdoo.mockserver.fake import FakeOdoo

    fake = FakeOdoo(dialect="odoo")
    yield fake
    fake.close()


@pytest.fixture
def database(_fake: FakeOdoo) -> Database:
    """A database as freshly installed."""
    _fake.reset()
    return _fake.databases[_fake.db]


@pytest.fixture
def env(database: Database) -> Iterator[Environment]:
    """The superuser's environment, in a transaction that is rolled back after the test."""
    with suppress(_Undo), database.transaction(su=True) as env:
        yield env
        raise _Undo


def _absent(tool: str) -> NoReturn:
    """Skip, or fail where everything has to be there (FAUXDOO_NO_SKIP, as `.ci/run` sets it)."""
    if os.environ.get("FAUXDOO_NO_SKIP"):
        pytest.fail(f"{tool} is not installed")
    pytest.skip(f"{tool} is not installed")


def _found(*names: str) -> str:
    for name in names:
        if path := shutil.which(name):
            return path
    _absent(names[0])


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's command."""
    return _found("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromedriver(chromium: str) -> str:
    """The command that drives the browser."""
    return _found("chromedriver")


@pytest.fixture(scope="session")
def node() -> str:
    """Node.js's command."""
    return _found("node", "nodejs")


@pytest.fixture(scope="session")
def npm() -> str:
    """The command of Node.js's package manager."""
    return _found("npm")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL server of this test process: the URL of its database `postgres`, on a free port."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin/postgres")] or [*filter(None, [shutil.which("postgres")])]
    if not places:
        _absent("PostgreSQL")
    programs = Path(max(places, key=str)).parent
    with tempfile.TemporaryDirectory(prefix="fauxdoo-postgresql-", ignore_cleanup_errors=True) as data:
        yield from _served(programs, Path(data))


def _served(programs: Path, data: Path) -> Iterator[str]:
    """A server that keeps its files in a folder, which no other test run tidies away meanwhile."""
    run = _as_another_user(data)
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    cluster = str(data / "cluster")
    run(str(programs / "initdb"), "-D", cluster, "-U", "odoo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    options = f"-h 127.0.0.1 -p {port} -k {data} -c fsync=off -c synchronous_commit=off -c max_connections=200"
    control = str(programs / "pg_ctl")
    run(control, "-D", cluster, "-l", str(data / "log"), "-o", options, "-w", "start")
    yield f"postgresql://odoo@127.0.0.1:{port}/postgres"
    run(control, "-D", cluster, "-m", "immediate", "stop")


def _as_another_user(folder: Path) -> Callable[..., None]:
    """Runs PostgreSQL's commands in a folder; as `postgres` where we are root, which the server refuses to be."""
    prefix = []
    if os.geteuid() == 0:
        prefix = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")
        for parent in folder.parents:  # that user has to get there
            if parent.stat().st_uid == 0 and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o111)

    def run(*command: str) -> None:
        subprocess.run([*prefix, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=60)

    return run
