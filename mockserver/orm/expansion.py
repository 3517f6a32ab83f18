"""Where the value of a field is to be found: with a parent record, along a path, by a search method, in a hierarchy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.domain import Condition, Constant, Domain, Or
from fauxdoo.mockserver.orm.hierarchy import hierarchy
from fauxdoo.mockserver.orm.operators import INVERSE, NEGATIVE, POSITIVE, ValueSet, falsy_value
from fauxdoo.mockserver.orm.rules import Rule

__all__ = ["FULL_RULES"]


def _inherited(condition: Condition, model: Any, field: Any) -> Domain:
    if not field.inherited:
        return condition
    link, _dot, name = field.related.partition(".")
    rest = condition.field_expr[len(field.name) :]
    return Condition.of(link, "any", Condition.of(name + rest, condition.operator, condition.value))


def _searched(condition: Condition, model: Any, field: Any) -> Domain:
    """A field that is not stored, by its search method or along its related path."""
    if field.store or "." in condition.field_expr:
        return condition
    if field.search:
        return _by_search_method(condition, model, field)
    if field.related and field.facts.get("searchable", True):
        return _related(condition, model, field)
    if field.facts.get("search"):
        return _always_unset(condition, field)
    return condition


def _always_unset(condition: Condition, field: Any) -> Domain:
    """A field that the real Odoo searches by a method nobody simulates is unset on every record."""
    positive = condition.operator not in NEGATIVE
    matches = condition.operator in ("in", "not in") and _takes_unset(condition, field)
    return Constant.of(matches == positive)


def _by_search_method(condition: Condition, model: Any, field: Any) -> Domain:
    """What the search method answers, or what it answers to the inverse operator, or to `=` for each value."""
    search: Callable[[str, Any], Any] = getattr(model, field.search)
    operator, value = condition.operator, condition.value
    refusal: Exception | None = None
    try:
        answer = search(operator, value)
        if answer is not NotImplemented:
            return Domain.internal(answer)
        inverse = INVERSE.get(operator)
        answer = NotImplemented if inverse is None else search(inverse, value)
        if answer is not NotImplemented:
            return ~Domain.internal(answer)
    except (NotImplementedError, UserError) as error:
        refusal = error
    if operator in ("in", "not in"):
        answers = [search("=", single) for single in value]
        if not any(single is NotImplemented for single in answers):
            domain = Or.of(Domain.internal(single) for single in answers)
            return domain if operator == "in" else ~domain
    raise refusal or UserError(f"Unsupported operator on {field.string} {model._description} in {condition!r}")


def _related(condition: Condition, model: Any, field: Any) -> Domain:
    """The condition at the end of the related path, without access rights; an empty link counts as an unset value."""
    operator = POSITIVE.get(condition.operator, condition.operator)
    if operator != condition.operator:
        return ~_related(Condition.of(condition.field_expr, operator, condition.value), model, field)
    *links, last = field.related.split(".")
    unset = _takes_unset(condition, field)
    domain: Domain = Condition.of(last, operator, condition.value)
    for link in reversed(links):
        domain = Condition.of(link, "any!", domain)
        if unset:
            domain = domain | Condition.of(link, "in", ValueSet((False,)))
    return domain


def _takes_unset(condition: Condition, field: Any) -> bool:
    value, falsy = condition.value, falsy_value(field.name, field.type)
    values = value if isinstance(value, ValueSet) else (value,)
    return any(v is False or (falsy is not None and v == falsy) for v in values)


def _hierarchical(condition: Condition, model: Any, field: Any) -> Domain:
    return hierarchy(condition, model, field) if condition.operator in ("child_of", "parent_of") else condition


def _tautology(condition: Condition, model: Any, field: Any) -> Domain:
    if field.type == "boolean" and len(condition.value) == 2:
        return Constant.of(condition.operator == "in")
    return condition


FULL_RULES: tuple[Rule, ...] = (_inherited, _searched, _hierarchical, _tautology)
