"""Record rules: whom one binds, and its domain for a user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.safe_eval import SafeCode

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["OPERATIONS", "Rule", "evaluated", "joined", "operations_of", "rows_of", "rule_of"]

OPERATIONS = ("read", "write", "create", "unlink")


@dataclass(frozen=True, slots=True)
class Rule:
    """A record rule: whom it binds (no groups: everybody), for which operations, and its domain's source."""

    id: int
    groups: frozenset[int]
    operations: frozenset[str]
    source: str
    domain: SafeCode


def rows_of(env: Environment, kind: str, model: str) -> Recordset:
    """The active access rights or rules of a model."""
    root = env(su=True, context={})
    domain = [("model_id", "=", root["ir.model"]._id_of(model)), ("active", "=", True)]
    found: Recordset = root[kind].search(domain, order="id")
    return found


def rule_of(row: Recordset) -> Rule:
    """What a record of `ir.rule` says."""
    source = (row.domain_force or "").strip() or "[]"
    return Rule(row.id, frozenset(row.groups.ids), operations_of(row), source, SafeCode(source))


def operations_of(record: Recordset) -> frozenset[str]:
    """The operations that an access right or a rule is about."""
    return frozenset(operation for operation in OPERATIONS if record[f"perm_{operation}"])


def evaluated(env: Environment, rule: Rule) -> Any:
    """The rule's domain for a user: the names it knows are those of Odoo, no more."""
    companies = env.companies
    user = env.user
    names = {
        "user": user.with_env(env(user=env.uid, su=True)),
        "company_ids": companies.ids,
        "company_id": env.company.id,
    }
    return rule.domain.run(names)


def joined(operator: str, domains: list[Any]) -> Any:
    """Domains of several rules as one; an empty one is true."""
    parts = [list(domain) or [(1, "=", 1)] for domain in domains]
    if len(parts) == 1:
        return parts[0] if domains[0] else []
    result = [operator] * (len(parts) - 1)
    for part in parts:
        result += ["&"] * (_terms(part) - 1) + part
    return result


def _terms(domain: list[Any]) -> int:
    """How many complete expressions stand side by side (they are and-ed)."""
    count = 0
    for item in reversed(domain):
        if item in ("&", "|"):
            count -= 1
        elif item != "!":
            count += 1
    return count
