"""Why a user does not reach a record: the access right, the rule, the company or the filter that stands before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from fauxdoo.mockserver.access.policy import Access
from fauxdoo.mockserver.access.rules import Rule, evaluated

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["Explanation", "Reason", "explain"]

Kind = Literal["missing", "access right", "rule", "company", "model", "archived"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands before a record."""

    kind: Kind
    text: str
    rule: int | None = None
    """Id of the `ir.rule`, where it is one."""

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands before a record for a user; as text it serves as the message of an assertion."""

    model: str
    id: int
    login: str
    operation: str
    reasons: tuple[Reason, ...]

    @property
    def allowed(self) -> bool:
        """Whether the operation is allowed, be the record archived or not."""
        return all(reason.kind == "archived" for reason in self.reasons)

    @property
    def found(self) -> bool:
        """Whether nothing stands before it: for `read`, that a plain `search` finds the record."""
        return not self.reasons

    def __str__(self) -> str:
        record = f"{self.model}({self.id})"
        if self.found:
            return f"nothing keeps {self.login} from {self.operation} of {record}"
        verb = "may" if self.allowed else "may not"
        lines = "".join(f"\n- {reason}" for reason in self.reasons)
        return f"{self.login} {verb} {self.operation} {record}:{lines}"


def explain(env: Environment, model: str, record_id: int, operation: str = "read") -> Explanation:
    """What stands before the record for the user of the environment, in the companies of its context."""
    access, records = env.access, env[model].browse(record_id)
    assert isinstance(access, Access)
    reasons = tuple(_reasons(access, records, operation))
    return Explanation(model, record_id, env.user.sudo().login, operation, reasons)


def _reasons(access: Access, record: Recordset, operation: str) -> Iterator[Reason]:
    if not access.allows(record.browse(), operation):
        yield Reason("access right", _right_needed(access, record, operation))
    everything: Recordset = record.sudo().with_context(active_test=False)
    if not everything.exists():
        yield Reason("missing", "there is no record of this id, or it was deleted")
        return
    if record.env.su:
        return
    yield from _rules(access, record, operation)
    if record._kept_from_user(operation):
        yield Reason("model", "the model itself keeps it from the user, whatever the rules say")
    if operation == "read" and record._active_name and not everything[record._active_name]:
        yield Reason("archived", "search leaves it out unless the context has active_test=False")


def _right_needed(access: Access, record: Recordset, operation: str) -> str:
    names = access.groups_with_access(record.env, record._name, operation)
    who = f"these have it: {', '.join(dict.fromkeys(names))}" if names else "no group has it"
    return f"no group of the user has the right to {operation} {record._name}; {who}"


def _rules(access: Access, record: Recordset, operation: str) -> Iterator[Reason]:
    """Every global rule that fails; the group rules, of which one would be enough, when all fail; those of parents."""
    rules = access.applying(record.env, record._name, operation)
    yield from (_reason(record, rule, "") for rule in rules if not rule.groups and _fails(record, rule))
    grouped = [rule for rule in rules if rule.groups]
    if all(_fails(record, rule) for rule in grouped):
        several = "; one of the group rules would be enough" if len(grouped) > 1 else ""
        yield from (_reason(record, rule, several) for rule in grouped)
    for parent, link in record._inherits.items():
        owner = record.sudo()[link].ids
        yield from _rules(access, record.env[parent].browse(owner), operation)


def _fails(record: Recordset, rule: Rule) -> bool:
    return not _passes(record, evaluated(record.env, rule))


def _passes(record: Recordset, domain: Any) -> bool:
    return bool(record.sudo().with_context(active_test=False).filtered_domain(domain))


def _reason(record: Recordset, rule: Rule, note: str) -> Reason:
    domain = evaluated(record.env, rule)
    leaves = [item for item in domain if not isinstance(item, str)]
    failed = [leaf for leaf in leaves if not _passes(record, [leaf])]
    row = record.env(su=True, context={})["ir.rule"].browse(rule.id)
    kind: Kind = "company" if any("company" in str(leaf[0]) for leaf in failed) else "rule"
    found = "; ".join(_compared(record, leaf) for leaf in failed)
    where = "" if not rule.groups else f" of {', '.join(row.groups.mapped('display_name'))}"
    text = f'"{row.name}"{where} wants {" ".join(rule.source.split())}'
    return Reason(kind, f"{text}, but {found}{note}" if found else f"{text}{note}", rule.id)


def _compared(record: Recordset, leaf: Any) -> str:
    path, operator, wanted = leaf
    return f"{path} is {_value(record, path)}, not {operator} {wanted!r}"


def _value(record: Recordset, path: Any) -> str:
    """What the record has at a path of fields, as it stands in a domain."""
    values: Any = record.sudo().with_context(active_test=False)
    for name in str(path).split("."):
        if isinstance(values, list) or (name != "id" and name not in values._fields):
            return "not as wanted"
        values = values.ids if name == "id" else values.mapped(name)
    values = values.ids if hasattr(values, "ids") else values
    return repr(values[0] if len(values) == 1 else values or False)
