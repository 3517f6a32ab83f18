"""Compiled schemas: those of the contracts by name, those of methods by model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fauxdoo.contracts import schemas
from fauxdoo.mockserver.journal.telling import hidden, is_secret, short
from fauxdoo.mockserver.schemas import model_schema

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, Registry, ValidationError

    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.registry import Registry as OdooRegistry

__all__ = ["Schemas", "complaints"]

_VALUE = "\0"
"""Stands in a message for the value that it is about."""


class Schemas:
    """The validators of one server, compiled when first asked for."""

    def __init__(self) -> None:
        self._named: dict[str, Draft202012Validator] = {}
        self._of_models: dict[tuple[str, str], tuple[type, Draft202012Validator]] = {}
        self.methods = frozenset(schemas()["methods"]["$defs"])
        """Names of the methods that have a schema."""

    def named(self, name: str) -> Draft202012Validator:
        """The validator of a schema that is the same for all models."""
        if name not in self._named:
            self._named[name] = _compiled(f"urn:fauxdoo:{name}", _registry())
        return self._named[name]

    def known(self, registry: OdooRegistry, model: str, method: str) -> Draft202012Validator | None:
        """The validator that `method` has made of the model as it is now, None where it has to make one."""
        cls, validator = self._of_models.get((model, method), (None, None))
        return validator if cls is registry[model] else None

    def method(self, env: Environment, model: str, method: str) -> Draft202012Validator:
        """The validator of `{"arguments": …, "result": …}`, made anew when the model has changed."""
        validator = self.known(env.registry, model, method)
        if validator is None:
            schemas_ = _registry(model_schema(env, model))
            validator = _compiled(f"urn:fauxdoo:methods#/$defs/{method}", schemas_)
            self._of_models[model, method] = env.registry[model], validator
        return validator


def _registry(model: dict[str, Any] | None = None) -> Registry:
    """All schemas, of which the one of any model gives way to that of a certain one."""
    from jsonschema_rs import Registry

    known = schemas() if model is None else {**schemas(), "model": model}
    return Registry([(schema["$id"], schema) for schema in known.values()])


def _compiled(reference: str, registry: Registry) -> Draft202012Validator:
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator({"$ref": reference}, registry=registry, mask=_VALUE)


def complaints(validator: Draft202012Validator, instance: Any) -> Iterator[tuple[str, str]]:
    """Where the instance is not as described, as a JSON pointer, and why, with secrets hidden."""
    for error in validator.iter_errors(instance):
        for leaf in _leaves(error):
            yield _pointer(leaf), leaf.message.replace(_VALUE, _shown(leaf))


def _shown(error: ValidationError) -> str:
    return "***" if any(map(is_secret, error.instance_path)) else short(hidden(error.instance))


def _leaves(error: ValidationError) -> list[ValidationError]:
    """The errors that tell why none of several schemas fits: those of the one whose type does, else the first's."""
    branches: list[list[ValidationError]] = getattr(error.kind, "context", None) or []
    if not branches:
        return [error]
    fitting = [branch for branch in branches if not any(_is_of_type(each, error) for each in branch)]
    return [leaf for each in (fitting or branches)[0][:1] for leaf in _leaves(each)]


def _is_of_type(each: ValidationError, error: ValidationError) -> bool:
    same_place = len(each.instance_path) == len(error.instance_path)
    return same_place and each.kind.name in ("type", "const", "enum")


def _pointer(error: ValidationError) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in error.instance_path)
