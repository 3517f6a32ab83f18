"""The recordsets of `odoo.env` on any Odoo 19, over JSON-RPC."""

from __future__ import annotations

import builtins
import threading
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from fauxdoo.harness.clients import Json2, JsonRpc, RemoteError, Target
from fauxdoo.mockserver import errors
from fauxdoo.mockserver.records import Records, RecordsEnvironment

__all__ = ["READING", "Connection", "RemoteEnvironment", "who_owns"]

READING = frozenset(
    {
        "check_access_rights",
        "context_get",
        "default_get",
        "export_data",
        "fields_get",
        "formatted_read_group",
        "get_metadata",
        "get_param",
        "get_views",
        "has_access",
        "name_search",
        "onchange",
        "read",
        "read_group",
        "search",
        "search_count",
        "search_read",
        "web_name_search",
        "web_read",
        "web_read_group",
        "web_search_read",
    }
)
"""Methods that change nothing."""

_ON_MODEL = frozenset(
    {
        "context_get",
        "create",
        "default_get",
        "fields_get",
        "formatted_read_group",
        "get_param",
        "get_views",
        "load",
        "name_create",
        "name_search",
        "read_group",
        "search",
        "search_count",
        "search_read",
        "set_param",
        "web_name_search",
        "web_read_group",
        "web_search_read",
    }
)
"""Methods of the model, called without ids on whatever records."""

_ON_RECORDS = frozenset({"copy", "export_data", "read", "unlink", "web_read", "write"})
"""Methods of records, called with ids even if there are none."""

_RECORDS = frozenset({"copy", "create", "search"})
"""Methods that answer records of the same model, which RPC sends as ids."""

_EMPTY: Mapping[str, Any] = {"integer": 0, "float": 0.0, "monetary": 0.0}
_ERRORS = {
    kind.name: kind
    for name in errors.__all__
    if isinstance(kind := getattr(errors, name), type) and issubclass(kind, errors.UserError)
}


def who_owns(url: str, db: str, api_key: str) -> Target:
    """Whose key it is: the target with that user's login and the key as password. Raises RemoteError, OSError."""
    json2 = Json2(Target(url, db, api_key=api_key))
    try:
        uid = json2.call("res.users", "context_get")["uid"]
        (user,) = json2.call("res.users", "read", ids=[uid], fields=["login"])
    finally:
        json2.close()
    return Target(url, db, user["login"], api_key, api_key)


class Connection:
    """One user's access to a database: a client per thread, and what is known of the models."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self._clients = threading.local()
        self._uid: int | None = None
        self._fields: dict[str, dict[str, Any] | None] = {}
        self.before: Callable[[str, str], None] = lambda model, method: None
        """Told of every call of a test, with model and method, before it is sent."""

    @property
    def uid(self) -> int:
        """The user's id. Raises AccessDenied."""
        if self._uid is None:
            uid = self._client.uid
            if not uid:
                raise errors.AccessDenied()
            self._uid = int(uid)
        return self._uid

    @property
    def _client(self) -> JsonRpc:
        if not hasattr(self._clients, "rpc"):
            self._clients.rpc = JsonRpc(self.target)
        client: JsonRpc = self._clients.rpc
        return client

    def call(self, model: str, method: str, args: list[Any], kwargs: Mapping[str, Any]) -> Any:
        """Call a method; raises the error that a real Odoo raised, of our own class where there is one."""
        try:
            return self._client.call(model, method, *args, **kwargs)
        except RemoteError as error:
            raise _raised(error) from error

    def fields(self, model: str) -> dict[str, Any] | None:
        """The fields of a model with type and relation, None for an unknown model."""
        if model not in self._fields:
            try:
                found = self.call(model, "fields_get", [], {"attributes": ["type", "relation"]})
            except (errors.OdooError, KeyError):
                found = None
            self._fields[model] = found
        return self._fields[model]

    def close(self) -> None:
        """Close this thread's connection."""
        self._client.close()


class RemoteEnvironment(RecordsEnvironment):
    """A database behind RPC: every call is a request, and a transaction."""

    def __init__(self, connection: Connection, context: Mapping[str, Any] | None = None) -> None:
        self._connection = connection
        self.uid = connection.uid
        self.context = dict(context or {})

    def __contains__(self, model: object) -> bool:
        return isinstance(model, str) and self._connection.fields(model) is not None

    def __call__(self, *, user: Any = None, context: Mapping[str, Any] | None = None) -> RemoteEnvironment:
        if user is not None and int(user) != self.uid:
            raise errors.AccessError("over RPC only the user who owns the key can work")
        return RemoteEnvironment(self._connection, self.context if context is None else context)

    @property
    def company(self) -> Records:
        allowed = self.context.get("allowed_company_ids")
        return Records(self, "res.company", allowed[:1]) if allowed else self.user["company_id"]

    def ref(self, xmlid: str) -> Records:
        module, _, name = xmlid.partition(".")
        domain = [("module", "=", module), ("name", "=", name)]
        for found in self["ir.model.data"].search_read(domain, ["model", "res_id"], limit=1):
            return Records(self, found["model"], [found["res_id"]])
        raise ValueError(f"External ID not found in the system: {xmlid}")

    def field_type(self, model: str, name: str) -> tuple[str, str] | None:
        field = (self._connection.fields(model) or {}).get(name)
        return None if field is None else (field["type"], field.get("relation") or "")

    def has_method(self, model: str, name: str) -> bool:
        return not name.startswith("_")

    def value(self, records: Records, name: str) -> Any:
        kind, comodel = self._field(records, name)
        if comodel:
            found = dict.fromkeys(id for related in self.values(records, name) for id in related.ids)
            return Records(self, comodel, found)
        return self.values(records.ensure_one(), name)[0] if records else _EMPTY.get(kind, False)

    def values(self, records: Records, name: str) -> list[Any]:
        if not records:
            return []
        kind, comodel = self._field(records, name)
        rows = {row["id"]: row[name] for row in self.call(records, "read", [[name]], {"load": ""})}
        if missing := [id for id in records.ids if id not in rows]:
            gone = f"(Record: {records.browse(missing)}, User: {self.uid})"
            raise errors.MissingError(f"Record does not exist or has been deleted.\n{gone}")
        return [self._incoming(kind, comodel, rows[id]) for id in records.ids]

    def call(self, records: Records, method: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        model = records._name
        self._connection.before(model, method)
        on_model = method in _ON_MODEL or not (
            records or method in _ON_RECORDS or method.startswith(("action_", "button_"))
        )
        if method in ("create", "write") and args:
            args = [self.outgoing(model, args[0]), *args[1:]]
        sent = args if on_model else [records.ids, *args]
        context = {**self.context, **(kwargs.get("context") or {})}
        given = {**kwargs, **({"context": context} if context else {})}
        result = self._connection.call(model, method, _plain(sent), _plain(given))
        if method in _RECORDS and not isinstance(result, bool):
            return Records(self, model, [result] if isinstance(result, int) else result)
        return result

    # ---------------------------------------------------------------- values

    def _field(self, records: Records, name: str) -> tuple[str, str]:
        field = self.field_type(records._name, name)
        if field is None:
            raise KeyError(name)
        return field

    def _incoming(self, kind: str, comodel: str, value: Any) -> Any:
        """The value as the recordset of this process gives it."""
        if comodel:
            return Records(self, comodel, value if isinstance(value, list) else [value] if value else [])
        if not value or not isinstance(value, str):
            return value
        if kind == "datetime":
            return datetime.fromisoformat(value)
        if kind == "date":
            return date.fromisoformat(value)
        if kind == "reference":
            model, _, id = value.partition(",")
            return Records(self, model, [int(id)])
        return value.encode() if kind == "binary" else value


def _plain(value: Any) -> Any:
    """The value as JSON carries it."""
    if isinstance(value, Records):
        return value.ids
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return value.decode() if isinstance(value, bytes) else value


def _raised(error: RemoteError) -> Exception:
    if kind := _ERRORS.get(error.name):
        return kind(error.message)
    if error.name.startswith("psycopg2."):
        return errors.DatabaseError(error.message, error.name)
    python = getattr(builtins, error.name.removeprefix("builtins."), None)
    if error.name.startswith("builtins.") and isinstance(python, type) and issubclass(python, Exception):
        return python(error.message)
    unknown = errors.OdooError(error.message or str(error))
    unknown.name = error.name or unknown.name
    return unknown
