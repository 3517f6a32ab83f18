"""The faults of one server: set, taken away, and brought about around its requests and calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from threading import Lock, local
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.dispatch import READING, Dispatch
from fauxdoo.mockserver.faults.auditor import Auditor
from fauxdoo.mockserver.faults.base import Fault, Scene
from fauxdoo.mockserver.faults.interleaving import Interleaving
from fauxdoo.mockserver.protocols.base import Request
from fauxdoo.mockserver.turnstile import Turnstile

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Faults", "SetFault"]

_PATIENCE = 10.0
"""Seconds that the calls of an interleaving wait for each other."""


class SetFault:
    """A fault that is set; as a context manager it ends with the block."""

    def __init__(self, faults: Faults, id: int, spec: dict[str, Any], scene: Scene) -> None:
        self.id, self.spec = id, spec
        self.fault, self.selection = Fault.from_spec(spec)
        self.seen = self.hits = 0
        self._faults, self._scene, self._lock = faults, scene, Lock()
        self._begun = scene.clock.now()

    def __repr__(self) -> str:
        return f"<fault {self.spec}: {self.hits} hits>"

    def scene(self, request: Request | None, call: Call | None = None) -> Scene:
        """Where it strikes."""
        return replace(self._scene, request=request, call=call)

    def due(self) -> bool:
        """Whether it hits what fits; counts."""
        with self._lock:
            self.seen += 1
            age = self._scene.clock.now() - self._begun
            due = self.selection.hits(self.seen, self.hits, age, self._scene.random)
            self.hits += due
        return due

    def remove(self) -> None:
        """End the fault; ending it twice is no error."""
        self._faults.drop(self)

    def __enter__(self) -> SetFault:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.remove()


class _Here(local):
    """What a thread works on."""

    request: Request | None = None
    due: Sequence[tuple[Fault, Scene]] = ()


class Faults:
    """`odoo.faults`. A server without any pays nothing for them."""

    def __init__(
        self,
        dispatch: Dispatch,
        turnstile: Turnstile,
        clock: Clock,
        seed: int,
        first: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self._dispatch, self._turnstile, self._clock = dispatch, turnstile, clock
        self._seed, self._first = seed, first
        self._here = _Here()
        self._added = 0
        self.when_set: Callable[[], None] = lambda: None
        """Called after every change: other processes are to have the same faults, each with counters of its own."""
        self._set: list[SetFault] = []
        self._past: list[SetFault] = []
        self._races: list[Interleaving] = []
        self._auditors: list[Auditor] = []
        self.clear()

    # ---------------------------------------------------------------- what a test uses

    def add(self, kind: str, **options: Any) -> SetFault:
        """Set a fault until it is removed or the server reset. Raises ValueError for what makes no sense."""
        added = self._put(self._added + 1, {"kind": kind, **options})
        self.when_set()
        return added

    def interleave(self, *order: str, timeout: float = _PATIENCE, **clients: Mapping[str, Any]) -> Interleaving:
        """Let calls wait for each other: `interleave("a.after_read", "b.after_commit", a={"user": 7}, b={"user": 8})`.

        A step is a client, told apart as faults are (`protocol`, `model`, `method`, `user`), and one of the points
        `before_call`, `after_begin`, `after_read`, `before_commit` and `after_commit`, of which those within a
        transaction need PostgreSQL. Raises ValueError for others;
        the block ends with TimeoutError where a step is not reached within `timeout` seconds.
        """
        race = Interleaving(order, clients, self._turnstile, timeout, self._end)
        self._races = [*self._races, race]
        self._hook()
        return race

    def audit(self) -> Auditor:
        """Look in a block at what a client's retry would do twice."""
        auditor = Auditor(self._dispatch, self._end)
        self._auditors = [*self._auditors, auditor]
        self._hook()
        return auditor

    def clear(self) -> None:
        """Only those that the settings name, as if none had hit yet."""
        self._set, self._past, self._races, self._auditors, self._added = [], [], [], [], 0
        self._hook()
        for spec in self._first:
            self._put(self._added + 1, dict(spec))
        self.when_set()

    @property
    def all(self) -> list[SetFault]:
        """Those that are set."""
        return [*self._set]

    @property
    def unused(self) -> list[SetFault]:
        """The faults since the last reset, ended or not, that never hit."""
        return [fault for fault in (*self._past, *self._set) if not fault.hits]

    def drop(self, fault: SetFault) -> None:
        """End a fault."""
        if fault in self._set:
            self._set = [each for each in self._set if each is not fault]
            self._past.append(fault)
            self._hook()
            self.when_set()

    # ---------------------------------------------------------------- what the server asks

    @property
    def setting(self) -> list[tuple[int, dict[str, Any]]]:
        """The faults that are set, as plain data."""
        return [(fault.id, fault.spec) for fault in self._set]

    @setting.setter
    def setting(self, setting: list[tuple[int, dict[str, Any]]]) -> None:
        known = {(fault.id, repr(fault.spec)): fault for fault in self._set}
        self._set = []
        for id, spec in setting:
            if fault := known.pop((id, repr(spec)), None):
                self._set.append(fault)
            else:
                self._put(id, spec)
        self._past += known.values()
        self._hook()

    @property
    def active(self) -> bool:
        """Whether there is anything to bring about."""
        return self._dispatch.around is not None

    def arrive(self, request: Request) -> None:
        """A request has come in."""
        self._here.request, self._here.due = request, ()
        if not request.path.startswith("/_fauxdoo"):
            for fault, scene in self._struck("arrival", request):
                fault.arrive(scene)

    def spoils_key(self, uid: int) -> bool:
        """Whether the user who shows credentials is to find the keys over."""
        if not self.active:
            return False
        return bool([*self._struck("credentials", self._here.request, Call("", "", uid, "", ""))])

    def _put(self, id: int, spec: dict[str, Any]) -> SetFault:
        scene = Scene(self._turnstile, self._clock, Random(f"fault {self._seed}"))
        added = SetFault(self, id, spec, scene)
        self._added = max(self._added, id)
        self._set = [*self._set, added]
        self._hook()
        return added

    def _end(self, which: Interleaving | Auditor) -> None:
        self._races = [race for race in self._races if race is not which]
        self._auditors = [auditor for auditor in self._auditors if auditor is not which]
        self._hook()

    def _hook(self) -> None:
        wanted = bool(self._set or self._races or self._auditors)
        self._dispatch.around = self._around if wanted else None
        self._dispatch.before_commit = self._before_commit if wanted else None
        self._dispatch.after_begin = self._after_begin if self._races else None

    def _struck(self, moment: str, request: Request | None, call: Call | None = None) -> Iterator[tuple[Fault, Scene]]:
        for each in self._set:
            if each.fault.moment != moment or not each.selection.fits_request(request):
                continue
            scene = each.scene(request, call)
            if (call is None or each.selection.fits(call)) and each.fault.concerns(scene) and each.due():
                yield each.fault, scene

    def _around(self, call: Call, work: Callable[[], Any]) -> Any:
        if call.protocol == "python":
            return work()
        request, due = self._here.request, [*self._struck("call", self._here.request, call)]
        self._reach("before_call", call)
        for fault, scene in due:
            fault.before(scene)
        with self._waiting_for_commit(due):
            result = work()
        self._reach("after_read" if call.method in READING else "after_commit", call)
        if call.method not in READING:
            for auditor in self._auditors:
                auditor.after(call, request, work)
        for fault, scene in due:
            fault.after(scene)
        return result

    @contextmanager
    def _waiting_for_commit(self, due: Sequence[tuple[Fault, Scene]]) -> Iterator[None]:
        self._here.due = due
        try:
            yield
        finally:
            self._here.due = ()

    def _after_begin(self, call: Call) -> None:
        self._reach("after_begin", call)

    def _before_commit(self, call: Call) -> None:
        """Within the transaction of a call; each try comes here."""
        self._reach("before_commit", call)
        for fault, scene in self._here.due:
            scene.attempt += 1
            fault.commit(scene)

    def _reach(self, point: str, call: Call) -> None:
        for race in self._races:
            race.reach(point, call)
