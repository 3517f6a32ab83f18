import pytest
import requests


@pytest.mark.fauxdoo(validate=True)
def test_names_are_text(odoo):
    """A number for a name is stored, and noted."""
    headers = {"Authorization": f"Bearer {odoo.api_key}"}
    url = f"{odoo.url}/json/2/res.partner/create"
    assert requests.post(url, json={"vals_list": [{"name": 4711}]}, headers=headers).ok
    (violation,) = odoo.violations
    assert violation.pointer == "/arguments/vals_list/0/name"
    assert violation.reason == '4711 is not of types "null", "string"'
    odoo.violations.clear()
