package org.tallystick.staff;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.PageSize;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;

/** {@code /staff/accounts}: administrators look after accounts, auditors look. */
@Path("/staff/accounts")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class StaffAccountsResource {
  private static final int MAX_REASON = 500;

  @EJB StaffAccounts accounts;
  @EJB StaffDesk desk;
  @Inject CurrentActor current;

  /** What a change has come to. */
  public record Changed(StaffAccounts.Outcome outcome) {}

  /** Accounts, eldest first. */
  @GET
  @StaffRole({Role.ADMINISTRATOR, Role.AUDITOR})
  public Response page(
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    return Response.ok(accounts.page(current.get(), Optional.ofNullable(after), PageSize.of(limit)))
        .build();
  }

  /** One account. */
  @GET
  @Path("/{user}")
  @StaffRole({Role.ADMINISTRATOR, Role.AUDITOR})
  public Response one(@PathParam("user") String user) {
    return accounts
        .one(current.get(), user)
        .map(view -> Response.ok(view).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** What was done to an account, eldest first. */
  @GET
  @Path("/{user}/changes")
  @StaffRole({Role.ADMINISTRATOR, Role.AUDITOR})
  public Response changes(
      @PathParam("user") String user,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    return accounts
        .changes(current.get(), user, Optional.ofNullable(after), PageSize.of(limit))
        .map(page -> Response.ok(page).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Sets what a member may do: {@code {roles, reason}}. */
  @PUT
  @Path("/{user}/roles")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.ADMINISTRATOR)
  public Response changeRoles(@PathParam("user") String user, StrictJson body) {
    Set<Role> roles = body.requireSetOf("roles", Role.class);
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    return answer(accounts.changeRoles(current.get(), user, roles, reason));
  }

  /** Suspends, takes up again or closes an account: {@code {state, reason}}. */
  @POST
  @Path("/{user}/state")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.ADMINISTRATOR)
  public Response move(@PathParam("user") String user, StrictJson body) {
    StaffState next = body.requireOneOf("state", StaffState.class);
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    return answer(accounts.move(current.get(), user, next, reason));
  }

  /** Takes lost security keys away, once two persons have said so: {@code {reason}}. */
  @POST
  @Path("/{user}/recovery")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole({Role.ADMINISTRATOR, Role.APPROVER})
  public Response recover(@PathParam("user") String user, StrictJson body) {
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    return answer(accounts.recover(current.get(), user, reason));
  }

  /** Replaces a forgotten password, once two persons have said so: {@code {reason}}. */
  @POST
  @Path("/{user}/password-reset")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole({Role.ADMINISTRATOR, Role.APPROVER})
  public Response resetPassword(@PathParam("user") String user, StrictJson body) {
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    PasswordReset reset = desk.resetPassword(current.get(), user, reason);
    return reset.oneTimePassword() == null ? answer(reset.outcome()) : Response.ok(reset).build();
  }

  private static Response answer(StaffAccounts.Outcome outcome) {
    return switch (outcome) {
      case DONE, PROPOSED -> Response.ok(new Changed(outcome)).build();
      case NOT_FOUND -> Problem.NOT_FOUND.response();
      case OWN_ACCOUNT -> Problem.OWN_ACCOUNT.response();
      case LAST_ADMINISTRATOR -> Problem.LAST_ADMINISTRATOR.response();
      case STATE_NOT_PERMITTED -> Problem.STATE_NOT_PERMITTED.response();
      case ROLES_NOT_TOGETHER -> Problem.ROLES_NOT_TOGETHER.response();
      case SECOND_PERSON_NEEDED -> Problem.SECOND_PERSON_NEEDED.response();
    };
  }
}
