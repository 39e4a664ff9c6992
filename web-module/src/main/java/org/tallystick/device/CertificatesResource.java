package org.tallystick.device;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.codec.Base64Url;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.RateLimited;

/** {@code /certificates}: providers' devices renew what they show to payers. */
@Path("/certificates")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RateLimited
public class CertificatesResource {
  private static final int MAX_REQUEST = 512;

  @EJB Certificates certificates;

  /** Renews: {@code {request}}, signed by the device, gives {@code {certificate}}. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response renew(StrictJson body) {
    byte[] request = body.requireBytes("request", MAX_REQUEST);
    body.end();
    return certificates
        .renew(request)
        .map(sign1 -> Response.ok(new CertificateView(Base64Url.encode(sign1))).build())
        .orElseGet(Problem.NOT_PERMITTED::response);
  }

  /**
   * A certificate on its way to its device.
   *
   * @param certificate COSE_Sign1, base64url
   */
  public record CertificateView(String certificate) {}
}
