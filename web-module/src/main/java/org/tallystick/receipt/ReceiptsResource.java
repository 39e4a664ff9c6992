package org.tallystick.receipt;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.RateLimited;
import org.tallystick.staff.Identities;
import org.tallystick.staff.Role;

/**
 * {@code /receipts}: for the device that can make the receipt's token, and for auditors; to all
 * others no receipt exists.
 */
@Path("/receipts")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RateLimited
public class ReceiptsResource {
  private static final String TOKEN_SCHEME = "Receipt ";
  private static final String BEARER_SCHEME = "Bearer ";
  private static final int TOKEN_LENGTH = 16;

  @EJB Receipts receipts;
  @Inject Identities staff;

  /**
   * A receipt.
   *
   * @param receipt COSE_Sign1 by ES256, base64url
   * @param receipt2 COSE_Sign1 by ML-DSA-65, base64url; for a device of suite 2, else absent
   */
  public record View(String receipt, @Nullable String receipt2) {}

  /** The receipt with a number. */
  @GET
  @Path("/{number: [0-9A-HJKMNP-TV-Z]{16}}")
  public Response get(
      @PathParam("number") String number,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    return find(number, authorization == null ? "" : authorization)
        .map(signed -> Response.ok(view(signed)).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  private static View view(Receipts.Signed signed) {
    return new View(
        Base64Url.encode(signed.sign1()), signed.second().map(Base64Url::encode).orElse(null));
  }

  private Optional<Receipts.Signed> find(String number, String authorization) {
    if (authorization.startsWith(TOKEN_SCHEME)) {
      return token(authorization.substring(TOKEN_SCHEME.length()))
          .flatMap(token -> receipts.forToken(number, token));
    }
    if (authorization.startsWith(BEARER_SCHEME)) {
      return staff
          .actor(authorization.substring(BEARER_SCHEME.length()))
          .filter(actor -> actor.roles().contains(Role.AUDITOR))
          .flatMap(actor -> receipts.forAuditor(actor, number));
    }
    return Optional.empty();
  }

  private static Optional<byte[]> token(String text) {
    try {
      return Optional.of(Base64Url.decode(text)).filter(bytes -> bytes.length == TOKEN_LENGTH);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
  }
}
