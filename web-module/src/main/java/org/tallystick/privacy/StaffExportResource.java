package org.tallystick.privacy;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.http.Fresh;
import org.tallystick.json.StrictJson;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /registrations/{registration}/dossier/exports}: for a party that has asked on paper. */
@Path("/registrations/{registration}/dossier/exports")
@RequestScoped
public class StaffExportResource {
  private static final int MAX_REASON = 500;

  @EJB OpenedExports exports;
  @Inject CurrentActor actor;
  @Inject CurrentExport place;

  /** Opens an export: {@code {reason}}. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @StaffRole(Role.CLERK)
  public Response open(@PathParam("registration") String registration, StrictJson body) {
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    return ExportAnswer.toOpening(
        exports.open(actor.get(), registration, reason),
        "registrations/" + registration + "/dossier/exports");
  }

  /** Sends it to who has opened it; that and why is recorded. */
  @GET
  @Path("/{dossierExport}")
  @Fresh
  @Produces("application/zip")
  @StaffRole(Role.CLERK)
  public Response fetch(
      @PathParam("registration") String registration, @PathParam("dossierExport") String export) {
    return ExportAnswer.toFetching(place, () -> exports.fetch(actor.get(), registration, export));
  }
}
