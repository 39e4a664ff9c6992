package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /screening}: how screening stands. */
@Path("/screening")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ScreeningResource {
  @EJB Overviews overviews;
  @Inject CurrentActor actor;

  /** Which lists are in force, whether the engine is built of them, and how many wait. */
  @GET
  @StaffRole({Role.CLERK, Role.APPROVER, Role.ADMINISTRATOR, Role.AUDITOR})
  public Response overview() {
    return Response.ok(OverviewView.of(overviews.now(actor.get()))).build();
  }
}
