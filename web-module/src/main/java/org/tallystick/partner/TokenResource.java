package org.tallystick.partner;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallystick.json.StrictForm;
import org.tallystick.partner.TokenOutcome.Issued;
import org.tallystick.partner.TokenOutcome.NotProven;
import org.tallystick.ratelimit.Limit;
import org.tallystick.ratelimit.RateLimited;
import org.tallystick.staff.Scope;
import org.tallystick.tls.ClientCertificate;

/**
 * {@code /token}: a partner bank's program proves itself and gets an access token. Refusals are
 * OAuth's, not problem documents.
 *
 * <p>Source: RFC 6749, 4.4, 5.1 and 5.2; RFC 7523, 2.2; RFC 8705, 2.2.
 */
@Path("/token")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class TokenResource {
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final int MAX_SCOPE = 200;

  @EJB PartnerTokens tokens;
  @Inject ClientCertificate certificates;
  @Context HttpServletRequest request;

  /** Gives {@code {access_token, token_type, expires_in, scope}}. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RateLimited(Limit.TOKEN)
  public Response token(@Nullable StrictForm form) {
    if (form == null || !form.isWellFormed() || form.value("grant_type").isEmpty()) {
      return refused(Response.Status.BAD_REQUEST, "invalid_request");
    }
    if (!form.value("grant_type").get().equals("client_credentials")) {
      return refused(Response.Status.BAD_REQUEST, "unsupported_grant_type");
    }
    Optional<Set<Scope>> wanted = scopes(form.value("scope").orElse(""));
    if (wanted.isEmpty()) {
      return refused(Response.Status.BAD_REQUEST, "invalid_scope");
    }
    TokenOutcome outcome = outcome(form, wanted.get());
    if (outcome instanceof Issued issued) {
      return issued(issued);
    }
    return outcome instanceof NotProven
        ? refused(Response.Status.UNAUTHORIZED, "invalid_client")
        : refused(Response.Status.BAD_REQUEST, "invalid_scope");
  }

  private TokenOutcome outcome(StrictForm form, Set<Scope> wanted) {
    Optional<String> client = form.value("client_id");
    Optional<String> assertion = form.value("client_assertion");
    if (assertion.isPresent()) {
      return form.value("client_assertion_type").filter(ASSERTION_TYPE::equals).isPresent()
          ? AssertionReader.read(assertion.get())
              .filter(read -> client.isEmpty() || client.get().equals(read.claims().issuer()))
              .map(read -> tokens.issue(read, wanted))
              .orElseGet(NotProven::new)
          : new NotProven();
    }
    Optional<byte[]> certificate = certificates.hash(request);
    return client.isPresent() && certificate.isPresent()
        ? tokens.issue(client.get(), certificate.get(), wanted)
        : new NotProven();
  }

  /** Those of a list with blanks between; empty where one of them is unknown. */
  private static Optional<Set<Scope>> scopes(String list) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    if (list.isEmpty()) {
      return Optional.of(scopes);
    }
    if (list.length() > MAX_SCOPE) {
      return Optional.empty();
    }
    for (String text : list.split(" ", -1)) {
      Optional<Scope> scope = Scope.of(text);
      if (scope.isEmpty()) {
        return Optional.empty();
      }
      scopes.add(scope.get());
    }
    return Optional.of(scopes);
  }

  private static Response issued(Issued issued) {
    String scope =
        issued.scopes().stream().map(Scope::text).sorted().collect(Collectors.joining(" "));
    return Response.ok(
            Json.createObjectBuilder()
                .add("access_token", issued.token())
                .add("token_type", "Bearer")
                .add("expires_in", issued.lifeSeconds())
                .add("scope", scope)
                .build()
                .toString())
        .header("Pragma", "no-cache")
        .build();
  }

  private static Response refused(Response.Status status, String error) {
    return Response.status(status)
        .entity(Json.createObjectBuilder().add("error", error).build().toString())
        .header("Pragma", "no-cache")
        .build();
  }
}
