package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.tallystick.http.Preconditions;
import org.tallystick.json.StrictJson;
import org.tallystick.party.IdentificationOutcome.Changed;
import org.tallystick.party.IdentificationOutcome.Kept;
import org.tallystick.party.IdentificationOutcome.NotValid;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.RateLimited;

/** {@code /registrations/{registration}}: a party says who it is, and submits that. */
@Path("/registrations/{registration}")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@PartyToken
@RateLimited
public class IdentificationResource {
  @EJB Identifications identifications;
  @EJB Submissions submissions;
  @Inject CurrentParty party;

  /** Says who the party is, in place of what it has not submitted yet. */
  @PUT
  @Path("/identification")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response state(
      @PathParam("registration") String registration,
      @Context HttpHeaders headers,
      StrictJson body) {
    Optional<Identification> said = IdentificationBody.read(body);
    if (!party.owns(registration)) {
      return Problem.NOT_FOUND.response();
    }
    if (said.isEmpty()) {
      return Problem.MALFORMED_BODY.response("exactly one of 'person' and 'organisation' is taken");
    }
    IdentificationOutcome outcome =
        identifications.state(party.get(), said.get(), Preconditions.ifMatch(headers));
    if (outcome instanceof Kept kept) {
      return Response.ok(new EditionView(kept.edition()))
          .tag(Preconditions.tag(kept.edition()))
          .build();
    }
    if (outcome instanceof NotValid invalid) {
      return Problem.IDENTIFICATION_NOT_VALID.response(invalid.fault());
    }
    return outcome instanceof Changed
        ? Problem.PRECONDITION_FAILED.response()
        : Problem.STATE_NOT_PERMITTED.response();
  }

  /** What the party has said last. */
  @GET
  @Path("/identification")
  public Response own(@PathParam("registration") String registration) {
    Optional<OwnIdentification> own =
        party.owns(registration) ? identifications.own(party.get()) : Optional.empty();
    return own.map(
            found ->
                Response.ok(IdentificationView.of(found))
                    .tag(Preconditions.tag(found.edition()))
                    .build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Submits it: from now on the bank looks at it. */
  @POST
  @Path("/submission")
  public Response submit(@PathParam("registration") String registration) {
    return party.owns(registration)
        ? TransitionAnswer.of(submissions.submit(party.get()))
        : Problem.NOT_FOUND.response();
  }

  /**
   * What is kept now.
   *
   * @param edition from 1; also the entity tag
   */
  public record EditionView(int edition) {}
}
