"""What the tests of the server share: a fresh database, and an environment that leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fauxdoo.mockserver.databases import Database
    from fauxdoo.mockserver.fake import FakeOdoo
    from fauxdoo.mockserver.orm.environment import Environment

if not entry_points(group="pytest11", name="fauxdoo"):  # run from the sources, without an installation
    pytest_plugins = ["fauxdoo.harness.plugin"]


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
