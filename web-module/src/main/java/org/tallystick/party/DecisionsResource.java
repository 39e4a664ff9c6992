package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.json.StrictJson;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /registrations/{registration}}: what the staff decides. */
@Path("/registrations/{registration}")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class DecisionsResource {
  private static final int MAX_REASON = 500;

  @EJB Decisions decisions;
  @Inject CurrentActor actor;

  /** Proposes approval, or confirms what another person has proposed: {@code {reason}}. */
  @POST
  @Path("/approval")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole({Role.CLERK, Role.APPROVER})
  public Response approve(@PathParam("registration") String registration, StrictJson body) {
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    return TransitionAnswer.of(decisions.approve(actor.get(), registration, reason));
  }

  /** Moves a registration: {@code {state, reason}}. */
  @POST
  @Path("/state")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.APPROVER)
  public Response move(@PathParam("registration") String registration, StrictJson body) {
    RegistrationState next = body.requireOneOf("state", RegistrationState.class);
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    return TransitionAnswer.of(decisions.move(actor.get(), registration, next, reason));
  }
}
