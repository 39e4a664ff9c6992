package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.PageSize;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /registrations/{registration}}: what the staff sees of a party, and who has looked. */
@Path("/registrations/{registration}")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class DossiersResource {
  @EJB Dossiers dossiers;
  @Inject CurrentActor actor;

  /** All that is known of a party; that it was opened is recorded. */
  @GET
  @Path("/dossier")
  @StaffRole({Role.CLERK, Role.APPROVER})
  public Response open(@PathParam("registration") String registration) {
    return dossiers
        .open(actor.get(), registration)
        .map(dossier -> Response.ok(DossierView.of(dossier)).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Who moved the registration when and why. */
  @GET
  @Path("/transitions")
  @StaffRole({Role.CLERK, Role.APPROVER, Role.AUDITOR})
  public Response transitions(@PathParam("registration") String registration) {
    return dossiers
        .transitions(actor.get(), registration)
        .map(lines -> Response.ok(TransitionList.of(lines)).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Who of the staff has opened personal data of the party. */
  @GET
  @Path("/accesses")
  @StaffRole(Role.AUDITOR)
  public Response accesses(
      @PathParam("registration") String registration,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    return dossiers
        .accesses(actor.get(), registration, Optional.ofNullable(after), PageSize.of(limit))
        .map(page -> Response.ok(AccessList.of(page)).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }
}
