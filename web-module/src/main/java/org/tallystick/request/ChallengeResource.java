package org.tallystick.request;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.codec.Base64Url;
import org.tallystick.http.Fresh;
import org.tallystick.ratelimit.RateLimited;

/** {@code /challenge}: what a device makes a request with. */
@Path("/challenge")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RateLimited
public class ChallengeResource {
  @Inject RequestDesk desk;

  /** A fresh challenge, good for ten minutes. */
  @GET
  @Fresh
  public Response challenge() {
    return Response.ok(new ChallengeView(Base64Url.encode(desk.challenge()))).build();
  }

  /**
   * A challenge on its way to a device.
   *
   * @param challenge 32 bytes, base64url
   */
  public record ChallengeView(String challenge) {}
}
