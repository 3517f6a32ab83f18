import xmlrpc.client


def test_order_arrives(odoo):
    """An order made over XML-RPC belongs to its customer."""
    common = xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/common")
    uid = common.authenticate(odoo.db, odoo.login, odoo.password, {})
    call = xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/object").execute_kw
    partner = call(odoo.db, uid, odoo.password, "res.partner", "create", [{"name": "Ada"}])
    order = call(odoo.db, uid, odoo.password, "sale.order", "create", [{"partner_id": partner}])
    assert odoo.env["sale.order"].browse(order).partner_id.name == "Ada"
