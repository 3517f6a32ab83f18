"""A usage contract: what an integration really used of an Odoo, as plain data that can be checked elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import orjson

__all__ = ["FieldUse", "MadeCall", "ModelUse", "UnreadableUsage", "Usage"]

VERSION = 1
"""Of the form of the file."""

_RIGHTS = {"create": "create", "name_create": "create", "write": "write", "unlink": "unlink", "copy": "create"}
_WRITING = {"load": ("create", "write"), "web_save": ("create", "write")}
_READING = ("read", "search", "export", "name_search", "web_", "formatted_", "get_metadata")

Fields = Mapping[str, Mapping[str, Any]]
Describe = Callable[[str], Fields]
"""The fields of a model, as `fields_get` tells them."""


class MadeCall(Protocol):
    """What is looked at of a journal entry."""

    @property
    def protocol(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def error(self) -> BaseException | None: ...


class UnreadableUsage(ValueError):
    """A file holds no usage contract."""


@dataclass(slots=True)
class FieldUse:
    """How a field was used: `uses` are read, write, filter, sort and group; `values` those written to a selection."""

    type: str
    relation: str = ""
    uses: set[str] = field(default_factory=set)
    operators: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)

    def as_dict(self) -> dict[str, Any]:
        """Plain data without what is empty."""
        sets = {name: sorted(getattr(self, name)) for name in ("uses", "operators", "values") if getattr(self, name)}
        return {"type": self.type, **({"relation": self.relation} if self.relation else {}), **sets}


@dataclass(slots=True)
class ModelUse:
    """What was used of a model: methods with the errors they met, rights these need, fields.

    `required` are the fields that a new record had to have where the calls were made.
    """

    methods: dict[str, set[str]] = field(default_factory=dict)
    rights: set[str] = field(default_factory=set)
    fields: dict[str, FieldUse] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)

    def as_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "methods": {name: sorted(errors) for name, errors in sorted(self.methods.items())},
            "rights": sorted(self.rights),
            "fields": {name: use.as_dict() for name, use in sorted(self.fields.items())},
            **({"required": sorted(self.required)} if self.required else {}),
        }


class Usage:
    """Protocols and models that were used."""

    def __init__(self) -> None:
        self.protocols: set[str] = set()
        self.models: dict[str, ModelUse] = {}

    def note(self, call: MadeCall, describe: Describe) -> ModelUse:
        """Note protocol, method, rights and error of a call; raises KeyError for an unknown model."""
        fields = describe(call.model)
        self.protocols.add(call.protocol)
        use = self.models.setdefault(call.model, ModelUse())
        errors = use.methods.setdefault(call.method, set())
        if call.error is None:
            use.rights |= rights_of(call.method)
            if "create" in use.rights:
                use.required = {name for name, facts in fields.items() if facts.get("required")}
        else:
            errors.add(type(call.error).__name__)
        return use

    def note_field(self, model: str, name: str, kind: str, facts: Mapping[str, Any]) -> FieldUse:
        """Note one use of a field."""
        fields = self.models.setdefault(model, ModelUse()).fields
        if name not in fields:
            fields[name] = FieldUse(facts["type"], facts.get("relation") or "")
        fields[name].uses.add(kind)
        return fields[name]

    def merge(self, other: Usage) -> None:
        """Take in what another run used."""
        self.protocols |= other.protocols
        for model, theirs in other.models.items():
            ours = self.models.setdefault(model, ModelUse())
            ours.rights |= theirs.rights
            ours.required |= theirs.required
            for method, errors in theirs.methods.items():
                ours.methods.setdefault(method, set()).update(errors)
            for name, use in theirs.fields.items():
                known = ours.fields.setdefault(name, FieldUse(use.type, use.relation))
                known.uses |= use.uses
                known.operators |= use.operators
                known.values |= use.values

    def as_dict(self) -> dict[str, Any]:
        """Plain data, sorted."""
        models = {name: use.as_dict() for name, use in sorted(self.models.items())}
        return {"usage": VERSION, "protocols": sorted(self.protocols), "models": models}

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        path.write_bytes(orjson.dumps(self.as_dict(), option=orjson.OPT_INDENT_2) + b"\n")

    @classmethod
    def read(cls, path: Path) -> Usage:
        """A usage contract from a file. Raises UnreadableUsage."""
        try:
            return cls.of_dict(orjson.loads(path.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableUsage(f"no usage contract in {path}: {type(error).__name__}: {error}") from error

    @classmethod
    def of_dict(cls, plain: Mapping[str, Any]) -> Usage:
        """What `as_dict` wrote. Raises ValueError for another version, KeyError and TypeError for another form."""
        if plain["usage"] != VERSION:
            raise ValueError(f"version {plain['usage']!r} of usage contracts is not known")
        usage = cls()
        usage.protocols = set(plain["protocols"])
        usage.models = {name: _model_use(each) for name, each in plain["models"].items()}
        return usage


def rights_of(method: str) -> set[str]:
    """The access rights on its own model that a method certainly needs."""
    if method in _WRITING:
        return set(_WRITING[method])
    if method in _RIGHTS:
        return {_RIGHTS[method], "read"} if method == "copy" else {_RIGHTS[method]}
    return {"read"} if method.startswith(_READING) else set()


def _model_use(plain: Mapping[str, Any]) -> ModelUse:
    methods = {name: set(errors) for name, errors in plain["methods"].items()}
    fields = {name: _use(each) for name, each in plain["fields"].items()}
    return ModelUse(methods, set(plain["rights"]), fields, set(plain.get("required", ())))


def _use(plain: Mapping[str, Any]) -> FieldUse:
    sets: Iterable[set[str]] = (set(plain.get(name, ())) for name in ("uses", "operators", "values"))
    return FieldUse(plain["type"], plain.get("relation", ""), *sets)
