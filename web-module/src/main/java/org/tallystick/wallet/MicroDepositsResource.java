package org.tallystick.wallet;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.PageSize;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /micro-deposits}: what the back office is to pay out. */
@Path("/micro-deposits")
@Produces(MediaType.APPLICATION_JSON)
@StaffRole(Role.CLERK)
@RequestScoped
public class MicroDepositsResource {
  @EJB MicroDeposits deposits;
  @Inject CurrentActor actor;

  /** Those in a state, oldest first. */
  @GET
  public Response page(
      @QueryParam("state") @DefaultValue("ORDERED") String state,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    Optional<MicroDepositState> wanted =
        Arrays.stream(MicroDepositState.values())
            .filter(known -> known.name().equals(state))
            .findFirst();
    if (wanted.isEmpty()) {
      return Problem.BAD_REQUEST.response();
    }
    return Response.ok(
            deposits.page(
                actor.get(), wanted.get(), Optional.ofNullable(after), PageSize.of(limit)))
        .build();
  }

  /** Both amounts were paid out; saying it again changes nothing. */
  @POST
  @Path("/{microDeposit}/sent")
  public Response sent(@PathParam("microDeposit") String microDeposit) {
    return deposits
        .sent(actor.get(), microDeposit)
        .map(order -> Response.ok(order).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }
}
