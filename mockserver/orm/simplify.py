"""Domains brought into the few forms that SQL is made from, by rules per operator and per type of field.

Two levels, each over the whole tree before the next begins, so that errors come in Odoo's order. The basic one gives
every condition a standard operator and values of the field's type; the full one follows inherited and related fields,
search methods and hierarchies. What is left: `in`, `not in` with a `ValueSet`; `<`, `>`, `<=`, `>=`; the likes with a
non-empty text; `any`, `not any` (also with `!`) with a domain.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from fauxdoo.mockserver.orm.domain import Condition, Constant, Domain, Group, Not, Or
from fauxdoo.mockserver.orm.expansion import FULL_RULES
from fauxdoo.mockserver.orm.operators import ANY, INEQUALITIES, NEGATIVE, ValueSet, falsy_value
from fauxdoo.mockserver.orm.rules import OPERATOR_RULES, TYPE_RULES, Rule

__all__ = ["simplify"]

_BASIC, _FULL = 1, 2


def simplify(domain: Domain, model: Any) -> Domain:
    """The domain in the forms that SQL is made from. Raises what Odoo raises for a domain that makes no sense."""
    return _rewrite(_rewrite(domain, model, _BASIC), model, _FULL)


def _rewrite(domain: Domain, model: Any, level: int) -> Domain:
    if isinstance(domain, Condition):
        return _rewrite_condition(domain, model, level)
    if isinstance(domain, Group):
        group = type(domain).of(_rewrite(child, model, level) for child in domain.children)
        return _merged(group, model) if level == _FULL and isinstance(group, Group) else group
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
    field, rest = condition.field_in(model)
    if rest and field.is_relational:
        return Condition.of(field.name, "any", Condition.of(rest, condition.operator, condition.value))
    for rule in _rules(condition.operator, field.type, level):
        changed = rule(condition, model, field)
        if changed is not condition:
            return changed
    if condition.operator in ANY:
        return _any_level(condition, model, field, level)
    return condition


@lru_cache(maxsize=1_000)
def _rules(operator: str, kind: str, level: int) -> tuple[Rule, ...]:
    rules = (OPERATOR_RULES.get(operator), TYPE_RULES.get(kind), *(FULL_RULES if level == _FULL else ()))
    return tuple(rule for rule in rules if rule is not None)


def _any_level(condition: Condition, model: Any, field: Any, level: int) -> Domain:
    """The condition with its inner domain brought to the level."""
    inner = _rewrite(condition.value, model.env[field.comodel_name], level)
    if inner.is_false():
        return Constant.of(condition.operator in NEGATIVE)
    changed = Condition.of(condition.field_expr, condition.operator, inner)
    changed.settled = (model._name, level)
    return changed


def _negated(domain: Domain, model: Any) -> Domain:
    """The negation, where inequalities take in the unset values of a field for which unset is no value."""
    if isinstance(domain, Group):
        return domain.opposite.of(_negated(child, model) for child in domain.children)
    if isinstance(domain, Condition) and domain.operator in INEQUALITIES:
        field, rest = domain.field_in(model)
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
    if not others or first.field_in(model)[0].is_x2many:
        return [*sum_of_sets, *others]
    shared = set[Any](others[0].value).intersection(*(each.value for each in others[1:])).difference(added)
    values = ValueSet(value for value in others[0].value if value in shared)
    return [Condition.of(first.field_expr, other, values) if values else Constant.of(other == "not in")]
