"""Which methods are public, whether they work on records, and what arguments they take: the catalogue's word first."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.dialects import DIALECTS
from fauxdoo.mockserver.errors import AccessError, NotSimulated

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["Signature", "public_method"]


@dataclass(frozen=True, slots=True)
class Signature:
    """A public method: `owner` is the class Odoo names in a TypeError, `on_model` says that no ids come first."""

    owner: str
    name: str
    on_model: bool
    python: inspect.Signature
    _probe: Any = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_probe", _probe(f"{self.owner}.{self.name}", self.python))

    def check(self, args: list[Any], kwargs: Mapping[str, Any]) -> None:
        """Raise the TypeError Python gives for arguments that do not fit, in the real method's name."""
        try:
            self._probe(None, *args, **kwargs)
        except TypeError as error:  # Python 3.13 adds a suggestion; the recorded server ran on an older one
            raise TypeError(str(error).partition(". Did you mean ")[0]) from None


def _probe(qualified: str, signature: inspect.Signature) -> Any:
    """A function that takes these parameters, does nothing, and names itself as the real one in errors."""
    parameters = ", ".join(["self", *(_without_value(p) for p in signature.parameters.values())])
    namespace: dict[str, Any] = {}
    exec(f"def probe({parameters}): pass", namespace)
    probe = namespace["probe"]
    probe.__qualname__ = qualified
    probe.__name__ = qualified.rpartition(".")[2]
    return probe


def _without_value(parameter: inspect.Parameter) -> str:
    prefix = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")  # type: ignore[call-overload]
    default = "" if parameter.default is inspect.Parameter.empty else "=None"
    return f"{prefix}{parameter.name}{default}"


def public_method(env: Environment, model: str, name: str) -> Signature:
    """The signature of a method that may be called remotely.

    Raises AttributeError for an unknown one, AccessError for a private one, NotSimulated for one that only the real
    model has.
    """
    known: dict[tuple[str, str], Signature] = env.registry.signatures
    try:
        return known[model, name]
    except (KeyError, TypeError):
        signature = known[model, name] = _find(env, model, name)
    return signature


def _find(env: Environment, model: str, name: str) -> Signature:
    if not isinstance(name, str):
        raise AttributeError(f"{type(name).__name__!r} object has no attribute 'startswith'")
    cls = env.registry[model]
    entry = _entry(env, model, name)
    method = getattr(cls, name, None)
    api = getattr(method, "_api", None)
    if entry == "private" or api == "private" or name.startswith("_"):
        raise AccessError(f"Private methods (such as '{model}.{name}') cannot be called remotely.")
    if method is None or not callable(method) or _is_of_another_dialect(env, method):
        if isinstance(entry, Mapping):
            raise NotSimulated(model, name)
        raise AttributeError(f"The method '{model}.{name}' does not exist")
    if isinstance(entry, Mapping):
        return _from_catalogue(entry["owner"], name, entry["api"] == "model", tuple(entry["params"]))
    if not _is_declared(cls, name):
        raise AttributeError(f"The method '{model}.{name}' does not exist")
    return _from_python(cls.__name__, name, api == "model", method)


def _is_of_another_dialect(env: Environment, method: Any) -> bool:
    return hasattr(method, "_guide") and not DIALECTS[env.settings.dialect].guide_methods


def _is_declared(cls: type, name: str) -> bool:
    """Whether a behaviour class (not the ORM itself) defines the method: the ORM's own helpers are no Odoo methods."""
    owner = next((base for base in cls.__mro__ if name in vars(base)), None)
    return owner is not None and not owner.__module__.startswith("fauxdoo.mockserver.orm.")


def _entry(env: Environment, model: str, name: str) -> Any:
    own = env.registry.facts(model).get("methods", {}).get(name)
    return own if own is not None else env.registry.facts("base").get("methods", {}).get(name)


@lru_cache(maxsize=4096)
def _from_catalogue(owner: str, name: str, on_model: bool, params: tuple[str, ...]) -> Signature:
    namespace: dict[str, Any] = {}
    if not all(param.partition("=")[0].lstrip("*").isidentifier() for param in params):
        raise ValueError(f"not a signature: {params!r}")
    names = ", ".join(param.partition("=")[0] + ("=None" if "=" in param else "") for param in params)
    exec(f"def f({names}): pass", namespace)
    return Signature(owner, name, on_model, inspect.signature(namespace["f"]))


@lru_cache(maxsize=4096)
def _from_python(owner: str, name: str, on_model: bool, method: Any) -> Signature:
    signature = inspect.signature(method)
    parameters = list(signature.parameters.values())[1:]
    return Signature(owner, name, on_model, signature.replace(parameters=parameters))
