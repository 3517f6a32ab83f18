import json
from urllib.request import Request, urlopen

from fauxdoo.mockserver import FakeOdoo


def test_partners_in_berlin():
    """JSON-2 finds the customers of a city in the demo company."""
    with FakeOdoo(demo=True) as odoo:
        question = {"domain": [["city", "=", "Berlin"], ["is_company", "=", True]], "fields": ["name"]}
        key = {"Authorization": f"Bearer {odoo.api_key}", "Content-Type": "application/json"}
        request = Request(f"{odoo.url}/json/2/res.partner/search_read", json.dumps(question).encode(), key)
        names = [partner["name"] for partner in json.load(urlopen(request))]
        assert names == ["Kettenhof Fahrradhandel GmbH"]
