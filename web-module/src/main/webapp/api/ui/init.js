// Shows this server's own document. No other host is asked: no validator badge, no remote configuration.
SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#ui",
  deepLinking: true,
  validatorUrl: null,
  queryConfigEnabled: false,
  persistAuthorization: false,
  docExpansion: "list",
  presets: [SwaggerUIBundle.presets.apis],
});
