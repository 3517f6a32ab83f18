"""Grouped reads: rows counted and summed per value of a field, in SQL."""

from fauxdoo.mockserver.orm.groupby.aggregates import Aggregate
from fauxdoo.mockserver.orm.groupby.filling import filled
from fauxdoo.mockserver.orm.groupby.groups import Group
from fauxdoo.mockserver.orm.groupby.query import Grouping

__all__ = ["Aggregate", "Group", "Grouping", "filled"]
