package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.PageSize;
import org.tallystick.http.Preconditions;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.screening.DecisionOutcome.Changed;
import org.tallystick.screening.DecisionOutcome.Decided;
import org.tallystick.screening.DecisionOutcome.Gone;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /screening/hits}: who may be listed, and what the staff decides on that. */
@Path("/screening/hits")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class HitsResource {
  private static final int MAX_NOTE = 500;

  /** What can be decided. */
  enum Decision {
    FALSE_POSITIVE,
    TRUE_MATCH
  }

  @EJB Hits hits;
  @Inject CurrentActor actor;

  /** Hits in a state, oldest first, without names. */
  @GET
  @StaffRole({Role.CLERK, Role.APPROVER, Role.AUDITOR})
  public Response page(
      @QueryParam("state") @DefaultValue("OPEN") String state,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    Optional<HitState> wanted =
        Arrays.stream(HitState.values()).filter(one -> one.name().equals(state)).findFirst();
    if (wanted.isEmpty()) {
      return Problem.BAD_REQUEST.response();
    }
    return Response.ok(
            hits.page(actor.get(), wanted.get(), Optional.ofNullable(after), PageSize.of(limit)))
        .build();
  }

  /** All of a hit; that names were opened is recorded. */
  @GET
  @Path("/{hit}")
  @StaffRole({Role.CLERK, Role.APPROVER})
  public Response open(@PathParam("hit") String hit) {
    return hits.open(actor.get(), hit)
        .map(
            opened ->
                Response.ok(HitView.of(opened)).tag(Preconditions.tag(opened.version())).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Decides on a hit: {@code {decision, note}}; with If-Match only if it is what was read. */
  @POST
  @Path("/{hit}/decision")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole({Role.CLERK, Role.APPROVER})
  public Response decide(
      @PathParam("hit") String hit, @Context HttpHeaders headers, StrictJson body) {
    Decision decision = body.requireOneOf("decision", Decision.class);
    String note = body.requireText("note", MAX_NOTE);
    body.end();
    DecisionOutcome outcome =
        hits.decide(
            actor.get(),
            hit,
            HitState.valueOf(decision.name()),
            note,
            Preconditions.ifMatch(headers));
    if (outcome instanceof Decided) {
      return Response.ok(outcome).build();
    }
    if (outcome instanceof Changed) {
      return Problem.PRECONDITION_FAILED.response();
    }
    return outcome instanceof Gone
        ? Problem.STATE_NOT_PERMITTED.response()
        : Problem.NOT_FOUND.response();
  }
}
