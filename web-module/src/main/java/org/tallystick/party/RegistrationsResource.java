package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.PageSize;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.RateLimited;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /registrations}: anyone applies, the staff lists. */
@Path("/registrations")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class RegistrationsResource {
  private static final int MAX_INSTITUTION = 22;

  @EJB Registrations registrations;
  @Inject CurrentActor actor;

  /** Applies; answers with the registration and the party token, which is shown only here. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RateLimited
  public Response register(StrictJson body) {
    Application application = ApplicationBody.read(body);
    @Nullable String institution = body.optionalText("institution", MAX_INSTITUTION).orElse(null);
    body.end();
    ApplicationOutcome outcome =
        institution == null
            ? registrations.register(application)
            : registrations.register(application, institution);
    if (outcome instanceof Registered registered) {
      return Response.created(URI.create("registrations/" + registered.registration()))
          .entity(registered)
          .build();
    }
    return outcome instanceof ApplicationOutcome.InstitutionNotOpen
        ? Problem.INSTITUTION_NOT_OPEN.response()
        : Problem.NAME_CONFUSABLE.response();
  }

  /** Registrations in a state, oldest first. */
  @GET
  @StaffRole({Role.CLERK, Role.APPROVER})
  public Response page(
      @QueryParam("state") @DefaultValue("APPLIED") String state,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    Optional<RegistrationState> wanted = state(state);
    if (wanted.isEmpty()) {
      return Problem.BAD_REQUEST.response();
    }
    return Response.ok(
            registrations.page(
                actor.get(), wanted.get(), Optional.ofNullable(after), PageSize.of(limit)))
        .build();
  }

  private static Optional<RegistrationState> state(String text) {
    for (RegistrationState state : RegistrationState.values()) {
      if (state.name().equals(text)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
