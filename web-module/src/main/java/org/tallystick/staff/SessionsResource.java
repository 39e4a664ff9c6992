package org.tallystick.staff;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.Limit;
import org.tallystick.ratelimit.RateLimited;
import org.tallystick.staff.SignInOutcome.ChoosePasswordFirst;
import org.tallystick.staff.SignInOutcome.SignedIn;

/** {@code /sessions}: staff sign in and out. */
@Path("/sessions")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class SessionsResource {
  static final int MAX_USER = 64;
  static final int MAX_PASSWORD = 128;

  @EJB StaffDesk desk;
  @EJB StaffRegister register;

  /** Signs in: {@code {user, password}} gives {@code {token, expiresAt}}. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RateLimited(Limit.SIGN_IN)
  public Response signIn(StrictJson body) {
    String user = body.requireText("user", MAX_USER);
    String password = body.requireSecret("password", MAX_PASSWORD);
    body.end();
    SignInOutcome outcome = desk.signIn(user, password);
    if (outcome instanceof SignedIn signedIn) {
      return Response.status(Response.Status.CREATED).entity(signedIn).build();
    }
    return outcome instanceof ChoosePasswordFirst
        ? Problem.PASSWORD_CHOICE_REQUIRED.response()
        : Problem.NOT_AUTHENTICATED.response();
  }

  /** Signs out. */
  @DELETE
  @Path("/current")
  @StaffRole
  public Response signOut(@Context ContainerRequestContext request) {
    Bearer.token(request).ifPresent(register::endSession);
    return Response.noContent().build();
  }
}
