package org.tallystick.privacy;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.PageSize;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /erasures}: who was erased, and who may be. */
@Path("/erasures")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ErasuresResource {
  @EJB Erasures erasures;
  @Inject CurrentActor actor;

  /** Who was erased on whose word, newest first. */
  @GET
  @StaffRole(Role.AUDITOR)
  public Response page(
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    return Response.ok(erasures.page(actor.get(), Optional.ofNullable(after), PageSize.of(limit)))
        .build();
  }

  /** Registrations that may be erased by now, the longest due first. */
  @GET
  @Path("/due")
  @StaffRole({Role.CLERK, Role.APPROVER})
  public Response due(
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    return Response.ok(erasures.due(actor.get(), Optional.ofNullable(after), PageSize.of(limit)))
        .build();
  }
}
