import hashlib
import hmac
import threading

from flask import Flask, jsonify, request
from werkzeug.serving import make_server

SECRET = "your_webhook_secret"
events = []
app = Flask(__name__)


@app.route("/odoo-webhook", methods=["POST"])
def handle_webhook():
    """What the guide shows: check the signature, then look at model and id."""
    expected = hmac.new(SECRET.encode(), request.get_data(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(request.headers.get("X-Odoo-Signature", ""), expected):
        return jsonify({"error": "Invalid signature"}), 401
    event = request.json
    if event.get("model") == "sale.order":
        events.append((event.get("id"), event))
    return jsonify({"status": "ok"}), 200


def test_orders_reach_the_shop(odoo):
    """The guide's receiver is told of a confirmed order, and takes nothing that is signed otherwise."""
    events.clear()
    server = make_server("127.0.0.1", 0, app)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/odoo-webhook"
    odoo.webhooks.register("sale.order", "write", url, secret=SECRET, fields=["name", "state"])
    odoo.webhooks.register("sale.order", "create", url, secret="another", fields=["name"])
    product = odoo.env["product.product"].create({"name": "Bell"})
    order = odoo.env["sale.order"].create({"partner_id": 3, "order_line": [(0, 0, {"product_id": product.id})]})
    order.action_confirm()
    odoo.webhooks.flush()
    server.shutdown()
    assert [(id, event["fields"]["state"]) for id, event in events] == [(order.id, "sale")]
    assert {each.status for each in odoo.webhooks.deliveries} == {200, 401}
