"""Units of measure."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def test_factors_multiply_up_to_the_reference(env: Environment) -> None:
    """And follow a change of any unit between (recorded in crud/uom)."""
    unit = env.ref("uom.product_uom_unit")
    box = env["uom.uom"].create([{"name": "box", "relative_factor": 12, "relative_uom_id": unit.id}])
    pallet = env["uom.uom"].create([{"name": "pal", "relative_factor": 10, "relative_uom_id": box.id}])
    assert pallet.factor == 120
    box.write({"relative_factor": 6})
    assert pallet.factor == 60
    assert box._compute_quantity(3, unit) == 18
    assert box._compute_price(12, unit) == 2


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({"relative_factor": 0}, ValidationError, "The conversion ratio for a unit of measure cannot be 0!"),
        ({"relative_factor": 3, "relative_uom_id": False}, UserError, "Reference unit of measure is missing."),
    ],
)
def test_factors_that_are_refused(
    env: Environment, values: dict[str, Any], error: type[Exception], message: str
) -> None:
    """Nothing, and a multiple of nothing."""
    unit = env.ref("uom.product_uom_unit")
    with pytest.raises(error) as caught:
        env["uom.uom"].create([{"name": "u", "relative_uom_id": unit.id, **values}])
    assert message in str(caught.value)


def test_a_negative_factor_is_taken(env: Environment) -> None:
    """As recorded in crud/uom."""
    unit = env.ref("uom.product_uom_unit")
    assert env["uom.uom"].create([{"name": "neg", "relative_factor": -1, "relative_uom_id": unit.id}]).factor == -1


def test_quantities_compare_when_rounded(env: Environment) -> None:
    """To two decimals, half up."""
    unit = env.ref("uom.product_uom_unit")
    assert (unit.round(1.005), unit.compare(1.001, 1.0), unit.is_zero(0.004)) == (1.01, 0, True)
