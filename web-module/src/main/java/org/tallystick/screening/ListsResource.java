package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.json.BodyLimit;
import org.tallystick.json.BoundedBody;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.screening.LoadOutcome.InForce;
import org.tallystick.screening.LoadOutcome.Loaded;
import org.tallystick.screening.LoadOutcome.Refused;
import org.tallystick.screening.LoadOutcome.Shrunk;
import org.tallystick.screening.RetirementOutcome.Going;
import org.tallystick.screening.RetirementOutcome.SecondPersonNeeded;
import org.tallystick.screening.RetirementOutcome.Stays;
import org.tallystick.screening.list.ListFormat;
import org.tallystick.screening.list.ListLimits;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/**
 * {@code /screening/lists/{list}}: loads a target list, as bytes and nothing around them, and takes
 * one out of force.
 */
@Path("/screening/lists/{list}")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ListsResource {
  private static final int MAX_REASON = 500;
  private static final String ZIP = "application/zip";
  private static final String CSV = "text/csv";

  @EJB ListLoading loading;
  @EJB Retirements retirements;
  @Inject CurrentActor actor;
  @Inject UploadTurn turn;

  /** Loads a list; an approver may load one that is much shorter than the one in force. */
  @PUT
  @Consumes({MediaType.APPLICATION_XML, CSV, ZIP})
  @StaffRole({Role.ADMINISTRATOR, Role.APPROVER})
  public Response load(
      @PathParam("list") String list,
      @QueryParam("format") @Nullable String format,
      @QueryParam("shrink") @DefaultValue("false") String shrink,
      @QueryParam("reason") @Nullable String reason,
      @Context HttpHeaders headers,
      @BodyLimit(ListLimits.TOTAL_BYTES) InputStream body) {
    Optional<ListFormat> known =
        Arrays.stream(ListFormat.values()).filter(one -> one.name().equals(format)).findFirst();
    if (known.isEmpty()) {
      return Problem.BAD_REQUEST.response(
          "'format' must be one of " + Arrays.toString(ListFormat.values()));
    }
    if (!ListName.valid(list, known.get())) {
      return Problem.NOT_FOUND.response();
    }
    boolean shrinks = shrink.equals("true");
    if (shrinks != (reason != null) || (!shrinks && !shrink.equals("false"))) {
      return Problem.BAD_REQUEST.response("'reason' goes with 'shrink=true'");
    }
    if (reason != null && (reason.isBlank() || reason.length() > MAX_REASON)) {
      return Problem.BAD_REQUEST.response("'reason' must have 1 to 500 characters");
    }
    if (headers.getHeaderString(HttpHeaders.CONTENT_ENCODING) != null) {
      return Problem.UNSUPPORTED_MEDIA_TYPE.response("the content must not be encoded");
    }
    MediaType sent = headers.getMediaType();
    boolean archive = ZIP.equals(sent.getType() + "/" + sent.getSubtype());
    if (!turn.take()) {
      return Problem.UNAVAILABLE.response("another list is being loaded");
    }
    try {
      byte[] bytes = BoundedBody.read(body, ListLimits.TOTAL_BYTES);
      return answer(
          reason == null
              ? loading.load(actor.get(), list, known.get(), bytes, archive)
              : loading.loadShorter(actor.get(), list, known.get(), bytes, archive, reason));
    } finally {
      turn.giveBack();
    }
  }

  /** Proposes to take a list of the bank's own out of force, or does it: {@code {reason}}. */
  @POST
  @Path("/retirement")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole({Role.ADMINISTRATOR, Role.APPROVER})
  public Response retire(@PathParam("list") String list, StrictJson body) {
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    RetirementOutcome outcome = retirements.retire(actor.get(), list, reason);
    if (outcome instanceof Going) {
      return Response.ok(outcome).build();
    }
    if (outcome instanceof Stays stays) {
      return Problem.LIST_STAYS.response(stays.reason());
    }
    return outcome instanceof SecondPersonNeeded needed
        ? Problem.approverNeeded(needed.proposedBy())
        : Problem.NOT_FOUND.response();
  }

  private static Response answer(LoadOutcome outcome) {
    if (outcome instanceof Loaded loaded) {
      return Response.ok(EditionView.of(loaded.edition())).build();
    }
    if (outcome instanceof InForce kept) {
      return Response.ok(EditionView.of(kept.edition())).build();
    }
    if (outcome instanceof Refused refused) {
      return Problem.LIST_NOT_ACCEPTABLE.response(refused.reason());
    }
    Shrunk shrunk = (Shrunk) outcome;
    return Problem.LIST_SHRUNK.response(
        "the list in force has "
            + shrunk.inForce()
            + " names, this one "
            + shrunk.given()
            + "; if that is right, an approver loads it with 'shrink=true'");
  }
}
