"""Domains read from lists, combine, and refuse what Odoo 19 refuses, in its words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fauxdoo.mockserver.orm.domain import FALSE_DOMAIN, TRUE_DOMAIN, Condition, Domain

A, B, C, D = (("a", "=", 1), ("b", "=", 2), ("c", "=", 3), ("d", "=", 4))
NOT_A, NOT_B = ("a", "!=", 1), ("b", "!=", 2)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ([], [(1, "=", 1)]),
        (True, [(1, "=", 1)]),
        (False, [(0, "=", 1)]),
        ([A], [A]),
        (list(map(list, [A, B])), ["&", A, B]),
        ((A, B), ["&", A, B]),
        (["|", A, B], ["|", A, B]),
        (["|", A, "&", B, C], ["|", A, "&", B, C]),
        (["|", "|", A, B, C], ["|", "|", A, B, C]),
        (["|", A, "|", B, C], ["|", "|", A, B, C]),
        (["|", A, B, C], ["&", "|", A, B, C]),
        ([A, "|", B, C, D], ["&", "&", A, "|", B, C, D]),
        (["!", A], [NOT_A]),
        (["!", "!", A], [A]),
        (["!", "&", A, B], ["|", NOT_A, NOT_B]),
        (["!", "|", A, B], ["&", NOT_A, NOT_B]),
        (["!", ("a", "<", 1)], ["!", ("a", "<", 1)]),
        (["!", ("a.b", "=", 1)], ["!", ("a.b", "=", 1)]),
        (["!", "!", ("a", "<", 1)], [("a", "<", 1)]),
        ([("a", "ILIKE", "x")], [("a", "ilike", "x")]),
        ([("a", "=", None)], [("a", "=", False)]),
        ([(1, "=", 1), A], [A]),
        ([(0, "=", 1), A], [(0, "=", 1)]),
        (["|", (1, "=", 1), A], [(1, "=", 1)]),
        (["|", [0, "=", 1], A], [A]),
        (["!", (1, "=", 1)], [(0, "=", 1)]),
        ([(True, "=", True)], [(1, "=", 1)]),
        ([(1.0, "=", 1.0)], [(1, "=", 1)]),
        ([Domain("a", "=", 1), B], ["&", A, B]),
    ],
)
def test_reading(given: Any, read: list[Any]) -> None:
    """Prefix notation becomes a flat tree: implicit and, negation down to the leaves, constants folded away."""
    assert list(Domain(given)) == read


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        (None, TypeError, "Domain() invalid argument type for domain: None"),
        ("name = x", TypeError, "Domain() invalid argument type for domain: 'name = x'"),
        ({}, TypeError, "Domain() invalid argument type for domain: {}"),
        (0, TypeError, "Domain() invalid argument type for domain: 0"),
        (["|", A], ValueError, "Domain() malformed domain ['|', ('a', '=', 1)]"),
        (["!"], ValueError, "Domain() malformed domain ['!']"),
        ([["name", "="]], ValueError, "Domain() invalid item in domain: ['name', '=']"),
        ([[]], ValueError, "Domain() invalid item in domain: []"),
        ([[["a", "=", 1]]], ValueError, "Domain() invalid item in domain: [['a', '=', 1]]"),
        (["name", "=", "x"], ValueError, "Domain() invalid item in domain: 'x'"),
        ([["!", ["a", "=", 1]]], ValueError, "Domain() invalid item in domain: ['!', ['a', '=', 1]]"),
        ([["&", ["a", "=", 1], ["b", "=", 1]]], TypeError, "unhashable type: 'list'"),
        ([[1, "=", 0]], TypeError, "Domain() invalid arguments: (1, '=', 0)"),
        ([[2, "=", 2]], TypeError, "Domain() invalid arguments: (2, '=', 2)"),
        ([[None, "=", 2]], TypeError, "Domain() invalid arguments: (None, '=', 2)"),
        ([[["name"], "=", 2]], TypeError, "Domain() invalid arguments: (['name'], '=', 2)"),
        ([["", "=", 2]], TypeError, "Empty field name in condition ('', '=', 2)"),
        ([["name", "~", "x"]], ValueError, "Invalid operator in condition ('name', '~', 'x')"),
        ([["name", "LIKES", None]], ValueError, "Invalid operator in condition ('name', 'likes', None)"),
        ([["name", None, "x"]], AttributeError, "'NoneType' object has no attribute 'lower'"),
        ([["name", "not child_of", 5]], ValueError, "Invalid operator in condition ('name', 'not child_of', 5)"),
        ([["name", "any!", []]], ValueError, "Domain() invalid item in domain: ['name', 'any!', []]"),
    ],
)
def test_refusals(given: Any, error: type[Exception], message: str) -> None:
    """What is no domain is refused with Odoo's class and text."""
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        Domain(given)


def test_constants() -> None:
    """There is one true and one false domain."""
    assert Domain([]) is Domain(True) is TRUE_DOMAIN is Domain.TRUE
    assert Domain(False) is FALSE_DOMAIN is Domain.FALSE
    assert TRUE_DOMAIN.is_true()
    assert FALSE_DOMAIN.is_false()
    assert ~TRUE_DOMAIN is FALSE_DOMAIN


def test_algebra() -> None:
    """Domains combine by operators and by AND and OR."""
    a, b = Domain("a", "=", 1), Domain("b", "=", 2)
    assert list(a & b) == list(Domain.AND([a, b])) == ["&", A, B]
    assert list(a | [B]) == list(Domain.OR([a, [B]])) == ["|", A, B]
    assert list(~(a & b)) == ["|", NOT_A, NOT_B]
    assert Domain.AND([]) is TRUE_DOMAIN
    assert Domain.OR([]) is FALSE_DOMAIN
    assert a & False is FALSE_DOMAIN
    assert a | True is TRUE_DOMAIN
    assert a == Domain([A]) != b


def test_conditions() -> None:
    """The leaves of a domain can be gone through; those inside `any` are not among them."""
    domain = Domain(["|", A, "!", ("b", "<", 2), ("c", "any", [D])])
    assert [leaf.field_expr for leaf in domain.conditions()] == ["a", "b", "c"]


def test_search_methods_may_skip_access_rights() -> None:
    """`any!` is for the domains that code makes, not for those of callers."""
    domain = Domain.internal([("a", "any!", [])])
    assert isinstance(domain, Condition)
    assert domain.operator == "any!"


def test_many_leaves() -> None:
    """Tens of thousands of leaves under nested operators are read in linear time."""
    domain = Domain(["|"] * 19_999 + [("a", "=", number) for number in range(20_000)])
    assert sum(1 for _leaf in domain.conditions()) == 20_000
