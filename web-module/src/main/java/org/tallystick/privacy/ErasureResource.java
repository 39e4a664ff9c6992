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
import java.util.stream.Collectors;
import org.tallystick.json.StrictJson;
import org.tallystick.privacy.ErasureOutcome.Going;
import org.tallystick.privacy.ErasureOutcome.NotEnded;
import org.tallystick.privacy.ErasureOutcome.NotProposer;
import org.tallystick.privacy.ErasureOutcome.NothingProposed;
import org.tallystick.privacy.ErasureOutcome.SecondPersonNeeded;
import org.tallystick.privacy.ErasureOutcome.Tied;
import org.tallystick.privacy.ErasureOutcome.TooEarly;
import org.tallystick.privacy.ErasureOutcome.Withdrawn;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /registrations/{registration}/erasure}: two people of the staff erase a party. */
@Path("/registrations/{registration}/erasure")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ErasureResource {
  private static final int MAX_REASON = 500;

  @EJB Erasures erasures;
  @EJB ErasureProposals proposals;
  @Inject CurrentActor actor;

  /** Proposes it, or does it where another person has proposed it: {@code {reason}}. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole({Role.CLERK, Role.APPROVER})
  public Response erase(@PathParam("registration") String registration, StrictJson body) {
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    return answer(erasures.erase(actor.get(), registration, reason));
  }

  /** What was proposed, newest first. */
  @GET
  @StaffRole({Role.CLERK, Role.APPROVER, Role.AUDITOR})
  public Response list(@PathParam("registration") String registration) {
    return proposals
        .list(actor.get(), registration)
        .map(found -> Response.ok(found).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Who has proposed takes it back: {@code {reason}}. */
  @POST
  @Path("/withdrawal")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole({Role.CLERK, Role.APPROVER})
  public Response withdraw(@PathParam("registration") String registration, StrictJson body) {
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    return answer(proposals.withdraw(actor.get(), registration, reason));
  }

  private static Response answer(ErasureOutcome outcome) {
    if (outcome instanceof Going) {
      return Response.ok(outcome).build();
    }
    if (outcome instanceof TooEarly early) {
      return Problem.ERASURE_TOO_EARLY.response("not before " + early.until().toInstant());
    }
    if (outcome instanceof Tied tied) {
      return Problem.ERASURE_TIED.response(
          "still there: "
              + tied.ties().stream().sorted().map(Tie::name).collect(Collectors.joining(", ")));
    }
    if (outcome instanceof SecondPersonNeeded needed) {
      return Problem.approverNeeded(needed.proposedBy());
    }
    if (outcome instanceof Withdrawn) {
      return Response.noContent().build();
    }
    if (outcome instanceof NothingProposed) {
      return Problem.STATE_NOT_PERMITTED.response("no erasure is proposed");
    }
    if (outcome instanceof NotProposer other) {
      return Problem.STATE_NOT_PERMITTED.response(
          "only who has proposed takes it back: " + other.proposedBy());
    }
    return outcome instanceof NotEnded
        ? Problem.STATE_NOT_PERMITTED.response()
        : Problem.NOT_FOUND.response();
  }
}
