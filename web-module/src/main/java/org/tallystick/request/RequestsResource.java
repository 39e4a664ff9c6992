package org.tallystick.request;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.codec.Base64Url;
import org.tallystick.json.BodyLimit;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.RateLimited;

/**
 * {@code /requests}: takes a sealed request and gives its reply. Whoever sends another text of the
 * same shape gets as many bytes, and learns nothing.
 */
@Path("/requests")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RateLimited
public class RequestsResource {
  private static final int MAX_BODY_BYTES = 16 * 1024;

  @Inject RequestDesk desk;

  /** Takes {@code {"request": text}}. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response answer(@BodyLimit(MAX_BODY_BYTES) StrictJson body) {
    String request = body.requireText("request", SealedRequest.MAX_LENGTH);
    body.end();
    return desk.answer(request)
        .map(reply -> Response.ok(new ReplyView(Base64Url.encode(reply))).build())
        .orElseGet(() -> Problem.MALFORMED_BODY.response("'request' must be a request"));
  }

  /**
   * A reply on its way to its device.
   *
   * @param reply sealed, base64url
   */
  public record ReplyView(String reply) {}
}
