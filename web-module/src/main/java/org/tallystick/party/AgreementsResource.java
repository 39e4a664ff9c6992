package org.tallystick.party;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.codec.Base64Url;
import org.tallystick.problem.Problem;

/** {@code /agreements/{version}}: the text that parties agree to, and its hash. */
@Path("/agreements")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class AgreementsResource {
  /** One version. */
  @GET
  @Path("/{version: [1-9][0-9]{0,3}}")
  public Response agreement(@PathParam("version") int version) {
    return Agreement.of(version)
        .map(found -> Response.ok(view(found)).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  private static AgreementView view(Agreement agreement) {
    return new AgreementView(
        agreement.version(), agreement.text(), Base64Url.encode(agreement.hash()));
  }

  /**
   * An agreement as it is shown.
   *
   * @param version its number
   * @param text UTF-8 with line feeds
   * @param sha256 the hash of the text's bytes, base64url
   */
  public record AgreementView(int version, String text, String sha256) {}
}
