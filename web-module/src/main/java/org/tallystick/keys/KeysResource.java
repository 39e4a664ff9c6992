package org.tallystick.keys;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.codec.Base64Url;
import org.tallystick.ratelimit.RateLimited;

/** {@code /keys}: the bank's public keys, signed by the root whose hash devices pin. */
@Path("/keys")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RateLimited
public class KeysResource {
  @EJB KeySets keySets;

  /** The newest key set. */
  @GET
  public Response keys() {
    PublishedKeys published = keySets.current();
    return Response.ok(
            new KeysView(Base64Url.encode(published.root()), Base64Url.encode(published.signed())))
        .build();
  }

  /**
   * The key set as devices get it; both in base64url.
   *
   * @param root public key
   * @param keys COSE_Sign1
   */
  public record KeysView(String root, String keys) {}
}
