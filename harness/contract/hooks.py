"""pytest's side of a usage contract: what the tests' clients used is gathered and written when the session ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fauxdoo.harness.contract.of_fake import usage_of
from fauxdoo.harness.contract.usage import Usage
from fauxdoo.mockserver import FakeOdoo

__all__ = ["UsageHooks"]

_OUTPUT = "fauxdoo_usage"


class UsageHooks:
    """A pytest plugin, registered where `--fauxdoo-contract` names a file; xdist's workers hand theirs over."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._usage = Usage()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Iterator[None]:
        """Note what was called on the fakes of a test, before its fixtures end."""
        for value in getattr(item, "funcargs", {}).values():
            if isinstance(value, FakeOdoo):
                self._usage.merge(usage_of(value))
        return (yield)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take in what a worker's tests used."""
        theirs = getattr(node, "workeroutput", {}).get(_OUTPUT)
        if theirs is not None:
            self._usage.merge(Usage.of_dict(theirs))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the file, or hand the usage to the process that does."""
        output = getattr(session.config, "workeroutput", None)
        if output is None:
            self._usage.write(self._path)
        else:
            output[_OUTPUT] = self._usage.as_dict()
