"""The least privileges: the groups under which the calls of a run answer the same, found by replaying them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.access import OPERATIONS, Access
from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.cluster import Databases
from fauxdoo.mockserver.dispatch import Dispatch, plain
from fauxdoo.mockserver.journal import Entry, Journal
from fauxdoo.mockserver.records import Records
from fauxdoo.mockserver.retrying import Retrying
from fauxdoo.mockserver.stubs import Stub
from fauxdoo.mockserver.turnstile import Turnstile

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["Privileges", "least_privileges"]

_KINDS = ("base.group_user", "base.group_portal", "base.group_public")
"""Every user is in one of these, and stays there."""
_ABOUT_RIGHTS = frozenset({"check_access_rights", "fields_get", "get_views", "has_access", "has_group", "load_views"})
"""Methods that answer what one may do: other groups, another answer."""

_POSTING = "_run_action_webhook"

Outcomes = list[Any]


@dataclass(frozen=True, slots=True)
class Privileges:
    """What a user needs for the calls it made; as text a short report."""

    login: str
    groups: tuple[str, ...]
    """Xmlids of the groups to be in; none of them can be left out."""
    had: int
    """How many groups the user was in, implied ones among them."""
    rights: dict[str, tuple[str, ...]]
    """By model, the operations whose access rights the calls used."""
    calls: int
    """How many calls this holds for."""
    unproven: tuple[str, ...]
    """Calls that succeeded and fail when replayed under the user's own groups: nothing is known about them."""

    def __str__(self) -> str:
        lines = [
            f"{self.login} needs {', '.join(self.groups)} for its {self.calls} calls (of {self.had} groups it is in)"
        ]
        lines += [f"  {model}: {', '.join(operations)}" for model, operations in sorted(self.rights.items())]
        lines += [f"  not replayable, so not looked at: {call}" for call in self.unproven]
        return "\n".join(lines)


def least_privileges(odoo: FakeOdoo, login: str | None = None) -> Privileges:
    """The smallest set of the user's groups under which its calls since the last reset answer the same.

    Raises ValueError where no client called, and where several users did and none is named.
    """
    entries = [entry for entry in odoo.journal if entry.database == odoo.db]
    if odoo.journal.dropped:
        raise ValueError("the journal is full: its first calls are gone, and with them what later ones build upon")
    uid = _caller(odoo, entries, login)
    rehearsal = _Rehearsal(odoo, entries, uid)
    try:
        return rehearsal.result()
    finally:
        rehearsal.close()


def _caller(odoo: FakeOdoo, entries: Iterable[Entry], login: str | None) -> int:
    callers = sorted({entry.user for entry in entries if entry.protocol != "python"})
    if login is not None:
        uid = odoo.as_user(login).uid
        if uid in callers:
            return uid
        raise ValueError(f"{login} made no calls")
    if len(callers) != 1:
        raise ValueError(f"calls came from {len(callers)} users: name the login of one that called")
    return callers[0]


class _Noting(Access):
    """The access policy that notes which access rights one user makes use of."""

    def __init__(self, uid: int) -> None:
        super().__init__()
        self._uid = uid
        self.used: dict[str, set[str]] = {}

    def allows(self, model: Recordset, operation: str) -> bool:
        allowed = super().allows(model, operation)
        if allowed and not model.env.su and model.env.uid == self._uid:
            self.used.setdefault(model._name, set()).add(operation)
        return allowed


class _Rehearsal:
    """A database as it was at first, in which the calls are made again by a user in other groups; time stands still."""

    def __init__(self, odoo: FakeOdoo, entries: list[Entry], uid: int) -> None:
        clock = Clock()
        clock.freeze(odoo.clock.now())
        self._entries, self._uid = entries, uid
        self._databases = Databases(odoo.settings, clock, Turnstile(turns=False))
        self._database = self._databases.load(odoo.db, odoo.databases[odoo.db].store.fresh())
        self._dispatch = Dispatch(self._databases, Journal(), clock, Retrying(0))
        registry = self._database.registry
        if hasattr(registry["ir.actions.server"], _POSTING):  # what is posted to others was posted in the run itself
            Stub(registry, "ir.actions.server", _POSTING, False, None)
        self._tried: dict[frozenset[int], bool] = {}
        with odoo.databases[odoo.db].transaction(su=True) as env:
            user = env["res.users"].browse(uid)
            self._login = str(user.login)
            self._own = list(user.group_ids.ids)
            groups = user.all_group_ids
            self._implied = {group.id: frozenset({group.id, *group.all_implied_ids.ids}) for group in groups}
            self._names = _xmlids(env, groups.ids)
            self._kind = {env.ref(kind).id for kind in _KINDS} & set(groups.ids)
        self._wanted: Outcomes = []

    def close(self) -> None:
        """Give the database up."""
        self._databases.close()

    def result(self) -> Privileges:
        """Find the groups and what they are used for."""
        self._wanted = self._outcomes(self._own)
        candidates = sorted(set(self._implied) - self._kind, key=lambda group: (-len(self._implied[group]), group))
        needed = _without_others(_reduced([*candidates, *self._kind], self._works), self._implied)
        noting = self._database.access = _Noting(self._uid)
        self._outcomes(needed)
        used = {model: tuple(name for name in OPERATIONS if name in found) for model, found in noting.used.items()}
        names = tuple(sorted(self._names[group] for group in needed))
        mine = [entry for entry in self._entries if self._counts(entry)]
        unproven = [f"{entry.model}.{entry.method}" for entry, now in self._pairs() if isinstance(now, _Failure)]
        return Privileges(self._login, names, len(self._implied), used, len(mine) - len(unproven), tuple(unproven))

    def _counts(self, entry: Entry) -> bool:
        """Whether it is a call of the user that has to succeed again."""
        return entry.protocol != "python" and entry.user == self._uid and entry.state == "done"

    def _pairs(self) -> list[tuple[Entry, Any]]:
        return [pair for pair in zip(self._entries, self._wanted, strict=True) if self._counts(pair[0])]

    def _works(self, groups: Sequence[int]) -> bool:
        """Whether all calls answer in these groups as in the user's own; the kind of user stays."""
        everything = frozenset[int]().union(*(self._implied[group] for group in groups))
        if not self._kind <= everything:
            return False
        if everything not in self._tried:
            self._tried[everything] = self._agrees(self._outcomes(groups))
        return self._tried[everything]

    def _agrees(self, outcomes: Outcomes) -> bool:
        """Whether the calls that count answered as they are to."""
        rows = zip(self._entries, self._wanted, outcomes, strict=True)
        return all(_same(entry.method, wanted, now) for entry, wanted, now in rows if self._counts(entry))

    def _outcomes(self, groups: Sequence[int]) -> Outcomes:
        """What every call answers when the user is in these groups only; what the test itself did is done as before."""
        self._database.reset()
        given, outcomes = False, []
        for entry in self._entries:
            if entry.protocol == "python":
                outcomes.append(self._set_up(entry))
                given = given and entry.model not in ("res.users", "res.groups")
                continue
            given = given or self._give(groups)
            outcomes.append(_outcome(lambda call=entry.call: self._dispatch.call_kw(call)))  # type: ignore[misc]
        return outcomes

    def _give(self, groups: Sequence[int]) -> bool:
        with self._database.transaction(su=True) as env:
            user = env["res.users"].browse(self._uid)
            if not user.exists():
                return False
            user.write({"group_ids": [(6, 0, list(groups))]})
        return True

    def _set_up(self, entry: Entry) -> Any:
        """What the test did by `odoo.env`, without asking for rights; undone again where it was."""

        def act() -> None:
            with suppress(_Undo), self._database.transaction(entry.user, su=True) as env:
                records = env[entry.model].browse(entry.call.ids)
                method = getattr(records, entry.method)
                method(*_inner(env, entry.call.args), **_inner(env, entry.kwargs))
                if entry.state != "done":
                    raise _Undo

        return _outcome(act) if entry.model else None


class _Undo(Exception):
    """Rolls a transaction back."""


class _Failure:
    """The outcome of a call that raised; no two are equal."""


def _same(method: str, wanted: Any, now: Any) -> bool:
    """Whether a call answers as it is to; one that cannot be replayed proves nothing."""
    if isinstance(wanted, _Failure):
        return True
    return now == wanted or (method in _ABOUT_RIGHTS and not isinstance(now, _Failure))


def _outcome(action: Callable[[], Any]) -> Any:
    try:
        return plain(action())
    except Exception:
        return _Failure()


def _inner(env: Environment, value: Any) -> Any:
    if isinstance(value, Records):
        return env[value._model].browse(value.ids)
    if isinstance(value, dict):
        return {key: _inner(env, item) for key, item in value.items()}
    return type(value)(_inner(env, item) for item in value) if isinstance(value, (list, tuple)) else value


def _reduced(groups: list[int], works: Callable[[Sequence[int]], bool]) -> list[int]:
    """What is left when as much as possible is left out: halves first, at last one by one until none can go."""
    size = len(groups)
    while size:
        before = len(groups)
        start = 0
        while start < len(groups):
            fewer = groups[:start] + groups[start + size :]
            if works(fewer):
                groups = fewer
            else:
                start += size
        if size > 1 or len(groups) == before:
            size //= 2
    return groups


def _without_others(groups: list[int], implied: dict[int, frozenset[int]]) -> list[int]:
    """The groups that no other of them implies."""
    return [group for group in groups if not any(group in implied[other] for other in groups if other != group)]


def _xmlids(env: Environment, ids: list[int]) -> dict[int, str]:
    """Names to write into the settings or the integration's manual; ids of groups that have none."""
    rows = env["ir.model.data"].search([("model", "=", "res.groups"), ("res_id", "in", ids)])
    return {group: str(group) for group in ids} | {row.res_id: f"{row.module}.{row.name}" for row in rows}
