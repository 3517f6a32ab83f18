"""Who may do what: access rights, record rules, fields kept to groups, and why a record is out of reach."""

from __future__ import annotations

from fauxdoo.mockserver.access.explaining import Explanation, Reason, explain
from fauxdoo.mockserver.access.policy import Access
from fauxdoo.mockserver.access.rules import OPERATIONS, Rule

__all__ = ["OPERATIONS", "Access", "Explanation", "Reason", "Rule", "explain"]
