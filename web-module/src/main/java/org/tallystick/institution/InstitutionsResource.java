package org.tallystick.institution;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
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
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.PageSize;
import org.tallystick.http.Preconditions;
import org.tallystick.institution.InstitutionOutcome.LogoNotValid;
import org.tallystick.institution.InstitutionOutcome.LowContrast;
import org.tallystick.institution.InstitutionOutcome.NameConfusable;
import org.tallystick.institution.InstitutionOutcome.NotPermitted;
import org.tallystick.institution.InstitutionOutcome.OtherVersion;
import org.tallystick.institution.InstitutionOutcome.Stands;
import org.tallystick.json.BodyLimit;
import org.tallystick.json.StrictJson;
import org.tallystick.page.Page;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /institutions}: the consortium's administrators look after the member banks. */
@Path("/institutions")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class InstitutionsResource {
  private static final int MAX_NAME = 64;
  private static final int MAX_TERMS = 20_000;
  private static final int MAX_LOGO = 64 * 1024;
  private static final int MAX_REASON = 500;
  private static final int MAX_BODY = 256 * 1024;
  private static final int COLOUR_LENGTH = 7;
  private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");
  private static final String COLOUR_RULE = "A colour is # and six small hexadecimal digits";

  @EJB Institutions institutions;
  @Inject CurrentActor actor;
  @Context HttpHeaders headers;

  /** Takes one in: {@code {name, textColour, backgroundColour, terms, logo}}. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.ADMINISTRATOR)
  public Response create(@BodyLimit(MAX_BODY) StrictJson body) {
    Optional<BrandDraft> draft = draft(body);
    return draft.isEmpty()
        ? Problem.MALFORMED_BODY.response(COLOUR_RULE)
        : created(institutions.create(actor.get(), draft.get()));
  }

  /** Some of them, oldest first. */
  @GET
  @StaffRole({Role.ADMINISTRATOR, Role.AUDITOR})
  public Response page(
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    Page<InstitutionView> page =
        institutions
            .page(actor.get(), Optional.ofNullable(after), PageSize.of(limit))
            .map(InstitutionView::of);
    return Response.ok(new PageView(page.items(), page.next())).build();
  }

  /** One. */
  @GET
  @Path("/{institution}")
  @StaffRole({Role.ADMINISTRATOR, Role.AUDITOR})
  public Response get(@PathParam("institution") String institution) {
    return institutions
        .find(actor.get(), institution)
        .map(found -> shown(Response.ok(), found))
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Changes how one shows itself; the members are those of the POST. */
  @PUT
  @Path("/{institution}")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.ADMINISTRATOR)
  public Response change(
      @PathParam("institution") String institution, @BodyLimit(MAX_BODY) StrictJson body) {
    Optional<BrandDraft> draft = draft(body);
    return draft.isEmpty()
        ? Problem.MALFORMED_BODY.response(COLOUR_RULE)
        : answer(
            institutions.change(
                actor.get(), institution, Preconditions.ifMatch(headers), draft.get()));
  }

  /** Moves one: {@code {state, reason}}. */
  @POST
  @Path("/{institution}/state")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.ADMINISTRATOR)
  public Response move(@PathParam("institution") String institution, StrictJson body) {
    InstitutionState next = body.requireOneOf("state", InstitutionState.class);
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    return answer(institutions.move(actor.get(), institution, next, reason));
  }

  /** What was done to one and to its clients, newest first. */
  @GET
  @Path("/{institution}/changes")
  @StaffRole({Role.ADMINISTRATOR, Role.AUDITOR})
  public Response changes(@PathParam("institution") String institution) {
    return institutions
        .lines(actor.get(), institution)
        .map(
            lines ->
                Response.ok(new ChangesView(lines.stream().map(LineView::of).toList())).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  private static Optional<BrandDraft> draft(StrictJson body) {
    String name = body.requireText("name", MAX_NAME);
    String text = body.requireText("textColour", COLOUR_LENGTH);
    String background = body.requireText("backgroundColour", COLOUR_LENGTH);
    String terms = body.requireLines("terms", MAX_TERMS);
    byte @Nullable [] logo = body.has("logo") ? body.requireBytes("logo", MAX_LOGO) : null;
    body.end();
    return COLOUR.matcher(text).matches() && COLOUR.matcher(background).matches()
        ? Optional.of(new BrandDraft(name, text, background, logo, terms))
        : Optional.empty();
  }

  private static Response answer(InstitutionOutcome outcome) {
    return outcome instanceof Stands stands
        ? shown(Response.ok(), stands.institution())
        : problem(outcome).response();
  }

  private static Response created(InstitutionOutcome outcome) {
    if (outcome instanceof Stands stands) {
      String id = InstitutionView.of(stands.institution()).institution();
      return shown(Response.created(URI.create("institutions/" + id)), stands.institution());
    }
    return problem(outcome).response();
  }

  private static Problem problem(InstitutionOutcome refused) {
    if (refused instanceof NameConfusable) {
      return Problem.NAME_CONFUSABLE;
    }
    if (refused instanceof OtherVersion) {
      return Problem.PRECONDITION_FAILED;
    }
    if (refused instanceof NotPermitted) {
      return Problem.STATE_NOT_PERMITTED;
    }
    if (refused instanceof LowContrast) {
      return Problem.BRAND_NOT_LEGIBLE;
    }
    return refused instanceof LogoNotValid ? Problem.LOGO_NOT_VALID : Problem.NOT_FOUND;
  }

  private static Response shown(Response.ResponseBuilder answer, Institution institution) {
    return answer
        .entity(InstitutionView.of(institution))
        .tag(Preconditions.tag(institution.version()))
        .build();
  }

  /**
   * Some institutions.
   *
   * @param institutions oldest first
   * @param next cursor of the next page, or null
   */
  public record PageView(List<InstitutionView> institutions, @Nullable String next) {}

  /**
   * What was done.
   *
   * @param changes newest first
   */
  public record ChangesView(List<LineView> changes) {}

  /**
   * One thing that was done.
   *
   * @param what was done
   * @param client to which client; null where it was done to the institution itself
   * @param actor by whom
   * @param reason why, where one was asked for
   * @param at when
   */
  public record LineView(
      InstitutionLine.What what,
      @Nullable String client,
      String actor,
      @Nullable String reason,
      OffsetDateTime at) {
    static LineView of(InstitutionLine line) {
      return new LineView(
          line.what(),
          line.client().orElse(null),
          line.actor(),
          line.reason().orElse(null),
          line.at());
    }
  }
}
