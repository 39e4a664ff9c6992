package org.tallystick.code;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.json.BodyLimit;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.RateLimited;

/** {@code /codes}: takes a code and says that it is on disk, never whether it is good. */
@Path("/codes")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RateLimited
public class CodesResource {
  private static final int MAX_BODY_BYTES = 16 * 1024;
  private static final String ACCEPTED = "{\"state\":\"ACCEPTED\"}";

  @Inject CodeIngress ingress;

  /** Takes {@code {"code": text}}. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response take(@BodyLimit(MAX_BODY_BYTES) StrictJson body) {
    String code = body.requireText("code", Code.MAX_LENGTH);
    body.end();
    return switch (ingress.take(code)) {
      case ACCEPTED -> Response.accepted(ACCEPTED).build();
      case MALFORMED -> Problem.MALFORMED_BODY.response("'code' must be a code");
      case UNAVAILABLE -> Problem.UNAVAILABLE.response();
    };
  }
}
