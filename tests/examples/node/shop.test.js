"use strict";
// Run against a server that is up: FAUXDOO_URL=$(fauxdoo serve --json … | jq -r .url) node --test
const assert = require("node:assert");
const { after, beforeEach, test } = require("node:test");
const OdooAwait = require("odoo-await");

const url = new URL(process.env.FAUXDOO_URL || "http://127.0.0.1:8069");

/** Ask the admin API; its answers are JSON. */
async function fauxdoo(verb, path, body) {
  const headers = { "Content-Type": "application/json" };
  const reply = await fetch(new URL(`/_fauxdoo/${path}`, url), { method: verb, headers, body: JSON.stringify(body) });
  assert.ok(reply.ok, await reply.clone().text());
  return reply.json();
}

/** What the connector does: a customer and an order of theirs. */
async function importOrder(odoo, name, lines) {
  const partner = await odoo.create("res.partner", { name });
  const order = await odoo.create("sale.order", {
    partner_id: partner,
    order_line: lines.map(([product_id, product_uom_qty]) => [0, 0, { product_id, product_uom_qty }]),
  });
  await odoo.action("sale.order", "action_confirm", [order]);
  return order;
}

let access, odoo;
const made = [];

beforeEach(async () => {
  access = await fauxdoo("POST", "databases"); // fresh, and of this test alone
  made.push(access.db);
  odoo = new OdooAwait({ baseUrl: url.origin.replace(/:\d+$/, ""), port: Number(url.port), db: access.db,
    username: access.login, password: access.password });
  await odoo.connect();
});

after(async () => {
  for (const db of made) await fauxdoo("DELETE", `databases/${db}`);
});

test("an order arrives and is confirmed", async () => {
  const product = await odoo.create("product.product", { name: "Desk", list_price: 100 });
  const order = await importOrder(odoo, "Ada", [[product, 2]]);
  const [read] = await odoo.read("sale.order", [order], ["state", "partner_id"]);
  assert.equal(read.state, "sale");
  assert.equal(read.partner_id[1], "Ada");

  const steps = ["res.partner.create", "sale.order.create", "sale.order.action_confirm"];
  const sequence = await fauxdoo("POST", "verify/sequence", { db: access.db, calls: steps });
  assert.ok(sequence.ok, sequence.message);
  const once = await fauxdoo("POST", "verify", { db: access.db, model: "res.partner", method: "create", times: 1,
    arguments: { vals_list: { name: "Ada" } } });
  assert.ok(once.ok, once.message);
});

test("a wrong product is refused, and nothing stays", async () => {
  const before = await odoo.search("sale.order", {});
  await assert.rejects(importOrder(odoo, "Ada", [[999999, 1]]));
  assert.deepEqual(await odoo.search("sale.order", {}), before);

  const verdict = await fauxdoo("POST", "verify/no-errors", { db: access.db });
  assert.equal(verdict.ok, false);
  assert.match(verdict.message, /sale\.order\.create/);
});

test("a snapshot brings records back", async () => {
  const snapshot = await fauxdoo("POST", "snapshot", { db: access.db });
  const partner = await odoo.create("res.partner", { name: "Gone" });
  await fauxdoo("POST", "restore", { db: access.db, name: snapshot.name });
  assert.deepEqual(await odoo.search("res.partner", { id: partner }), []);
});
