"""Who somebody is: logins, passwords and API keys, checked against the users of a database."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.errors import AccessDenied, MissingError
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.passwords import hash_secret, verify_secret
from fauxdoo.mockserver.sharing import Kept
from fauxdoo.mockserver.stores.base import SerializationFailure

if TYPE_CHECKING:
    from fauxdoo.mockserver.databases import Database
    from fauxdoo.mockserver.fake import FakeOdoo
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.sessions import Session

__all__ = ["Auth"]

_KEY_INDEX = 8
"""How many characters of a key stand in clear in its row, to find it by."""
_KEY_BYTES = 20
_FAILURES = 10
_COOL_DOWN = timedelta(seconds=60)


@dataclass(slots=True)
class _Known:
    """What was found out about the users of a database, true as long as its users are at `version`."""

    database: Database
    version: tuple[int, int]
    passwords: dict[tuple[int, Any], datetime | None]
    """When a verified pair of uid and secret ends to be valid; None for never."""
    tokens: dict[int, str]


@dataclass(slots=True)
class _Owned:
    """Whose a key is, true as long as the content of the database is at `version`."""

    version: object
    uid: int
    ends: datetime | None

    def holds(self, version: object, now: datetime) -> bool:
        """Whether it is still so."""
        return version is not None and version == self.version and (self.ends is None or self.ends >= now)


class Auth:
    """Logs users in. Verified credentials stay in memory until users change, as in a real Odoo."""

    def __init__(self, odoo: FakeOdoo) -> None:
        self._odoo = odoo
        self._failures = Kept(odoo.shared, "failed logins ", _failures)
        self.clear()

    def clear(self) -> None:
        """Forget everything that was verified, and all failures."""
        self._known: dict[str, _Known] = {}
        self._failures.clear()
        self._matches: dict[str, str] = {}
        """Keys that were found to match a stored hash; whether the row is still there is looked up every time."""
        self._owners: dict[tuple[str, str], _Owned] = {}

    def login(self, database: str, login: Any, password: Any, *, interactive: bool = False, address: str = "") -> int:
        """The uid of a user who logs in; API keys count as password unless `interactive`.

        Raises AccessDenied, after ten failed interactive logins from an address for 60 seconds without looking.
        """
        target = self._odoo.dispatch.database(database)
        with self._cooling_down(database, address, interactive), target.transaction() as env:
            user = env["res.users"].search([("login", "=", login)], limit=1)
            if not user:
                raise AccessDenied()
            self._verify(env, user.id, password, interactive)
            env["res.users.log"].with_user(user.id).sudo().create([{}])
            return int(user.id)

    def check(self, database: str, uid: int, password: Any) -> None:
        """Pass if the password, or an API key, is the user's.

        Raises AccessDenied, also for users who are archived, and MissingError for a uid that is none. A key that was
        removed is taken as long as it is remembered (recording auth/apikey-full-life).
        """
        if not password:
            raise AccessDenied()
        target = self._odoo.dispatch.database(database)
        if self._odoo.faults.spoils_key(uid):
            self._expire_keys(target, uid)
        known = self._knowledge(target)
        key = (uid, password if isinstance(password, str) else repr(password))
        if key in known.passwords:
            ends = known.passwords[key]
            if ends is None or ends >= self._odoo.clock.now():
                return
            del known.passwords[key]
        known.passwords[key] = self._check(target, uid, password)

    def _check(self, target: Database, uid: int, password: Any) -> datetime | None:
        with target.transaction() as env:
            user = env["res.users"].browse(uid)
            if uid and not user.exists():
                raise MissingError(
                    f"Record does not exist or has been deleted.\n(Record: res.users({uid},), User: {uid})"
                )
            if not uid or not user.active:
                raise AccessDenied()
            return self._verify(env, uid, password, interactive=False)

    def _verify(self, env: Environment, uid: int, password: Any, interactive: bool) -> datetime | None:
        """When the user's password or key ends to be valid, None for never; raises AccessDenied for a wrong one."""
        if not password:
            raise AccessDenied()
        if not isinstance(password, str):
            raise TypeError(f"secret must be unicode or bytes, not {type(password).__name__}")
        ((stored,),) = env.cr.execute(SQL("SELECT password FROM res_users WHERE id = %s", uid))
        if verify_secret(password, stored):
            return None
        owner, ends = (None, None) if interactive else self._owner(env, password)
        if owner != uid:
            raise AccessDenied()
        return ends

    def by_key(self, key: str, database: str | None = None) -> tuple[str, int]:
        """The database and the uid a key belongs to, looked for in all databases unless one is named.

        Raises AccessDenied for an unknown key and for one that is over.
        """
        for name in [database] if database else list(self._odoo.databases):
            target = self._odoo.dispatch.database(name)
            uid = self._owner_in(target, key)
            if uid is None:
                continue
            if self._odoo.faults.spoils_key(uid):
                self._expire_keys(target, uid)
                break
            return name, uid
        raise AccessDenied()

    def _owner_in(self, database: Database, key: str) -> int | None:
        """The uid a key belongs to; while somebody writes, others can be told apart all the same."""
        known = self._owners.get((database.name, key))
        if known is not None and known.holds(database.store.version(), self._odoo.clock.now()):
            return known.uid
        with suppress(SerializationFailure), database.transaction(readonly=True) as env:
            return self._look_up(env, database, key)
        with database.transaction() as env:
            return self._look_up(env, database, key)

    def _look_up(self, env: Environment, database: Database, key: str) -> int | None:
        uid, ends = self._owner(env, key)
        if uid is not None:
            self._owners[database.name, key] = _Owned(database.store.version(), uid, ends)
        return uid

    def _expire_keys(self, database: Database, uid: int) -> None:
        """Let all keys of a user be over."""
        ended = (self._odoo.clock.now() - timedelta(seconds=1)).strftime("%Y-%m-%d %H:%M:%S")
        with database.transaction() as env:
            env["res.users.apikeys"]._ensure_table()
            env.cr.execute(SQL("UPDATE res_users_apikeys SET expiration_date = %s WHERE user_id = %s", ended, uid))
        self._known.pop(database.name, None)

    def make_key(self, database: str, uid: int, name: str, key: str = "", ends: datetime | None = None) -> str:
        """Give a user an API key, a random one unless it is given; answers it."""
        key = key or secrets.token_hex(_KEY_BYTES)
        with self._odoo.dispatch.database(database).transaction() as env:
            row = env["res.users.apikeys"].create([{"name": name, "user_id": uid, "expiration_date": ends or False}])
            env.flush()
            columns = SQL(
                'UPDATE res_users_apikeys SET key = %s, "index" = %s WHERE id = %s',
                hash_secret(key),
                key[:_KEY_INDEX],
                row.id,
            )
            env.cr.execute(columns)
        return key

    def token(self, database: str, uid: int) -> str | None:
        """What a session of this user holds: another one after each change of login, password or activity."""
        target = self._odoo.dispatch.database(database)
        tokens = self._knowledge(target).tokens
        if uid not in tokens:
            statement = SQL("SELECT login, password FROM res_users WHERE id = %s AND active = 1", uid)
            with target.transaction() as env:
                rows = env["res.users"].browse(uid).exists() and env.cr.execute(statement)
            tokens[uid] = sha256(repr(rows[0]).encode()).hexdigest() if rows else ""
        return tokens[uid] or None

    def holds(self, session: Session) -> bool:
        """Whether the session's user is still the one who logged in."""
        database, uid = session.database, session.uid
        if database is None or uid is None or database not in self._odoo.databases:
            return False
        return session.token is not None and compare_digest(session.token, self.token(database, uid) or "")

    def _knowledge(self, database: Database) -> _Known:
        """What is remembered of the users as they are now."""
        version = (database.generation, database.registry.users_version)
        known = self._known.get(database.name)
        if known is None or known.database is not database or known.version != version:
            known = self._known[database.name] = _Known(database, version, {}, {})
        return known

    def _owner(self, env: Environment, key: str) -> tuple[int | None, datetime | None]:
        """The active user whose API key this is, and when the key ends; (None, None) for none."""
        secret = key.encode("utf-8", "surrogatepass")
        for uid, stored, ends in _candidates(env, key):
            if compare_digest(self._matches.get(stored, "").encode(), secret) or verify_secret(key, stored):
                self._matches[stored] = key
                return uid, datetime.fromisoformat(ends) if ends else None
        return None, None

    @contextmanager
    def _cooling_down(self, database: str, address: str, interactive: bool) -> Iterator[None]:
        if not interactive:
            yield
            return
        now, key = self._odoo.clock.now(), f"{database} {address}"
        failures, last = self._failures.get(key, (0, now))
        if failures >= _FAILURES and now - last < _COOL_DOWN:
            raise AccessDenied("Too many login failures, please wait a bit before trying again.")
        try:
            yield
        except AccessDenied:
            self._failures[key] = failures + 1, now
            raise
        self._failures.pop(key, None)


def _failures(kept: tuple[int, str]) -> tuple[int, datetime]:
    return kept[0], datetime.fromisoformat(kept[1])


def _candidates(env: Environment, key: str) -> list[tuple[Any, ...]]:
    """User, hash and end of the keys in force that begin as this one does."""
    now = env.clock.now().strftime("%Y-%m-%d %H:%M:%S")
    for model in ("res.users", "res.users.apikeys"):
        env[model]._ensure_table()
    statement = SQL(
        "SELECT k.user_id, k.key, k.expiration_date FROM res_users_apikeys k JOIN res_users u ON u.id = k.user_id"
        ' WHERE k."index" = %s AND u.active = 1 AND (k.scope IS NULL OR k.scope = %s)'
        " AND (k.expiration_date IS NULL OR k.expiration_date >= %s)",
        key[:_KEY_INDEX],
        "rpc",
        now,
    )
    return env.cr.execute(statement)
