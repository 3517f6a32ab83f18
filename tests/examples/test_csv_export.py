from urllib.request import Request, urlopen

import csv_export  # noqa: F401

from fauxdoo.mockserver import FakeOdoo


def test_languages_as_csv():
    """The new path answers to the owner of a key."""
    with FakeOdoo() as odoo:
        request = Request(f"{odoo.url}/csv/res.lang", headers={"Authorization": f"Bearer {odoo.api_key}"})
        assert urlopen(request).read() == b"1,English (US)\n"
