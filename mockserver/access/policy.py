"""The access policy: access rights per group, record rules, fields kept to groups; with Odoo's own refusals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.access.rules import OPERATIONS, Rule, evaluated, joined, operations_of, rows_of, rule_of
from fauxdoo.mockserver.errors import AccessError, MissingError
from fauxdoo.mockserver.orm.policy import AccessPolicy

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.fields.base import Field
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["Access"]

NOBODY = "."
"""The `groups` of a field nobody may see."""

_VERBS = {"read": "access", "write": "modify", "create": "create", "unlink": "delete"}
_HIDDEN = (
    "Uh-oh! Looks like you have stumbled upon some top-secret records.\n\n"
    "Sorry, {user} (id={uid}) doesn't have '{operation}' access to:\n- {label} ({model})\n\n"
    "If you really, really need access, perhaps you can win over your friendly administrator "
    "with a batch of freshly baked cookies."
)
_COMPANY_ISSUE = "\n\nThis seems to be a multi-company issue, "


Grant = tuple[int | None, frozenset[str]]


@dataclass(slots=True)
class _Rights:
    """What is known of rights, users and rules until one of them changes."""

    acl: dict[str, list[Grant]] = field(default_factory=dict)
    """By model, the group (None: everybody) and the operations of each access right."""
    rules: dict[str, list[Rule]] = field(default_factory=dict)
    groups: dict[int, frozenset[int]] = field(default_factory=dict)
    """By user, the groups with all they imply."""
    allowed: dict[tuple[int, str, str], bool] = field(default_factory=dict)
    domains: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    specs: dict[tuple[int, str], bool] = field(default_factory=dict)


class Access(AccessPolicy):
    """The policy of one database; caches until `changed` (by a transaction, others see it after its commit)."""

    def __init__(self) -> None:
        super().__init__()
        self._shared = _Rights()

    # ---------------------------------------------------------------- what the ORM asks

    def check(self, model: Recordset, operation: str) -> None:
        """Raise AccessError where no access right of the user's groups allows the operation."""
        if not self.allows(model, operation):
            raise self.denial(model, operation)

    def allows(self, model: Recordset, operation: str) -> bool:
        """Whether an access right of the user's groups allows the operation."""
        env = model.env
        if env.su:
            return True
        rights = self._rights(env)
        key = (env.uid, model._name, operation)
        if key not in rights.allowed:
            assert operation in OPERATIONS, "Invalid access mode"
            rights.allowed[key] = self._allows(env, rights, model._name, operation)
        return rights.allowed[key]

    def rule_domain(self, model: Recordset, operation: str) -> Any:
        """The domain of the record rules that bind the user, None without any."""
        env = model.env
        if env.su:
            return None
        rights = self._rights(env)
        companies = env.context.get("allowed_company_ids") or ()
        key = (env.uid, model._name, operation, tuple(companies))
        if key not in rights.domains:
            rights.domains[key] = self._domain(env, model, operation)
        return rights.domains[key]

    def forbidden(self, records: Recordset, operation: str) -> Recordset:
        """Those of the records a rule, or the model itself, keeps from the user; MissingError if one does not exist."""
        if records.env.su or not records.ids:
            return records.browse()
        domain = self.rule_domain(records, operation)
        if domain is None:
            return self._kept(records, operation)
        everything: Recordset = records.sudo().with_context(active_test=False)
        missing = everything.browse(records.ids) - everything.exists()
        if missing:
            raise MissingError(
                f"Record does not exist or has been deleted.\n(Record: {missing[:1]!r}, User: {records.env.uid})"
            )
        hidden = records.browse((everything - everything.filtered_domain(domain)).ids)
        return hidden | self._kept(records, operation)

    @staticmethod
    def _kept(records: Recordset, operation: str) -> Recordset:
        kept: Recordset = records._kept_from_user(operation)
        return kept

    def check_rules(self, records: Recordset, operation: str) -> None:
        """Raise AccessError where a record rule forbids the operation on one of the records."""
        if hidden := self.forbidden(records, operation):
            raise self.rule_denial(hidden, operation)

    def field_allowed(self, model: Recordset, field: Field) -> bool:
        """Whether the field's groups let the user see and set it."""
        return not field.groups or model.env.su or self.in_groups(model.env, model.env.uid, field.groups)

    # ---------------------------------------------------------------- groups

    def groups(self, env: Environment, uid: int) -> frozenset[int]:
        """Ids of the user's groups with all they imply."""
        rights = self._rights(env)
        if uid not in rights.groups:
            user = env(user=uid, su=True, context={})["res.users"].browse(uid)
            rights.groups[uid] = frozenset(user.all_group_ids.ids)
        return rights.groups[uid]

    def in_group(self, env: Environment, uid: int, xmlid: str) -> bool:
        """Whether the user is in the group; in `base.group_no_one` only with debug mode on, which no API call has."""
        if xmlid == "base.group_no_one" or "." not in xmlid:
            return False
        group = env.ref(xmlid, raise_if_not_found=False)
        return group is not None and group._name == "res.groups" and group.id in self.groups(env, uid)

    def in_groups(self, env: Environment, uid: int, spec: str) -> bool:
        """Whether the user is in one of the groups of "a.b,c.d,!e.f" and in none of those after an exclamation mark."""
        rights = self._rights(env)
        if (uid, spec) not in rights.specs:
            rights.specs[uid, spec] = self._in_groups(env, uid, spec)
        return rights.specs[uid, spec]

    def _in_groups(self, env: Environment, uid: int, spec: str) -> bool:
        if spec == NOBODY:
            return False
        names = [name.strip() for name in spec.split(",")]
        refused = [name[1:] for name in names if name.startswith("!")]
        wanted = [name for name in names if not name.startswith("!")]
        if any(self.in_group(env, uid, name) for name in refused):
            return False
        return not wanted or any(self.in_group(env, uid, name) for name in wanted)

    # ---------------------------------------------------------------- refusals

    def groups_with_access(self, env: Environment, model: str, operation: str) -> list[str]:
        """Names ("Privilege/Group") of the groups with the right, once per access right, those of no privilege last."""
        grants = self._grants(env, self._rights(env), model)
        ids = [group for group, operations in grants if group is not None and operation in operations]
        records = env(su=True, context={})["res.groups"].browse(ids)
        names = [(not group.privilege_id, group.privilege_id.name or "", group.name) for group in records]
        return [f"{privilege}/{name}" if privilege else name for _last, privilege, name in sorted(names)]

    def denial(self, model: Recordset, operation: str) -> AccessError:
        """The error of a missing access right."""
        names = self.groups_with_access(model.env, model._name, operation)
        lines = "".join(f"\n\t- {name}" for name in names)
        who = f"This operation is allowed for the following groups:{lines}"
        return AccessError(
            f"You are not allowed to {_VERBS[operation]} '{model._description}' ({model._name}) records.\n\n"
            f"{who if names else 'No group currently allows this operation.'}\n\n"
            "Contact your administrator to request access if necessary."
        )

    def rule_denial(self, records: Recordset, operation: str) -> AccessError:
        """The error of a record rule, with a hint at the company where a rule on companies is what fails."""
        user = records.env.user
        names = {"user": user.name, "uid": user.id, "operation": operation}
        message = _HIDDEN.format(**names, label=records._description, model=records._name)
        if not any("company_id" in rule.source for rule in self._failing(records, operation)):
            return AccessError(message)
        return _with_company_hint(message, records)

    def field_denial(self, model: Recordset, field: Field, operation: str) -> AccessError:
        """The error of a field whose groups the user is not in."""
        return AccessError(
            f'You do not have enough rights to access the field "{field.name}" on {model._description} '
            f"({model._name}). Please contact your system administrator.\n\n"
            f"Operation: {operation}\nUser: {model.env.uid}\nGroups: {self._spec_words(model.env, field.groups or '')}"
        )

    def _spec_words(self, env: Environment, spec: str) -> str:
        if spec == NOBODY:
            return "always forbidden"
        names: dict[bool, list[str]] = {False: [], True: []}
        for xmlid in spec.split(","):
            group = env(su=True, context={}).ref(xmlid.strip().lstrip("!"), raise_if_not_found=False)
            if group is not None:
                names[xmlid.strip().startswith("!")].append(f"'{group.display_name}'")
        parts = [f"{word} for groups {', '.join(names[key])}" for key, word in _SPEC_WORDS.items() if names[key]]
        return " and ".join(parts)

    # ---------------------------------------------------------------- what is kept

    def changed(self, env: Environment, what: str = "users") -> None:
        """Forget what was known: in this transaction "acl", "rules", or "users", groups and companies have changed."""
        now = self._rights(env)
        fresh = _Rights({} if what == "acl" else dict(now.acl), {} if what == "rules" else dict(now.rules))
        env.transaction.rights = fresh
        env.transaction.overtakes = True
        env.after_commit(lambda: self._publish(fresh))

    def _publish(self, rights: _Rights) -> None:
        """What a committed transaction knew of access rights and rules is what all know from now on."""
        self._shared = _Rights(rights.acl, rights.rules)
        super().reset()

    def reset(self) -> None:
        """Forget what was known, for all later transactions."""
        self._shared = _Rights()
        super().reset()

    def _rights(self, env: Environment) -> _Rights:
        rights: _Rights = env.transaction.rights or self._shared
        return rights

    def _allows(self, env: Environment, rights: _Rights, model: str, operation: str) -> bool:
        mine = self.groups(env, env.uid)
        grants = self._grants(env, rights, model)
        return any((group is None or group in mine) and operation in operations for group, operations in grants)

    def _grants(self, env: Environment, rights: _Rights, model: str) -> list[Grant]:
        """The access rights on a model; one that only a class defines is open to the group it names."""
        if model not in rights.acl:
            rows = rows_of(env, "ir.model.access", model)
            rights.acl[model] = [(row.group_id.id or None, operations_of(row)) for row in rows]
            if model in env.registry and not env(su=True)["ir.model"]._id_of(model):
                rights.acl[model] = [(env.ref(env.registry[model]._open_to).id, frozenset(OPERATIONS))]
        return rights.acl[model]

    def _rules(self, env: Environment, rights: _Rights, model: str) -> list[Rule]:
        if model not in rights.rules:
            rights.rules[model] = [rule_of(row) for row in rows_of(env, "ir.rule", model)]
        return rights.rules[model]

    def applying(self, env: Environment, model: str, operation: str) -> list[Rule]:
        """The record rules on a model that bind the user, those of its `_inherits` parents not among them."""
        rules = self._rules(env, self._rights(env), model)
        mine = self.groups(env, env.uid)
        return [rule for rule in rules if operation in rule.operations and (not rule.groups or rule.groups & mine)]

    def _domain(self, env: Environment, model: Recordset, operation: str) -> Any:
        """Global rules and inherited ones all bind, of the group rules one is enough."""
        rules = self.applying(env, model._name, operation)
        parts = [evaluated(env, rule) for rule in rules if not rule.groups]
        if either := [evaluated(env, rule) for rule in rules if rule.groups]:
            parts.append(joined("|", either))
        for parent, link in model._inherits.items():
            inherited = self._domain(env, env[parent], operation)
            if inherited:
                parts.append([(link, "any", inherited)])
        parts = [part for part in parts if part]
        return joined("&", parts) if parts else None

    def _failing(self, records: Recordset, operation: str) -> list[Rule]:
        env, everything = records.env, records.sudo().with_context(active_test=False)
        rules = self.applying(env, records._name, operation)

        def fails(domain: Any) -> bool:
            return len(everything.filtered_domain(domain)) < len(everything)

        grouped = [rule for rule in rules if rule.groups]
        found = [rule for rule in rules if not rule.groups and fails(evaluated(env, rule))]
        if grouped and fails(joined("|", [evaluated(env, rule) for rule in grouped])):
            found += grouped
        return found


_SPEC_WORDS = {False: "allowed", True: "forbidden"}


def _with_company_hint(message: str, records: Recordset) -> AccessError:
    everything = records.sudo()
    companies = everything.mapped("company_id") if "company_id" in records._fields else None
    if not companies:
        return AccessError(message)
    if len(companies) > 1:
        message += (
            "\n\nNote: this might be a multi-company issue. Switching company may help - in Odoo, not in real life!"
        )
        return AccessError(message)
    if companies not in records.env.user.company_ids:
        return AccessError(
            f"{message}{_COMPANY_ISSUE}but you do not have access to the proper company to access the record anyhow."
        )
    error = AccessError(
        f"{message}{_COMPANY_ISSUE}you might be able to access the record by switching to the company: "
        f"{companies.display_name}."
    )
    error.context["suggested_company"] = {"id": companies.id, "display_name": companies.display_name}
    return error
