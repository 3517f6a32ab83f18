"""Sequences: counting, prefixes, date ranges."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import DatabaseError, UserError
from fauxdoo.mockserver.orm.environment import Environment


def _sequence(env: Environment, **values: Any) -> Any:
    return env["ir.sequence"].create([{"name": "S", "code": "seq", **values}])


def test_a_standard_sequence_counts_beside_its_start(env: Environment) -> None:
    """`number_next` stays, `number_next_actual` moves (recorded in config/sequence)."""
    sequence = _sequence(env, prefix="AB/", suffix="/Z", padding=4, number_increment=2)
    assert [env["ir.sequence"].next_by_code("seq") for _ in range(2)] == ["AB/0001/Z", "AB/0003/Z"]
    assert (sequence.number_next, sequence.number_next_actual) == (1, 5)
    sequence.write({"number_next_actual": 100})
    assert sequence.next_by_id() == "AB/0100/Z"


def test_a_sequence_without_gaps_counts_in_its_row(env: Environment) -> None:
    """Both numbers move together (recorded in config/sequence-no-gap)."""
    sequence = _sequence(env, implementation="no_gap", padding=2, number_next=7)
    assert sequence.next_by_id() == "07"
    assert (sequence.number_next, sequence.number_next_actual) == (8, 8)


@pytest.mark.parametrize(
    ("prefix", "number"),
    [
        ("%(year)s-%(month)s-%(day)s/", "2024-05-06/1"),
        ("%(y)s/%(doy)s/%(weekday)s/", "24/127/1/1"),
        ("%(range_year)s/", "2024/1"),
    ],
)
def test_prefixes_hold_parts_of_the_day(env: Environment, prefix: str, number: str) -> None:
    """The day comes from the context (recorded in config/sequence-dates)."""
    _sequence(env, prefix=prefix)
    assert env["ir.sequence"].with_context(ir_sequence_date="2024-05-06").next_by_code("seq") == number


def test_the_context_wins_over_the_argument(env: Environment) -> None:
    """As recorded in config/sequence-dates."""
    sequence = _sequence(env, prefix="%(year)s/").with_context(ir_sequence_date="2023-12-31")
    assert sequence.next_by_id("2022-02-03") == "2023/1"


def test_each_year_counts_for_itself(env: Environment) -> None:
    """With date ranges, one is made for every year (recorded in config/sequence-dates)."""
    sequence = _sequence(env, use_date_range=True, prefix="%(range_year)s/")
    assert [sequence.next_by_id(day) for day in ("2024-05-06", "2024-08-06", "2023-05-06")] == [
        "2024/1",
        "2024/2",
        "2023/1",
    ]
    first, second = sequence.date_range_ids.sorted("date_from")
    assert (str(first.date_from), str(second.date_to), second.number_next_actual) == ("2023-01-01", "2024-12-31", 3)


def test_a_prefix_nobody_knows_is_refused(env: Environment) -> None:
    """The error names the sequence."""
    with pytest.raises(UserError, match="Invalid prefix or suffix for sequence “S”"):
        _sequence(env, prefix="%(nonsense)s/").next_by_id()


def test_no_sequence_gives_no_number(env: Environment) -> None:
    """An unknown code is False, the empty recordset what PostgreSQL says (recorded in config/sequence-no-gap)."""
    assert env["ir.sequence"].next_by_code("nothing") is False
    with pytest.raises(DatabaseError, match="operator does not exist: integer = boolean") as caught:
        env["ir.sequence"].next_by_id()
    assert caught.value.name == "psycopg2.errors.UndefinedFunction"


@pytest.mark.parametrize(
    ("vals", "message"),
    [
        ({"number_next": -3}, r"START value \(-3\) cannot be less than MINVALUE \(1\)"),
        ({"number_increment": -1, "number_next": 5}, r"START value \(5\) cannot be greater than MAXVALUE \(-1\)"),
    ],
)
def test_a_standard_sequence_counts_as_the_databases(env: Environment, vals: dict[str, int], message: str) -> None:
    """Up from 1 or down from -1; one without gaps may start anywhere."""
    with pytest.raises(DatabaseError, match=message):
        env["ir.sequence"].create([{"name": "S", **vals}])
    assert env["ir.sequence"].create([{"name": "S", "implementation": "no_gap", **vals}])


def test_a_step_is_not_zero(env: Environment) -> None:
    """When it is changed."""
    sequence = env["ir.sequence"].create([{"name": "S"}])
    with pytest.raises(UserError, match="Step must not be zero."):
        sequence.write({"number_increment": 0})
    with pytest.raises(DatabaseError, match=r"RESTART value \(-1\)"):
        sequence.write({"number_next": -1})
