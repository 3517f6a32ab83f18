"""Operators know their inverse, sets their members."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.orm.operators import INVERSE, NEGATIVE, OPERATORS, ValueSet, falsy_value


def test_inverse() -> None:
    """The inverse of the inverse is the operator itself, and exactly one of the two is negative."""
    for operator, inverse in INVERSE.items():
        assert INVERSE[inverse] == operator
        assert (operator in NEGATIVE) != (inverse in NEGATIVE)
        assert operator in OPERATORS


def test_value_set() -> None:
    """Values stay in their order, each once; as in any Python set 1 and True are one."""
    assert ValueSet(["b", "a", "b"]) == ("b", "a")
    assert ValueSet([1, True, 0, False]) == (1, 0)
    with pytest.raises(TypeError, match="unhashable type: 'dict'"):
        ValueSet([{}])


def test_falsy_values() -> None:
    """A number counts as unset when it is zero, a text when it is empty; ids, dates and links never do."""
    assert falsy_value("color", "integer") == 0
    assert falsy_value("name", "char") == ""
    assert falsy_value("id", "integer") is None
    assert falsy_value("date", "date") is None
