from urllib.request import Request, urlopen

import rating_card  # noqa: F401
import ratings

from fauxdoo.mockserver import FakeOdoo


def test_card_shows_stars():
    """The card of a rating has as many stars."""
    with FakeOdoo(extensions=[ratings]) as odoo:
        report = {"name": "Card", "model": "shop.rating", "report_name": "shop.card", "report_type": "qweb-pdf"}
        odoo.env["ir.actions.report"].create(report)
        product = odoo.env["product.product"].create({"name": "Bell"})
        rating = odoo.env["shop.rating"].create({"product_id": product.id, "stars": 4})
        key = {"Authorization": f"Bearer {odoo.api_key}"}
        page = urlopen(Request(f"{odoo.url}/report/html/shop.card/{rating.id}", headers=key)).read()
        assert b"<dd>****</dd>" in page
        assert urlopen(Request(f"{odoo.url}/report/pdf/shop.card/{rating.id}", headers=key)).read(5) == b"%PDF-"
