"""Watches what comes to a fake Odoo, and asks the rules about it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from fauxdoo.harness.advice.base import Rule, Seen, Sighting
from fauxdoo.harness.advice.callers import at_socket
from fauxdoo.harness.advice.notes import Notes
from fauxdoo.harness.callers import line_of
from fauxdoo.harness.transports.base import TIMEOUT, calling

if TYPE_CHECKING:
    from fauxdoo.mockserver import FakeOdoo
    from fauxdoo.mockserver.journal import Caller, Entry

__all__ = ["Adviser"]


class _Present(threading.local):
    """The request a thread serves."""

    sighting: Sighting = Sighting()


class Adviser:
    """Asks every rule about each call and request; what fits is noted in `notes`."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self._rules = [rule() for key, rule in Rule.members.items() if key not in notes.ignored]
        self._present = _Present()
        self._lock = threading.Lock()

    def watch(self, odoo: FakeOdoo) -> None:
        """Look at everything that comes to this fake from now on."""
        odoo.wrap(lambda app: self._watched(odoo, app))

        def witness(entry: Entry) -> None:
            self._note_call(odoo, entry)

        odoo.journal.witnesses.append(witness)

    def begin(self) -> None:
        """A new test begins."""
        with self._lock:
            for rule in self._rules:
                rule.begin()

    def call(self, seen: Seen) -> None:
        """Ask the rules about a call."""
        with self._lock:
            for rule in self._rules:
                if count := rule.call(seen):
                    self.notes.add(rule.key, seen.caller or seen.name, f"{seen.protocol} {seen.name}", count)

    def request(self, sighting: Sighting) -> None:
        """Ask them about a request."""
        with self._lock:
            for rule in self._rules:
                if count := rule.request(sighting):
                    self.notes.add(rule.key, _told(sighting.caller) or sighting.path, sighting.path, count)

    def _note_call(self, odoo: FakeOdoo, entry: Entry) -> None:
        entry.caller = entry.caller or self._present.sighting.caller
        arguments = odoo.calls.arguments(entry)
        self.call(Seen(entry.protocol, entry.model, entry.method, arguments, _told(entry.caller)))

    def _watched(self, odoo: FakeOdoo, app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        def watched(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            if environ["PATH_INFO"].startswith("/_fauxdoo/"):
                return app(environ, start_response)
            self._present.sighting = _sighted(environ)
            self.request(self._present.sighting)
            try:
                return app(environ, start_response)
            finally:
                self._present.sighting = Sighting()

        return watched


def _sighted(environ: dict[str, Any]) -> Sighting:
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    port = environ.get("REMOTE_PORT")
    if port:
        caller, timeout = at_socket(int(port))
    else:
        caller, timeout = calling.get() or line_of(sys._getframe()), environ.get(TIMEOUT)
    return Sighting(path, query, caller, timeout)


def _told(caller: Caller | None) -> str:
    return "" if caller is None else f"{caller} in {caller.function}"
