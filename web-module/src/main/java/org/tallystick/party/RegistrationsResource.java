package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.json.StrictJson;
import org.tallystick.party.TransitionOutcome.Moved;
import org.tallystick.party.TransitionOutcome.NameConfusable;
import org.tallystick.party.TransitionOutcome.NotPermitted;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.RateLimited;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /registrations}: anyone applies, the party looks, the staff decides. */
@Path("/registrations")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class RegistrationsResource {
  private static final int MAX_NAME = 128;
  private static final int MAX_PUBLIC = 64;
  private static final int MAX_EMAIL = 254;
  private static final int MAX_REASON = 500;
  private static final int MAX_PAGE = 200;

  @EJB Registrations registrations;
  @Inject CurrentActor actor;
  @Inject CurrentParty party;

  /** Applies; answers with the registration and the party token, which is shown only here. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RateLimited
  public Response register(StrictJson body) {
    PartyKind kind = body.requireOneOf("kind", PartyKind.class);
    PartyRole role = body.requireOneOf("role", PartyRole.class);
    String name = body.requireText("name", MAX_NAME);
    @Nullable String email = body.optionalText("email", MAX_EMAIL).orElse(null);
    @Nullable String displayName = null;
    @Nullable String place = null;
    if (role == PartyRole.PROVIDER) {
      displayName = body.requireText("displayName", MAX_PUBLIC);
      place = body.optionalText("place", MAX_PUBLIC).orElse(null);
    }
    body.end();
    ApplicationOutcome outcome =
        registrations.register(new Application(kind, role, name, displayName, place, email));
    return outcome instanceof Registered registered
        ? Response.created(URI.create("registrations/" + registered.registration()))
            .entity(registered)
            .build()
        : Problem.NAME_CONFUSABLE.response();
  }

  /** The party's own registration. */
  @GET
  @Path("/{registration}")
  @PartyToken
  public Response own(@PathParam("registration") String registration) {
    OwnRegistration own = OwnRegistration.of(party.get());
    return own.registration().equals(registration)
        ? Response.ok(own).build()
        : Problem.NOT_FOUND.response();
  }

  /** Registrations in a state, oldest first. */
  @GET
  @StaffRole({Role.CLERK, Role.APPROVER})
  public Response page(
      @QueryParam("state") @DefaultValue("APPLIED") String state,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    Optional<RegistrationState> wanted = state(state);
    Optional<Integer> size = pageSize(limit);
    if (wanted.isEmpty() || size.isEmpty()) {
      return Problem.BAD_REQUEST.response();
    }
    return Response.ok(
            registrations.page(actor.get(), wanted.get(), Optional.ofNullable(after), size.get()))
        .build();
  }

  /** Approves an application: {@code {reason}}. */
  @POST
  @Path("/{registration}/approval")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole({Role.CLERK, Role.APPROVER})
  public Response approve(@PathParam("registration") String registration, StrictJson body) {
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    return answer(registrations.approve(actor.get(), registration, reason));
  }

  /** Moves a registration: {@code {state, reason}}. */
  @POST
  @Path("/{registration}/state")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.APPROVER)
  public Response move(@PathParam("registration") String registration, StrictJson body) {
    RegistrationState next = body.requireOneOf("state", RegistrationState.class);
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    return answer(registrations.move(actor.get(), registration, next, reason));
  }

  private static Response answer(TransitionOutcome outcome) {
    if (outcome instanceof Moved moved) {
      return Response.ok(moved).build();
    }
    if (outcome instanceof NameConfusable) {
      return Problem.NAME_CONFUSABLE.response();
    }
    return outcome instanceof NotPermitted
        ? Problem.STATE_NOT_PERMITTED.response()
        : Problem.NOT_FOUND.response();
  }

  private static Optional<RegistrationState> state(String text) {
    for (RegistrationState state : RegistrationState.values()) {
      if (state.name().equals(text)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  private static Optional<Integer> pageSize(String text) {
    if (!text.matches("[1-9][0-9]{0,2}")) {
      return Optional.empty();
    }
    return Optional.of(Math.min(MAX_PAGE, Integer.parseInt(text)));
  }
}
