"""Domains brought into the few forms that SQL is made from, by rules per operator and per type of field.

Three levels, each over the whole tree before the next begins, so that errors come in Odoo's order: `BASIC` gives every
condition one of the standard operators and values of the field's type; `FULL` follows inherited and related fields,
search methods and hierarchies. What is left: `in`, `not in` with a `ValueSet`; `<`, `>`, `<=`, `>=`; the likes with a
non-empty text; `any`, `not any` (also with `!`) with a domain.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm import dates
from fauxdoo.mockserver.orm.domain import FALSE_DOMAIN, TRUE_DOMAIN, And, Condition, Constant, Domain, Group, Not, Or
from fauxdoo.mockserver.orm.hierarchy import hierarchy
from fauxdoo.mockserver.orm.operators import ALIASES, INEQUALITIES, INVERSE, NEGATIVE, POSITIVE, ValueSet, falsy_value

__all__ = ["BASIC", "FULL", "field_of", "simplify"]

BASIC, FULL = 1, 2
_COLLECTIONS = (list, tuple, set, frozenset)
_COMPARED = ("in", "not in", *INEQUALITIES)
_TRUE_WORDS = frozenset({"y", "yes", "1", "true", "t", "on"})

Rule = Callable[[Condition, Any, Any], Domain]
"""Condition, model, field → the condition itself where the rule has nothing to say, or what takes its place."""


def simplify(domain: Domain, model: Any) -> Domain:
    """The domain in the forms that SQL is made from. Raises what Odoo raises for a domain that makes no sense."""
    return _rewrite(_rewrite(domain, model, BASIC), model, FULL)


def field_of(condition: Condition, model: Any) -> tuple[Any, str]:
    """The field a condition begins with, and what follows its first dot."""
    name, _dot, rest = condition.field_expr.partition(".")
    if not name:
        raise ValueError(f"Invalid field expression {name!r}")
    field = model._fields.get(name)
    if field is None:
        condition.refuse(f"Invalid field {model._name}.{name}")
    return field, rest


def _rewrite(domain: Domain, model: Any, level: int) -> Domain:
    if isinstance(domain, Condition):
        return _rewrite_condition(domain, model, level)
    if isinstance(domain, Group):
        group = type(domain).of(_rewrite(child, model, level) for child in domain.children)
        return _merged(group, model) if level == FULL and isinstance(group, Group) else group
    if isinstance(domain, Not):
        return _negated(_rewrite(domain.child, model, level), model)
    return domain


def _rewrite_condition(condition: Condition, model: Any, level: int) -> Domain:
    name = model._name
    while condition.settled[0] != name or condition.settled[1] < level:
        changed = _step(condition, model, level)
        if changed is condition:
            condition.settled = (name, level)
        elif isinstance(changed, Condition):
            condition = changed
        else:
            return _rewrite(changed, model, level)
    return condition


def _step(condition: Condition, model: Any, level: int) -> Domain:
    """What the first rule that applies makes of the condition."""
    field, rest = field_of(condition, model)
    if rest and field.is_relational:
        return Condition.of(field.name, "any", Condition.of(rest, condition.operator, condition.value))
    for rule in _rules(condition.operator, field.type, level):
        changed = rule(condition, model, field)
        if changed is not condition:
            return changed
    if condition.operator in _ANY:
        return _any_level(condition, model, field, level)
    return condition


@lru_cache(maxsize=1_000)
def _rules(operator: str, kind: str, level: int) -> tuple[Rule, ...]:
    rules = (_OPERATOR_RULES.get(operator), _TYPE_RULES.get(kind), *(_FULL_RULES if level == FULL else ()))
    return tuple(rule for rule in rules if rule is not None)


def _negated(domain: Domain, model: Any) -> Domain:
    """The negation, where inequalities take in the unset values of a field for which unset is no value."""
    if isinstance(domain, Group):
        return domain.opposite.of(_negated(child, model) for child in domain.children)
    if isinstance(domain, Condition) and domain.operator in INEQUALITIES:
        field, rest = field_of(domain, model)
        inverse = Condition.of(domain.field_expr, INEQUALITIES[domain.operator], domain.value)
        if rest or falsy_value(field.name, field.type) is None:
            return Condition.of(domain.field_expr, "in", ValueSet((False,))) | inverse
        return inverse
    return ~domain


def _merged(group: Group, model: Any) -> Domain:
    """The group with its sets on one field as one set: thousands of equalities are as good as one."""
    sets: dict[str, list[Condition]] = {}
    for child in group.children:
        if isinstance(child, Condition) and child.operator in ("in", "not in"):
            sets.setdefault(child.field_expr, []).append(child)
    several = {name: conditions for name, conditions in sets.items() if len(conditions) > 1}
    if not several:
        return group
    merged = {id(child) for conditions in several.values() for child in conditions}
    rest = [child for child in group.children if id(child) not in merged]
    united = (each for sets in several.values() for each in _united(sets, isinstance(group, Or), model))
    return type(group).of((*united, *rest))


def _united(conditions: list[Condition], either: bool, model: Any) -> list[Domain]:
    """The sets joined by "or" (`either`) or "and": one operator's values add up, what the other's share remains."""
    first = conditions[0]
    operator, other = ("in", "not in") if either else ("not in", "in")
    added = ValueSet(value for each in conditions if each.operator == operator for value in each.value)
    sum_of_sets = [Condition.of(first.field_expr, operator, added)] if added else []
    others = [each for each in conditions if each.operator == other]
    if not others or field_of(first, model)[0].is_x2many:
        return [*sum_of_sets, *others]
    shared = set[Any](others[0].value).intersection(*(each.value for each in others[1:])).difference(added)
    values = ValueSet(value for value in others[0].value if value in shared)
    return [Condition.of(first.field_expr, other, values) if values else Constant.of(other == "not in")]


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
        return condition
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


def _any_level(condition: Condition, model: Any, field: Any, level: int) -> Domain:
    """The condition with its inner domain brought to the level."""
    inner = _rewrite(condition.value, model.env[field.comodel_name], level)
    if inner.is_false():
        return Constant.of(condition.operator in NEGATIVE)
    changed = Condition.of(condition.field_expr, condition.operator, inner)
    changed.settled = (model._name, level)
    return changed


_ANY = ("any", "not any", "any!", "not any!")

_OPERATOR_RULES: dict[str, Rule] = {
    "=?": _if_value,
    **dict.fromkeys(ALIASES, _alias),
    **dict.fromkeys(("=", "!="), _equality),
    **dict.fromkeys(("in", "not in"), _membership),
    **dict.fromkeys((name for name in INVERSE if name.endswith("like")), _likeness),
    **dict.fromkeys(_ANY, _any_domain),
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


_TYPE_RULES: dict[str, Rule] = {
    "boolean": _boolean,
    "many2one": _relation,
    "one2many": _relation,
    "many2many": _relation,
    "date": _date,
    "datetime": _datetime,
    "binary": _binary,
}


# The full level


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


_FULL_RULES: tuple[Rule, ...] = (_inherited, _searched, _hierarchical, _tautology)
