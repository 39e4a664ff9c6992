package org.tallystick.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /api/v1/openapi.json}: the document of this interface, as the build made it. */
@Path("/openapi.json")
public class OpenApiResource {
  private static final String DOCUMENT = "/openapi/openapi.json";
  private static final int MAX_AGE_SECONDS = 3_600;

  /** OpenAPI 3.1. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response document() {
    try (InputStream document = OpenApiResource.class.getResourceAsStream(DOCUMENT)) {
      if (document == null) {
        throw new IllegalStateException("built without its document");
      }
      CacheControl hour = new CacheControl();
      hour.setMaxAge(MAX_AGE_SECONDS);
      return Response.ok(document.readAllBytes()).cacheControl(hour).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
