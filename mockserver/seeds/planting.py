"""Makes records of seeds in an environment, be it one of this process or one behind RPC."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

from fauxdoo.mockserver.seeds.files import Seed, SeedError, read_seeds

__all__ = ["QUIET", "plant"]

QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_create_nolog": True}
"""The context that seeds are planted with: they are there from the beginning, nobody follows or is told."""

Factory = Callable[[Any], Mapping[str, Any] | None]
"""Makes records in an environment; what it answers by name gets xmlids."""

_CALLS = "_call"
"""What stands among the values of a seed for methods to be called on the new record."""


def plant(env: Any, source: str | Path | Factory | list[Seed]) -> None:
    """Make the records of a file, of a function of `env`, or of the function that `"package.module:name"` names, or
    those that were read already.

    A record that is known by its xmlid already is changed instead. Raises SeedError, which names file, xmlid and
    field; what is there by then is up to the caller's transaction.
    """
    if isinstance(source, str) and ":" in source and not Path(source).exists():
        source = _imported(source)
    if callable(source):
        _Planting(env, ()).call(source)
    elif isinstance(source, list):
        _Planting(env, source).all()
    else:
        _Planting(env, read_seeds(source)).all()


def _imported(path: str) -> Factory:
    module, _, name = path.partition(":")
    try:
        factory: Factory = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise SeedError(f"{path}: {error}") from error
    return factory


class _Planting:
    """Seeds that become records, each after those it refers to."""

    def __init__(self, env: Any, seeds: Iterable[Seed]) -> None:
        self.env = env
        self._todo: dict[str, Seed] = {}
        for seed in seeds:
            if seed.xmlid in self._todo:
                raise seed.error("the xmlid stands there twice")
            self._todo[seed.xmlid] = seed
        self._begun: list[str] = []
        self._ids: dict[str, int] = {}
        self._fields: dict[str, Mapping[str, Any]] = {}

    def all(self) -> None:
        """Make every record that is not there yet."""
        for xmlid in list(self._todo):
            self._id(xmlid)

    def call(self, factory: Factory) -> None:
        """Let a function make records, and give those it answers their xmlids."""
        name = getattr(factory, "__name__", type(factory).__name__)
        for key, record in (factory(self.env) or {}).items():
            self._name(record._name, f"{name}.{key}", record.id)

    def _id(self, xmlid: str) -> int | None:
        """The id of a record, which is made if it waits for it; None for an unknown xmlid."""
        if xmlid in self._ids:
            return self._ids[xmlid]
        seed = self._todo.get(xmlid)
        if seed is None or xmlid in self._begun:
            found = self._known(xmlid)
            if seed is not None and found is None:
                cycle = " → ".join([*self._begun[self._begun.index(xmlid) :], xmlid])
                raise seed.error(f"these records need each other: {cycle}")
            return found.id if found else None
        self._begun.append(xmlid)
        self._ids[xmlid] = self._plant(seed)
        self._begun.pop()
        return self._ids[xmlid]

    def _known(self, xmlid: str) -> Any:
        try:
            return self.env.ref(xmlid)
        except ValueError:
            return None

    def _plant(self, seed: Seed) -> int:
        if seed.model not in self.env:
            raise seed.error("there is no such model, or its app is not installed")
        values = self._values(seed, seed.model, {name: seed.values[name] for name in seed.values if name != _CALLS})
        record = self._known(seed.xmlid)
        if record is not None and record._name != seed.model:
            raise seed.error(f"the xmlid is that of a {record._name}")
        try:
            if record is None:
                return self._made(seed, values)
            record.write(values)
        except SeedError:
            raise
        except Exception as error:
            raise seed.error(_said(error)) from error
        return int(record.id)

    def _made(self, seed: Seed, values: dict[str, Any]) -> int:
        record = self.env[seed.model].create(values)
        self._name(seed.model, seed.xmlid, record.id)
        calls = seed.values.get(_CALLS, ())
        for method in [calls] if isinstance(calls, str) else calls:
            self._call(seed, record, method)
        return int(record.id)

    def _name(self, model: str, xmlid: str, id: int) -> None:
        module, _, name = xmlid.partition(".")
        self.env["ir.model.data"].create({"module": module, "name": name, "model": model, "res_id": id})

    @staticmethod
    def _call(seed: Seed, record: Any, method: Any) -> None:
        try:
            getattr(record, method)()
        except Exception as error:
            raise seed.error(_said(error), f"{_CALLS} {method}") from error

    # ---------------------------------------------------------------- values

    def _values(self, seed: Seed, model: str, values: Mapping[str, Any], within: str = "") -> dict[str, Any]:
        """Values for `create`: xmlids become ids, lists of xmlids or of records become commands."""
        if model not in self._fields:
            self._fields[model] = self.env[model].fields_get([], ["type", "relation"])
        fields = self._fields[model]
        result = {}
        for name, value in values.items():
            if name not in fields:
                near = get_close_matches(name, fields, n=1)
                raise seed.error(f"{model} has no such field{(near and f'; is it {near[0]}?') or ''}", within + name)
            result[name] = self._value(seed, fields[name], value, within + name)
        return result

    def _value(self, seed: Seed, field: Mapping[str, Any], value: Any, path: str) -> Any:
        kind = field["type"]
        if kind in ("many2one", "many2one_reference") and isinstance(value, str):
            return self._referred(seed, value, path)
        if kind == "reference" and isinstance(value, str) and "," in value:
            model, _, xmlid = value.partition(",")
            return value if xmlid.isdigit() else f"{model},{self._referred(seed, xmlid.strip(), path)}"
        if kind in ("one2many", "many2many") and value is not None:
            if not isinstance(value, list):
                raise seed.error(f"a list is expected, not {type(value).__name__}", path)
            return self._commands(seed, field, value, path)
        return value

    def _commands(self, seed: Seed, field: Mapping[str, Any], items: list[Any], path: str) -> list[Any]:
        if field["type"] == "many2many" and all(isinstance(item, (str, int)) for item in items):
            return [(6, 0, [self._referred(seed, item, f"{path}[{n}]") for n, item in enumerate(items)])]
        return [self._command(seed, field["relation"], item, f"{path}[{n}]") for n, item in enumerate(items)]

    def _command(self, seed: Seed, model: str, item: Any, path: str) -> Any:
        if isinstance(item, Mapping):
            return (0, 0, self._values(seed, model, item, f"{path}."))
        if isinstance(item, (str, int)):
            return (4, self._referred(seed, item, path), 0)
        if not isinstance(item, list) or not item or not isinstance(item[0], int):
            raise seed.error("an xmlid, the values of a record or a command is expected", path)
        code, target, content = [*item, 0, 0][:3]
        if isinstance(target, str):
            target = self._referred(seed, target, path)
        if isinstance(content, Mapping):
            content = self._values(seed, model, content, f"{path}.")
        elif isinstance(content, list):
            content = [self._referred(seed, each, path) for each in content]
        return (code, target, content)

    def _referred(self, seed: Seed, xmlid: Any, path: str) -> int:
        if isinstance(xmlid, int):
            return xmlid
        full = xmlid if "." in xmlid else f"{seed.module}.{xmlid}"
        found = self._id(full)
        if found is None:
            near = get_close_matches(full, self._todo, n=1)
            raise seed.error(f"no record has the xmlid {full}{(near and f'; is it {near[0]}?') or ''}", path)
        return found


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
