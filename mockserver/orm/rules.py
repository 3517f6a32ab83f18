"""What a condition's operator and the type of its field make of it, before SQL is thought of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from fauxdoo.mockserver.orm import dates
from fauxdoo.mockserver.orm.domain import FALSE_DOMAIN, TRUE_DOMAIN, And, Condition, Constant, Domain, Or
from fauxdoo.mockserver.orm.operators import ALIASES, ANY, INEQUALITIES, INVERSE, NEGATIVE, POSITIVE, ValueSet

__all__ = ["OPERATOR_RULES", "TYPE_RULES", "Rule"]

Rule = Callable[[Condition, Any, Any], Domain]
"""Condition, model, field → the condition itself where the rule has nothing to say, or what takes its place."""

_COLLECTIONS = (list, tuple, set, frozenset)
_COMPARED = ("in", "not in", *INEQUALITIES)
_TRUE_WORDS = frozenset({"y", "yes", "1", "true", "t", "on"})


# Operators


def _if_value(condition: Condition, model: Any, field: Any) -> Domain:
    """`=?` asks nothing of an empty operand."""
    return Condition.of(condition.field_expr, "=", condition.value) if condition.value else TRUE_DOMAIN


def _alias(condition: Condition, model: Any, field: Any) -> Domain:
    return Condition.of(condition.field_expr, ALIASES[condition.operator], condition.value)


def _equality(condition: Condition, model: Any, field: Any) -> Domain:
    """`=` is `in` a set of one; with a list it is `in` that list, and an empty one means unset."""
    value = condition.value
    values = (value or (False,)) if isinstance(value, _COLLECTIONS) else (value,)
    return Condition.of(condition.field_expr, "in" if condition.operator == "=" else "not in", ValueSet(values))


def _membership(condition: Condition, model: Any, field: Any) -> Domain:
    value, operator = condition.value, condition.operator
    if isinstance(value, ValueSet) and value:
        if field.name != "id" or not any(v is False for v in value):
            return condition
        value = [v for v in value if v is not False]  # no record is without an id
    if isinstance(value, Domain):
        return Condition.of(condition.field_expr, "any" if operator == "in" else "not any", value)
    if not value:
        return Constant.of(operator == "not in")
    values = value if isinstance(value, _COLLECTIONS) else (value,)
    return Condition.of(condition.field_expr, operator, ValueSet(values))


def _likeness(condition: Condition, model: Any, field: Any) -> Domain:
    """A pattern is a text; an empty one matches everything, or what is set on a relation; `=like ''` is unset."""
    value, operator = condition.value, condition.operator
    if value and isinstance(value, str):
        return condition
    exact = "=" in operator
    if not value:
        matches = (operator in NEGATIVE) == exact
        if exact or field.is_relational:
            return Condition.of(condition.field_expr, "!=" if matches else "=", False)
        return Constant.of(matches)
    if exact:
        condition.refuse("The pattern to match must be a string", TypeError)
    return Condition.of(condition.field_expr, operator, str(value))


def _any_domain(condition: Condition, model: Any, field: Any) -> Domain:
    domain = condition.value if isinstance(condition.value, Domain) else Domain(condition.value)
    if field.name == "id":
        return domain if condition.operator in ("any", "any!") else ~domain
    if domain is condition.value and field.is_relational:
        return condition
    changed = Condition.of(condition.field_expr, condition.operator, domain)
    if not field.is_relational:
        changed.refuse(f"Cannot use {condition.operator!r} with non-relational fields")
    return changed


OPERATOR_RULES: dict[str, Rule] = {
    "=?": _if_value,
    **dict.fromkeys(ALIASES, _alias),
    **dict.fromkeys(("=", "!="), _equality),
    **dict.fromkeys(("in", "not in"), _membership),
    **dict.fromkeys((name for name in INVERSE if name.endswith("like")), _likeness),
    **dict.fromkeys(ANY, _any_domain),
}


# Types


def _boolean(condition: Condition, model: Any, field: Any) -> Domain:
    value, operator = condition.value, condition.operator
    if operator not in ("in", "not in"):
        condition.refuse(
            f"Cannot compare {condition.field_expr!r} to {type(value)} which is not a collection of length 1"
        )
    truths = ValueSet(v.lower() in _TRUE_WORDS if isinstance(v, str) else bool(v) for v in value)
    if truths == (False,):
        return Condition.of(condition.field_expr, INVERSE[operator], ValueSet((True,)))
    if all(v is True or v is False for v in value):
        return condition
    return Condition.of(condition.field_expr, operator, truths)


def _relation(condition: Condition, model: Any, field: Any) -> Domain:
    """A relation compared with a text is compared by display name: `not` before the whole, not inside."""
    value = condition.value
    operator = POSITIVE.get(condition.operator, condition.operator)
    any_operator = "any" if operator == condition.operator else "not any"
    if operator.endswith("like"):
        return Condition.of(condition.field_expr, any_operator, Condition.of("display_name", operator, value))
    if operator in INEQUALITIES and isinstance(value, str):
        condition.refuse("Inequality not supported for relational field using a string", TypeError)
    if operator != "in":
        return condition
    names = ValueSet(v for v in value if isinstance(v, str))
    if not names:
        return condition
    named = Condition.of(condition.field_expr, any_operator, Condition.of("display_name", "in", names))
    others = ValueSet(v for v in value if not isinstance(v, str))
    if not others:
        return named
    join = Or if any_operator == "any" else And
    return join.of((named, Condition.of(condition.field_expr, condition.operator, others)))


def _date(condition: Condition, model: Any, field: Any) -> Domain:
    value, operator = condition.value, condition.operator
    if operator not in _COMPARED or "." in condition.field_expr:
        return condition
    if operator in INEQUALITIES:
        if value is False:
            return FALSE_DOMAIN
        if type(value) is date:
            return condition
        return Condition.of(condition.field_expr, operator, dates.to_date(value, model.env))
    if all(v is False or type(v) is date for v in value):
        return condition
    return Condition.of(condition.field_expr, operator, ValueSet(dates.to_date(v, model.env) for v in value))


def _datetime(condition: Condition, model: Any, field: Any) -> Domain:
    value, operator = condition.value, condition.operator
    if operator not in _COMPARED or "." in condition.field_expr:
        return condition
    if operator in INEQUALITIES:
        return _moment_bound(condition, value, model.env)
    if value == (False,):
        return condition
    moments = [dates.to_datetime(v, model.env)[0] for v in value]
    domain = Or.of(_whole_second(condition.field_expr, moment) for moment in moments)
    return domain if operator == "in" else ~domain


def _moment_bound(condition: Condition, value: Any, env: Any) -> Domain:
    """An inequality as `>=` or `<`: a plain day is meant whole, a moment to the second."""
    moment, is_day = dates.to_datetime(value, env)
    if not isinstance(moment, datetime):
        return FALSE_DOMAIN
    operator = condition.operator
    if operator in (">=", "<"):
        return condition if moment is value else Condition.of(condition.field_expr, operator, moment)
    try:
        moment = moment.replace(microsecond=0) + (timedelta(days=1) if is_day else timedelta(seconds=1))
    except OverflowError:
        return FALSE_DOMAIN if operator == ">" else Condition.of(condition.field_expr, "not in", ValueSet((False,)))
    return Condition.of(condition.field_expr, ">=" if operator == ">" else "<", moment)


def _whole_second(field_expr: str, moment: datetime | bool) -> Domain:
    if not isinstance(moment, datetime):
        return Condition.of(field_expr, "in", ValueSet((False,)))
    start = moment.replace(microsecond=0)
    after = Condition.of(field_expr, ">=", start)
    return after & Condition.of(field_expr, "<", start + timedelta(seconds=1))


def _binary(condition: Condition, model: Any, field: Any) -> Domain:
    """Binary fields know whether they are set, and nothing else: other questions are ignored."""
    if condition.operator in ("in", "not in") and condition.value == (False,):
        return condition
    return TRUE_DOMAIN


TYPE_RULES: dict[str, Rule] = {
    "boolean": _boolean,
    "many2one": _relation,
    "one2many": _relation,
    "many2many": _relation,
    "date": _date,
    "datetime": _datetime,
    "binary": _binary,
}
