package org.tallystick.privacy;

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
import org.tallystick.idempotency.KeyIgnored;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /registrations/{registration}/dossier/export}: for a party that has asked on paper. */
@Path("/registrations/{registration}/dossier/export")
@RequestScoped
public class StaffExportResource {
  private static final int MAX_REASON = 500;

  @EJB Exports exports;
  @Inject CurrentActor actor;

  /** Makes an export: {@code {reason}}; that and who it was are recorded. */
  @POST
  @KeyIgnored
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces("application/zip")
  @StaffRole(Role.CLERK)
  public Response make(@PathParam("registration") String registration, StrictJson body) {
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    return exports
        .make(actor.get(), registration, reason)
        .map(ExportAnswer::of)
        .orElseGet(Problem.NOT_FOUND::response);
  }
}
