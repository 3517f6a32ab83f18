"""How the number of users goes over time: the shape that `FAUXDOO_LOAD_SHAPE` names, where Locust looks for it.

Without one Locust's own options `-u`, `-r` and `-t` hold.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from locust import LoadTestShape

__all__ = ["SHAPES", "stages"]

Stage = tuple[float, float]
"""Until which part of the time there are how many of the users, both from 0 to 1."""
SHAPES: dict[str, Sequence[Stage]] = {
    "smoke": ((1.0, 0.0),),
    "ramp": tuple((step / 20, step / 20) for step in range(1, 21)),
    "step": ((0.25, 0.25), (0.5, 0.5), (0.75, 0.75), (1.0, 1.0)),
    "spike": ((0.4, 0.1), (0.6, 1.0), (1.0, 0.1)),
    "soak": ((0.05, 0.5), (1.0, 1.0)),
}
"""`smoke` is one user for all of the time; `soak` is for long times."""


def stages(shape: str, users: int, seconds: float) -> list[tuple[float, int]]:
    """Until when there are how many users, at least one. Raises KeyError for an unknown shape."""
    return [(part * seconds, max(1, round(share * users))) for part, share in SHAPES[shape]]


if _named := os.environ.get("FAUXDOO_LOAD_SHAPE"):

    class Shape(LoadTestShape):
        """The shape that the environment names."""

        stages = stages(
            str(_named),
            int(os.environ.get("FAUXDOO_LOAD_USERS") or 10),
            float(os.environ.get("FAUXDOO_LOAD_SECONDS") or 60),
        )

        def tick(self) -> tuple[int, float] | None:
            """Users and how many start a second; None at the end."""
            passed = float(self.get_run_time())  # type: ignore[no-untyped-call]
            for until, users in self.stages:
                if passed < until:
                    return users, float(users)
            return None

    __all__ += ["Shape"]
