"""What the ORM asks about rights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.orm.reads import Reads

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.fields.base import Field
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["AccessPolicy"]


class AccessPolicy:
    """What the ORM asks before it shows or changes records. This one keeps nobody from anything: it serves tests of
    the ORM alone; `mockserver.access` derives the real one."""

    def __init__(self) -> None:
        self.compiled: dict[int, tuple[Any, Any]] = {}
        """By the id of a rule's domain: that domain and its SQL, for the compiler to keep."""
        self.reads = Reads()
        """What is known of reads that came before; another object as soon as rights or rules have changed."""

    def check(self, model: Recordset, operation: str) -> None:
        """Raise AccessError where no access right of the user's groups allows the operation."""

    def allows(self, model: Recordset, operation: str) -> bool:
        """Whether an access right of the user's groups allows the operation."""
        return True

    def rule_domain(self, model: Recordset, operation: str) -> Any:
        """The domain of the record rules that bind the user, None without any."""
        return None

    def forbidden(self, records: Recordset, operation: str) -> Recordset:
        """Those of the records a record rule, or the model itself, keeps from the user."""
        return records.browse()

    def check_rules(self, records: Recordset, operation: str) -> None:
        """Raise AccessError where a record rule forbids the operation on one of the records."""

    def field_allowed(self, model: Recordset, field: Field) -> bool:
        """Whether the field's groups let the user see and set it."""
        return True

    def field_denial(self, model: Recordset, field: Field, operation: str) -> AccessError:
        """The error of a field whose groups the user is not in."""
        return AccessError(f'You do not have enough rights to access the field "{field.name}"')

    def in_group(self, env: Environment, uid: int, xmlid: str) -> bool:
        """Whether the user is in the group."""
        return True

    def in_groups(self, env: Environment, uid: int, spec: str) -> bool:
        """Whether the user is in one of the groups of "a.b,c.d,!e.f" and in none of those after an exclamation mark."""
        return True

    def groups_with_access(self, env: Environment, model: str, operation: str) -> list[str]:
        """Names ("Privilege/Group") of the groups with the right."""
        return []

    def changed(self, env: Environment, what: str = "users") -> None:
        """Forget what was known: in this transaction "acl", "rules", or "users", groups and companies have changed."""

    def reset(self) -> None:
        """Forget what was known, for all later transactions."""
        self.compiled.clear()
        self.reads = Reads()
