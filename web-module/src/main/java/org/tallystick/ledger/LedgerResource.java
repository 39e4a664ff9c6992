package org.tallystick.ledger;

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

/** {@code /ledger}: the auditor adds up the books. */
@Path("/ledger")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class LedgerResource {
  @EJB Teller teller;
  @Inject CurrentActor actor;

  /** The sums over all postings; every currency must show zero. */
  @GET
  @Path("/trial-balance")
  @StaffRole(Role.AUDITOR)
  public Response trialBalance() {
    return Response.ok(teller.trialBalance(actor.get())).build();
  }
}
