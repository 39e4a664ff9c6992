package org.tallystick.staff;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.Limit;
import org.tallystick.ratelimit.RateLimited;

/** {@code /staff}: accounts of the staff and their passwords. */
@Path("/staff")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequestScoped
public class StaffResource {
  /** No colon: what stands before one in records is no member of the staff. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

  private static final int MAX_INSTITUTION = 22;

  @EJB StaffDesk desk;
  @Inject Tenants tenants;
  @Inject CurrentActor current;

  /** Opens an account: {@code {user, roles, institution}} gives {@code {user, oneTimePassword}}. */
  @POST
  @StaffRole(Role.ADMINISTRATOR)
  public Response open(StrictJson body) {
    String user = body.requireText("user", SessionsResource.MAX_USER);
    Set<Role> roles = body.requireSetOf("roles", Role.class);
    Optional<String> institution = body.optionalText("institution", MAX_INSTITUTION);
    body.end();
    if (!NAME.matcher(user).matches()) {
      return Problem.STAFF_NAME_NOT_VALID.response();
    }
    if (!StaffDesk.mayHave(roles, institution.isPresent())) {
      return Problem.ROLES_NOT_TOGETHER.response();
    }
    OptionalLong joined = institution.map(tenants::active).orElseGet(OptionalLong::empty);
    if (institution.isPresent() && joined.isEmpty()) {
      return Problem.INSTITUTION_NOT_OPEN.response();
    }
    @Nullable Long number = joined.isPresent() ? joined.getAsLong() : null;
    Optional<OpenedStaffAccount> opened = desk.open(current.get(), user, roles, number);
    return opened.isPresent()
        ? Response.status(Response.Status.CREATED).entity(opened.get()).build()
        : Problem.NAME_TAKEN.response();
  }

  /** Exchanges a password: {@code {user, password, newPassword}}. */
  @POST
  @Path("/password")
  @RateLimited(Limit.SIGN_IN)
  public Response choosePassword(StrictJson body) {
    String user = body.requireText("user", SessionsResource.MAX_USER);
    String password = body.requireSecret("password", SessionsResource.MAX_PASSWORD);
    String own = body.requireSecret("newPassword", SessionsResource.MAX_PASSWORD);
    body.end();
    return switch (desk.choosePassword(user, password, own)) {
      case CHANGED -> Response.noContent().build();
      case REFUSED -> Problem.NOT_AUTHENTICATED.response();
      case NOT_ACCEPTABLE -> Problem.PASSWORD_NOT_ACCEPTABLE.response();
    };
  }
}
