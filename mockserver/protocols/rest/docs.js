"use strict";

const asked = new URLSearchParams(location.search).get("models");
const models = asked || "res.partner,product.product,sale.order";
const description = "/api/openapi.json?models=" + encodeURIComponent(models);

document.getElementById("models").value = models;
document.getElementById("description").href = description;
fetch("/api/openapi/models.json")
  .then((answer) => answer.json())
  .then((names) => {
    for (const name of names) {
      document.getElementById("known").append(new Option(name, name));
    }
  });

SwaggerUIBundle({
  url: description,
  dom_id: "#swagger-ui",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  persistAuthorization: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
