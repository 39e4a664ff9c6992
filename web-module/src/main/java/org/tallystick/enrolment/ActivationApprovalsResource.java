package org.tallystick.enrolment;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /registrations/{registration}/activation-approvals}: the staff allow a further device. */
@Path("/registrations/{registration}/activation-approvals")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ActivationApprovalsResource {
  @EJB Activations activations;
  @Inject CurrentActor actor;

  /** Allows one activation more, within a day: {@code {expiresAt}}. */
  @POST
  @StaffRole(Role.APPROVER)
  public Response allow(@PathParam("registration") String registration) {
    return activations
        .allow(actor.get(), registration)
        .map(until -> Response.status(Response.Status.CREATED).entity(new Allowed(until)).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /**
   * An approval as it is shown.
   *
   * @param expiresAt until when it may be used
   */
  public record Allowed(OffsetDateTime expiresAt) {}
}
