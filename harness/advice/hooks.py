"""pytest's side of advice: given at the end of the session, or by failing the test that it is about."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import Any
from weakref import WeakSet

import pytest

from fauxdoo.harness.advice.adviser import Adviser
from fauxdoo.harness.advice.notes import Notes
from fauxdoo.mockserver import FakeOdoo

__all__ = ["AdviceHooks"]

_OUTPUT = "fauxdoo_advice"


class AdviceHooks:
    """A pytest plugin, registered where advice is asked for; xdist's workers hand theirs over."""

    def __init__(self, ignored: Iterable[str], *, strict: bool) -> None:
        self._strict = strict
        self.of_test = Notes(ignored)
        """Of the test that runs, or has just run."""
        self._notes = Notes(ignored)
        self._adviser = Adviser(self.of_test)
        self._watched: WeakSet[FakeOdoo] = WeakSet()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        """Begin anew."""
        self._keep()
        self._adviser.begin()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self) -> Generator[None, Any, Any]:
        """Watch a fake that a fixture made."""
        value = yield
        if isinstance(value, FakeOdoo):
            self.watch(value)
        return value

    def watch(self, odoo: FakeOdoo) -> None:
        """Watch a fake, if it is not watched already."""
        if odoo not in self._watched:
            self._watched.add(odoo)
            self._adviser.watch(odoo)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Iterator[None]:
        """Fail a test whose calls deserve advice, if that is wanted."""
        yield
        if self._strict and len(self.of_test):
            pytest.fail(f"Fauxdoo's advice:\n{self.of_test.told()}", pytrace=False)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take in what a worker's tests noted."""
        self._notes.merge(Notes.of_list(getattr(node, "workeroutput", {}).get(_OUTPUT, ())))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand the notes to the process that tells them."""
        self._keep()
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[_OUTPUT] = self._notes.as_list()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell what was noted."""
        if len(self._notes):
            terminalreporter.section("Fauxdoo's advice")
            terminalreporter.write_line(self._notes.told())

    def _keep(self) -> None:
        self._notes.merge(self.of_test)
        self.of_test.clear()
