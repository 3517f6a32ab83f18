"""The addresses of REST and what each verb does there; the models are asked through dispatch alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from werkzeug.exceptions import BadRequest
from werkzeug.routing import BaseConverter, Map, Rule

from fauxdoo.mockserver.calls import Call, http_session
from fauxdoo.mockserver.errors import MissingError, NotFound
from fauxdoo.mockserver.protocols.base import JSON, Protocol, Reply, Request, Route
from fauxdoo.mockserver.protocols.jsons import dumps
from fauxdoo.mockserver.protocols.rest.bodies import read_arguments, read_many, read_one, to_values
from fauxdoo.mockserver.protocols.rest.checking import Checker
from fauxdoo.mockserver.protocols.rest.envelope import REST
from fauxdoo.mockserver.protocols.rest.errors import bad_query
from fauxdoo.mockserver.protocols.rest.paging import address, paging
from fauxdoo.mockserver.protocols.rest.queries import LIST, RECORD, read_query
from fauxdoo.mockserver.protocols.rest.retries import Retries
from fauxdoo.mockserver.protocols.rest.versions import check_version, is_known, version
from fauxdoo.mockserver.schemas import BIGGEST

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["Rest"]

_Result = TypeVar("_Result")


class _MethodConverter(BaseConverter):
    """The name of a method: no number, so that it is never taken for an id."""

    regex = r"[A-Za-z_]\w*"


class Rest(Protocol):
    """Records by address and verb, methods by POST."""

    key = "rest"

    def __init__(self, odoo: FakeOdoo) -> None:
        super().__init__(odoo)
        self._retries, self._checker = Retries(odoo.answered), Checker()
        rules = [
            Rule("/api", methods=["GET"], endpoint=self._models),
            Rule("/api/<model>", methods=["GET"], endpoint=self._list),
            Rule("/api/<model>", methods=["POST"], endpoint=self._create),
            Rule("/api/<model>/<int:id>", methods=["GET"], endpoint=self._read),
            Rule("/api/<model>/<int:id>", methods=["PATCH"], endpoint=self._update),
            Rule("/api/<model>/<int:id>", methods=["DELETE"], endpoint=self._delete),
            Rule("/api/<model>/<method:method>", methods=["POST"], endpoint=self._call),
            Rule("/api/<model>/<int:id>/<method:method>", methods=["POST"], endpoint=self._call),
        ]
        converters = {"method": _MethodConverter}
        self._map = Map(rules, converters=converters, strict_slashes=False, merge_slashes=False).bind("localhost")

    def routes(self) -> Iterable[Route]:
        """All below `/api`: within it the protocol finds its way itself, so that wrong addresses get JSON too."""
        if self.odoo.dialect.rest:
            for path in ("/api", "/api/<rest:path>"):
                yield Route(path, self._serve, REST, auth="bearer", cookie=False)

    def _serve(self, request: Request, path: str = "") -> Reply:
        endpoint, arguments = self._map.match(request.path, request.method)
        model = arguments.get("model")
        if model is not None and not _has_records(self._registry(request), model):
            raise NotFound(f"the model {model!r} does not exist")
        if request.method != "POST":
            return endpoint(request, **arguments)  # type: ignore[no-any-return]
        database = self.odoo.dispatch.database(request.known_database)
        return self._retries.once(request, database, lambda: endpoint(request, **arguments))

    def _wanted(self, request: Request, model: str) -> list[str]:
        """The fields that the answer is to have, none for the default ones. Raises BadRequest for unknown ones."""
        names: list[str] = read_query(request, RECORD).get("fields", [])
        for name in names:
            if name not in self._registry(request)[model]._fields:
                raise BadRequest(f"Invalid field {name!r} on {model!r}")
        return names

    def _registry(self, request: Request) -> Registry:
        return self.odoo.dispatch.database(request.known_database).registry

    # ---------------------------------------------------------------- lists

    def _models(self, request: Request) -> Reply:
        """The models whose records the user may read."""
        read_query(request, ())
        main = self._main(request, "ir.model", "search_read")
        return _json(self._together(request, main, lambda env: [*_readable(env, request)], readonly=True))

    def _list(self, request: Request, model: str) -> Reply:
        query = read_query(request, LIST)

        def find(env: Environment) -> Reply:
            search = {**query, "fields": query.get("fields") or _default_fields(env, model)}
            try:
                rows = self._ask(request, model, "search_read", **search)
                total = self._ask(request, model, "search_count", domain=query.get("domain", []))
            except Exception as error:
                raise bad_query(error) from error
            return _json(rows, headers=paging(request, query, total))

        return self._together(request, self._main(request, model, "search_read"), find, readonly=True)

    def _create(self, request: Request, model: str) -> Reply:
        fields = self._wanted(request, model)
        bodies, many = read_many(request, model)

        def create(env: Environment) -> Reply:
            for body in bodies:
                self._checker.check(env, model, body, new=True)
            values = [to_values(body, env.registry, model) for body in bodies]
            ids = self._ask(request, model, "create", [values])
            rows, versions = self._rows(request, env, model, ids, fields)
            if many:
                return _json(rows, 201)
            here = address(request, f"/api/{model}/{ids[0]}")
            return _json(rows[0], 201, [("Location", here), *_tag(versions[0])])

        return self._together(request, self._main(request, model, "create"), create)

    # ---------------------------------------------------------------- one record

    def _read(self, request: Request, model: str, id: int) -> Reply:
        fields = self._wanted(request, model)

        def read(env: Environment) -> Reply:
            row, current = self._row(request, env, model, id, fields)
            known = is_known(request, current)
            return Reply(b"", JSON, 304, _tag(current)) if known else _json(row, headers=_tag(current))

        return self._together(request, self._main(request, model, "read"), read, readonly=True)

    def _update(self, request: Request, model: str, id: int) -> Reply:
        fields = self._wanted(request, model)
        body = read_one(request, model)

        def update(env: Environment) -> Reply:
            self._check(request, env, model, id)
            self._checker.check(env, model, body, new=False)
            self._ask(request, model, "write", [[id], to_values(body, env.registry, model)])
            row, current = self._row(request, env, model, id, fields)
            return _json(row, headers=_tag(current))

        return self._together(request, self._main(request, model, "write"), update)

    def _delete(self, request: Request, model: str, id: int) -> Reply:
        read_query(request, ())

        def delete(env: Environment) -> Reply:
            self._check(request, env, model, id)
            self._ask(request, model, "unlink", [[id]])
            return Reply(b"", JSON, 204)

        return self._together(request, self._main(request, model, "unlink"), delete)

    def _call(self, request: Request, model: str, method: str, id: int | None = None) -> Reply:
        """A method, on the record of the address or on those of `ids`; its arguments are named, as in JSON-2."""
        read_query(request, ())
        arguments = read_arguments(request)
        ids = arguments.pop("ids", []) if id is None else [id]

        named = self._named(request, model, method, arguments, ids)

        def call(env: Environment) -> Reply:
            if id is not None:
                self._check(request, env, model, id)
            return _json(self.odoo.dispatch.call_kw(named))

        return self._together(request, named, call)

    # ---------------------------------------------------------------- asking the models

    def _together(
        self, request: Request, main: Call, action: Callable[[Environment], _Result], *, readonly: bool = False
    ) -> _Result:
        """The action in one transaction, with the session's memory; a key's has none, as in JSON-2.

        Faults and the journal take it for the `main` call where nothing of it is done.
        """
        session = request.session
        token = http_session.set(session.data if session is not None and session.uid else {"uid": request.uid})
        try:
            return self.odoo.dispatch.together(main, action, readonly=readonly)
        finally:
            http_session.reset(token)

    @staticmethod
    def _main(request: Request, model: str, method: str) -> Call:
        return Call("rest", request.known_database, request.known_uid, model, method)

    def _ask(self, request: Request, model: str, method: str, args: Iterable[Any] = (), **kwargs: Any) -> Any:
        who = (request.known_database, request.known_uid)
        return self.odoo.dispatch.call_kw(Call("rest", *who, model, method, [*args], kwargs))

    @staticmethod
    def _named(request: Request, model: str, method: str, arguments: dict[str, Any], ids: list[int]) -> Call:
        return Call("rest", request.known_database, request.known_uid, model, method, [], arguments, ids)

    def _check(self, request: Request, env: Environment, model: str, id: int) -> None:
        """Raise MissingError where there is no such record, PreconditionFailed where it is of another version."""
        if "HTTP_IF_MATCH" in request.environ:
            check_version(request, self._row(request, env, model, id, [])[1])
        elif not 0 < id <= BIGGEST or not env[model].browse(id).exists():
            raise _missing(env, model, id)

    def _row(
        self, request: Request, env: Environment, model: str, id: int, fields: list[str]
    ) -> tuple[dict[str, Any], str]:
        """A record and its version."""
        rows, versions = self._rows(request, env, model, [id] if 0 < id <= BIGGEST else [], fields)
        if not rows:
            raise _missing(env, model, id)
        return rows[0], versions[0]

    def _rows(
        self, request: Request, env: Environment, model: str, ids: list[int], fields: list[str]
    ) -> tuple[list[dict[str, Any]], list[str]]:
        """Records, with their default fields unless others are wanted, and their versions."""
        env.complete()  # what is written at the end is part of the version
        default = _default_fields(env, model)
        rows = self._ask(request, model, "read", [ids], fields=[*dict.fromkeys([*default, *fields])])
        versions = [version({name: row[name] for name in default}) for row in rows]
        if fields:
            rows = [{name: row[name] for name in dict.fromkeys(["id", *fields])} for row in rows]
        return rows, versions


def _readable(env: Environment, request: Request) -> Iterable[dict[str, str]]:
    for name in env.registry.names:
        if _has_records(env.registry, name) and env.access.allows(env[name], "read"):
            yield {"model": name, "name": env.registry[name]._description, "url": address(request, f"/api/{name}")}


def _has_records(registry: Registry, model: str) -> bool:
    return model in registry and not registry[model]._abstract


def _default_fields(env: Environment, model: str) -> list[str]:
    """The stored fields that the user may read, without files."""
    records = env[model]
    fields = [field for field in records._fields.values() if field.store and field.type != "binary"]
    return [field.name for field in fields if env.access.field_allowed(records, field)]


def _missing(env: Environment, model: str, id: int) -> MissingError:
    return MissingError(f"Record does not exist or has been deleted.\n(Record: {model}({id},), User: {env.uid})")


def _tag(current: str) -> list[tuple[str, str]]:
    return [("ETag", f'"{current}"')]


def _json(value: Any, status: int = 200, headers: Iterable[tuple[str, str]] = ()) -> Reply:
    return Reply(dumps(value), JSON, status, [*headers])
