package org.tallystick.enrolment;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.codec.Base64Url;
import org.tallystick.enrolment.ActivationOutcome.Issued;
import org.tallystick.enrolment.ActivationOutcome.NotActive;
import org.tallystick.enrolment.ActivationOutcome.StillOpen;
import org.tallystick.party.CurrentParty;
import org.tallystick.party.PartyToken;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.Limit;
import org.tallystick.ratelimit.RateLimited;

/** {@code /registrations/{registration}/activations}: a party gets what binds a device. */
@Path("/registrations/{registration}/activations")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ActivationsResource {
  @EJB Activations activations;
  @Inject CurrentParty party;

  /** Issues {@code {activation, expiresAt}}; it is shown only here. */
  @POST
  @PartyToken
  @RateLimited(Limit.SIGN_IN)
  public Response issue(@PathParam("registration") String registration) {
    byte[] own = party.get().identifiers().registration();
    if (!Base64Url.encode(own).equals(registration)) {
      return Problem.NOT_FOUND.response();
    }
    ActivationOutcome outcome = activations.issue(party.get());
    if (outcome instanceof Issued issued) {
      CacheControl never = new CacheControl();
      never.setNoStore(true);
      return Response.status(Response.Status.CREATED).cacheControl(never).entity(issued).build();
    }
    if (outcome instanceof NotActive) {
      return Problem.REGISTRATION_NOT_ACTIVE.response();
    }
    return outcome instanceof StillOpen
        ? Problem.STATE_NOT_PERMITTED.response("An activation is open still")
        : Problem.NOT_PERMITTED.response("A further device needs an approval");
  }
}
