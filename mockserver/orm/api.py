"""The decorators a behaviour class uses: they mark a method, the registry reads the marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

__all__ = [
    "compute",
    "constrains",
    "default",
    "depends",
    "depends_context",
    "guide",
    "inverse",
    "model",
    "model_create_multi",
    "onchange",
    "ondelete",
    "private",
    "search",
    "together",
]

F = TypeVar("F", bound=Callable[..., Any])


def _marker(attribute: str) -> Callable[..., Callable[[F], F]]:
    def decorator(*names: str) -> Callable[[F], F]:
        def mark(method: F) -> F:
            setattr(method, attribute, names)
            return method

        return mark

    return decorator


compute = _marker("_computes")
"""`@api.compute("amount_tax", ...)`: the method computes these fields of the catalogue."""
inverse = _marker("_inverses")
"""`@api.inverse("company_type")`: the method writes through a value set on a computed field."""
search = _marker("_searches")
"""`@api.search("credit")`: the method turns (operator, value) into a domain."""
default = _marker("_default_for")
"""`@api.default("name")`: the method answers the field's default."""
depends = _marker("_depends")
"""`@api.depends("line_ids.price")`: what the computed fields follow; without it the catalogue says."""
depends_context = _marker("_depends_context")
"""`@api.depends_context("lang")`: context keys a non-stored value varies with (documentation; all do)."""
constrains = _marker("_constrains")
"""`@api.constrains("date_start")`: the method checks records when one of these fields was set."""
onchange = _marker("_onchange")
"""`@api.onchange("partner_id")`: the method reacts to a value typed into a form."""


def ondelete(*, at_uninstall: bool) -> Callable[[F], F]:
    """The method runs before records are deleted and may refuse; `at_uninstall` is accepted as in Odoo."""

    def mark(method: F) -> F:
        method._ondelete = True  # type: ignore[attr-defined]
        return method

    return mark


def together(method: F) -> F:
    """A new record for which one of the method's fields is given gets none of the others computed either."""
    method._is_together = True  # type: ignore[attr-defined]
    return method


def model(method: F) -> F:
    """The method works on the model, not on records: over RPC no ids come first."""
    method._api = "model"  # type: ignore[attr-defined]
    return method


def guide(method: F) -> F:
    """Only the API guide knows the method: in a dialect without `guide_methods` it does not exist over RPC."""
    method._guide = True  # type: ignore[attr-defined]
    return method


def private(method: F) -> F:
    """The method is not to be called over RPC although its name has no underscore."""
    method._api = "private"  # type: ignore[attr-defined]
    return method


def model_create_multi(method: F) -> F:
    """`create` takes a list of values; a single dictionary is accepted and put into one."""

    @wraps(method)
    def create(self: Any, vals_list: Any) -> Any:
        return method(self, [vals_list] if isinstance(vals_list, Mapping) else list(vals_list))

    create._api = "model"  # type: ignore[attr-defined]
    return create  # type: ignore[return-value]
