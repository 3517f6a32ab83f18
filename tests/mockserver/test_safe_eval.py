"""Evaluating Python that came as data."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.safe_eval import complaint, evaluate, execute


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[('color', '=', 1 + n)]", [("color", "=", 3)]),
        ("[x for x in [1, 2, 3] if x > n]", [3]),
        ("  (lambda a: a * 2)(n)\n", 4),
        ("'{}-{}'.format(n, 'b')", "2-b"),
        ("f'{n:03d}'", "002"),
        ("sorted({3, 1})", [1, 3]),
    ],
)
def test_expressions_know_the_given_names_and_harmless_builtins(text: str, value: Any) -> None:
    """An expression is evaluated with the names it is given."""
    assert evaluate(text, {"n": 2}) == value


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("time", ValueError, "NameError(\"name 'time' is not defined\") while evaluating\n'time'"),
        ("1 // 0", ZeroDivisionError, "integer division or modulo by zero"),
        ("().__class__", NameError, "Access to forbidden name '__class__' ('().__class__')"),
        ("open('x')", ValueError, "NameError(\"name 'open' is not defined\") while evaluating\n\"open('x')\""),
        ("[(", SyntaxError, "'(' was never closed (, line 1)"),
        ("(lambda: (yield))()", ValueError, "forbidden opcode(s) in '(lambda: (yield))()': YIELD_VALUE"),
    ],
)
def test_what_an_expression_may_not_do_raises_as_odoo_says(text: str, error: type[Exception], message: str) -> None:
    """Each refusal has Odoo's class and text."""
    with pytest.raises(error) as caught:
        evaluate(text)
    assert str(caught.value) == message


def test_attributes_are_not_reached_through_format() -> None:
    """A format string cannot read private attributes."""
    with pytest.raises(ValueError, match="forbidden name"):
        evaluate("'{0.__class__}'.format(1)")


def test_a_script_answers_the_names_it_bound() -> None:
    """Statements run, loops and functions work."""
    names = execute("total = 0\nfor i in range(4):\n    total += i\ndef double(n): return n * 2\nout = double(total)")
    assert names["out"] == 12


def test_an_endless_script_is_stopped() -> None:
    """A loop ends at the step limit, whatever it catches."""
    with pytest.raises(ValueError, match="more than 50 steps"):
        execute("while True:\n    try:\n        1 // 0\n    except:\n        pass", steps=50)


def test_errors_of_odoo_come_through_a_script() -> None:
    """`raise UserError(...)` in a script is that error."""
    with pytest.raises(UserError, match="no"):
        execute("raise UserError('no')", {"UserError": UserError})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("record.write({})", None),
        ("syntax error here(", "SyntaxError : '(' was never closed at line 1\nsyntax error here(\n"),
        ("import os", "forbidden opcode(s) in 'import os': IMPORT_NAME"),
        ("record.name = 1", "forbidden opcode(s) in 'record.name = 1': STORE_ATTR"),
        ("del record.name", "forbidden opcode(s) in 'del record.name': DELETE_ATTR"),
    ],
)
def test_the_check_of_a_script_says_what_is_wrong(text: str, message: str | None) -> None:
    """The complaint is what a real Odoo shows (recording config/cron-errors)."""
    assert complaint(text) == message
