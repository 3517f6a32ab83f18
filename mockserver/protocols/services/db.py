"""The db service: which databases there are; makes, copies, renames and drops them."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.errors import AccessDenied
from fauxdoo.mockserver.protocols.base import named
from fauxdoo.mockserver.protocols.services.base import VERSION, Caller, Service

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo

__all__ = ["Db"]

_PUBLIC = ("exp_db_exist", "exp_list", "exp_list_lang", "exp_server_version")
_MANAGING = frozenset(
    {
        *("exp_list", "exp_create_database", "exp_duplicate_database", "exp_drop", "exp_dump", "exp_restore"),
        *("exp_rename", "exp_change_admin_password", "exp_migrate_databases"),
    }
)
"""What Odoo refuses to everybody where `list_db` is off."""


class Db(Service):
    """Databases. All methods but four take the master password first."""

    key = "db"

    def __init__(self, odoo: FakeOdoo) -> None:
        super().__init__(odoo)
        self._methods = {**_questions(odoo), **_makers(odoo), **_changes(odoo)}

    def call(self, method: Any, params: Any, caller: Caller) -> Any:
        name = "exp_" + method
        if name not in self._methods:
            raise KeyError(f"Method not found: {method}")
        if name not in _PUBLIC:
            password, params = params[0], params[1:]
            self._check(password)
        if name in _MANAGING and not self.odoo.settings.list_db:
            raise AccessDenied()
        return self._methods[name](*params)

    def _check(self, password: Any) -> None:
        master = self.odoo.settings.master_password.encode()
        if not password or not hmac.compare_digest(str(password).encode("utf-8", "replace"), master):
            raise AccessDenied()


def _questions(odoo: FakeOdoo) -> dict[str, Callable[..., Any]]:
    @named("odoo.service.db:exp_list")
    def list_databases(document: Any = False) -> Any:
        return sorted(odoo.databases)

    @named("odoo.service.db:exp_db_exist")
    def db_exist(db_name: Any) -> Any:
        return db_name in odoo.databases

    @named("odoo.service.db:exp_server_version")
    def server_version() -> Any:
        return VERSION

    @named("odoo.service.db:exp_list_lang")
    def list_lang() -> Any:
        return _names(odoo, "res.lang", "code")

    @named("odoo.service.db:exp_list_countries")
    def list_countries() -> Any:
        return [[code.lower(), name] for code, name in _names(odoo, "res.country", "code") if code]

    return _by_name(list_databases, db_exist, server_version, list_lang, list_countries)


def _makers(odoo: FakeOdoo) -> dict[str, Callable[..., Any]]:
    @named("odoo.service.db:exp_create_database")
    def create_database(
        db_name: Any,
        demo: Any,
        lang: Any,
        user_password: Any = "admin",
        login: Any = "admin",
        country_code: Any = None,
        phone: Any = None,
    ) -> Any:
        _refuse_existing(odoo, db_name)
        odoo.databases.create(db_name, demo=bool(demo), login=login, password=user_password)
        return True

    @named("odoo.service.db:exp_duplicate_database")
    def duplicate_database(db_original_name: Any, db_name: Any, neutralize_database: Any = False) -> Any:
        odoo.dispatch.database(db_original_name)
        _refuse_existing(odoo, db_name)
        odoo.databases.duplicate(db_original_name, db_name)
        return True

    @named("odoo.service.db:exp_restore")
    def restore(db_name: Any, data: Any, copy: Any = False) -> Any:
        _refuse_existing(odoo, db_name)
        odoo.databases.load(db_name, _decoded(data))
        return True

    return _by_name(create_database, duplicate_database, restore)


def _changes(odoo: FakeOdoo) -> dict[str, Callable[..., Any]]:
    @named("odoo.service.db:exp_drop")
    def drop(db_name: Any) -> Any:
        if db_name not in odoo.databases:
            return False
        odoo.databases.drop(db_name)
        return True

    @named("odoo.service.db:exp_rename")
    def rename(old_name: Any, new_name: Any) -> Any:
        odoo.dispatch.database(old_name)
        _refuse_existing(odoo, new_name)
        odoo.databases.rename(old_name, new_name)
        return True

    @named("odoo.service.db:exp_dump")
    def dump(db_name: Any, format: Any) -> Any:
        odoo.dispatch.database(db_name)
        return base64.b64encode(odoo.databases[db_name].store.dump()).decode()

    @named("odoo.service.db:exp_change_admin_password")
    def change_admin_password(new_password: Any) -> Any:
        raise AccessDenied("The master password of a fake Odoo is a setting.")

    @named("odoo.service.db:exp_migrate_databases")
    def migrate_databases(databases: Any) -> Any:
        for name in databases:
            odoo.dispatch.database(name)
        return True

    return _by_name(drop, rename, dump, change_admin_password, migrate_databases)


def _by_name(*functions: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    return {function.__qualname__: function for function in functions}


def _refuse_existing(odoo: FakeOdoo, name: Any) -> None:
    if not isinstance(name, str) or not name:
        raise ValueError(f"not a name for a database: {name!r}")
    if name in odoo.databases:
        raise Exception(f"database {name!r} already exists!")


def _decoded(data: Any) -> bytes:
    try:
        return base64.b64decode(data)
    except (binascii.Error, TypeError) as error:
        raise ValueError(f"not a database dump: {error}") from None


def _names(odoo: FakeOdoo, model: str, column: str) -> list[list[Any]]:
    """Code and name of the records of a model in the first database, archived ones too."""
    name = next(iter(sorted(odoo.databases)), None)
    if name is None:
        return []
    with odoo.databases[name].transaction(context={"active_test": False}) as env:
        return [[record[column], record.name] for record in env[model].search([], order="name")]
