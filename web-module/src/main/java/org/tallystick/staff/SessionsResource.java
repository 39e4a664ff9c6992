package org.tallystick.staff;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.Limit;
import org.tallystick.ratelimit.RateLimited;
import org.tallystick.staff.SignInOutcome.ChoosePasswordFirst;
import org.tallystick.staff.SignInOutcome.KeyNeeded;
import org.tallystick.staff.SignInOutcome.SignedIn;

/** {@code /sessions}: staff sign in and out. */
@Path("/sessions")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class SessionsResource {
  static final int MAX_USER = 64;
  static final int MAX_PASSWORD = 128;

  @EJB StaffDesk desk;
  @EJB StaffSessions sessions;
  @EJB StaffKeys keys;

  /** All own sessions. */
  public record Sessions(List<StaffSessions.View> sessions) {}

  /**
   * Signs in: {@code {user, password}} gives {@code {token, expiresAt}}, or {@code {publicKey}} for
   * who has a security key: what that has to sign.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RateLimited(Limit.SIGN_IN)
  public Response signIn(StrictJson body) {
    String user = body.requireText("user", MAX_USER);
    String password = body.requireSecret("password", MAX_PASSWORD);
    body.end();
    return answer(desk.signIn(user, password));
  }

  /** The second step: what the security key has signed gives {@code {token, expiresAt}}. */
  @POST
  @Path("/assertion")
  @Consumes(MediaType.APPLICATION_JSON)
  @RateLimited(Limit.SIGN_IN)
  public Response assertion(StrictJson body) {
    KeyCredential.Signed signed = KeyCredential.signed(body);
    return answer(
        keys.signIn(
            signed.id(),
            signed.userHandle().length == 0 ? null : signed.userHandle(),
            signed.clientDataJson(),
            signed.authenticatorData(),
            signed.signature()));
  }

  /** The own sessions, newest first. */
  @GET
  @StaffRole
  @WithoutSecurityKey
  public Response own(@Context HttpHeaders headers) {
    return Response.ok(new Sessions(sessions.own(token(headers)))).build();
  }

  /** Signs out everywhere. */
  @DELETE
  @StaffRole
  @WithoutSecurityKey
  public Response signOutEverywhere(@Context HttpHeaders headers) {
    sessions.endAll(token(headers));
    return Response.noContent().build();
  }

  /** Signs out. */
  @DELETE
  @Path("/current")
  @StaffRole
  @WithoutSecurityKey
  public Response signOut(@Context HttpHeaders headers) {
    sessions.endCurrent(token(headers));
    return Response.noContent().build();
  }

  /** Ends one of the own sessions. */
  @DELETE
  @Path("/{session}")
  @StaffRole
  @WithoutSecurityKey
  public Response end(@Context HttpHeaders headers, @PathParam("session") String session) {
    return sessions.end(token(headers), session)
        ? Response.noContent().build()
        : Problem.NOT_FOUND.response();
  }

  private static Response answer(SignInOutcome outcome) {
    if (outcome instanceof SignedIn signedIn) {
      return Response.status(Response.Status.CREATED).entity(signedIn).build();
    }
    if (outcome instanceof KeyNeeded needed) {
      return Response.status(Response.Status.CREATED).entity(KeyOptions.of(needed.asked())).build();
    }
    return outcome instanceof ChoosePasswordFirst
        ? Problem.PASSWORD_CHOICE_REQUIRED.response()
        : Problem.NOT_AUTHENTICATED.response();
  }

  private static String token(HttpHeaders headers) {
    return Bearer.token(headers).orElse("");
  }
}
