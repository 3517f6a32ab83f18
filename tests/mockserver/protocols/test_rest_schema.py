"""REST answers as its OpenAPI description says, whatever Schemathesis sends, with all of its checks on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo


def _models() -> list[str]:
    if not os.environ.get("FAUXDOO_ALL_MODELS"):
        return [*SIX]
    odoo = FakeOdoo()
    names = Client(odoo.wsgi_app).get("/api/openapi/models.json").json
    odoo.close()
    return names or []


SIX = ("res.partner", "product.product", "sale.order", "crm.lead", "project.task", "res.partner.category")
MODELS = _models()
"""`FAUXDOO_ALL_MODELS=1` (`tox -e rest`) takes all instead of six."""
EXPECTED = ["2xx", "3xx", "400", "401", "403", "404", "409", "412", "422", "429"]
"""What a request may get whose form is right: the schema cannot say which domains are complete (400), which values a
model refuses (422), and which version a record has (412)."""
QUICK = settings(
    max_examples=5,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A server that all of these requests share."""
    odoo = FakeOdoo()
    yield odoo
    odoo.close()


def _schema(odoo: FakeOdoo, model: str) -> Any:
    checks = {"positive_data_acceptance": {"expected-statuses": EXPECTED}}
    generation = {"with-security-parameters": False}  # the key is given below; another one would be overwritten
    config = schemathesis.Config.from_dict({"checks": checks, "generation": generation})
    return schemathesis.openapi.from_wsgi(f"/api/openapi.json?models={model}", odoo.wsgi_app, config=config)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
def test_every_operation(odoo: FakeOdoo, model: str, mode: GenerationMode) -> None:
    """Status, headers, content type and schema of every answer are described; what is not described is refused."""
    headers = {"Authorization": f"Bearer {odoo.api_key}"}
    for operation in _schema(odoo, model).get_all_operations():

        @QUICK
        @given(case=operation.ok().as_strategy(generation_mode=mode))
        def exchange(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=headers)

        with suppress(*[Unsatisfiable] * (mode is GenerationMode.NEGATIVE)):  # nothing to get wrong: GET /api
            exchange()
