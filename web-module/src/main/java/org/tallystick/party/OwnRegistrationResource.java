package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.party.TransitionOutcome.Moved;
import org.tallystick.problem.Problem;

/** {@code /registrations/{registration}}: the party looks at its registration, or withdraws. */
@Path("/registrations/{registration}")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@PartyToken
public class OwnRegistrationResource {
  @EJB Submissions submissions;
  @Inject CurrentParty party;

  /** The party's own registration. */
  @GET
  public Response own(@PathParam("registration") String registration) {
    return party.owns(registration)
        ? Response.ok(OwnRegistration.of(party.get())).build()
        : Problem.NOT_FOUND.response();
  }

  /** The party takes its application back. */
  @DELETE
  public Response withdraw(@PathParam("registration") String registration) {
    if (!party.owns(registration)) {
      return Problem.NOT_FOUND.response();
    }
    return submissions.withdraw(party.get()) instanceof Moved
        ? Response.noContent().build()
        : Problem.STATE_NOT_PERMITTED.response();
  }
}
