package org.tallystick.webhook;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongPredicate;
import org.tallystick.http.Preconditions;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.Scope;
import org.tallystick.staff.StaffRole;
import org.tallystick.webhook.Webhook.Target;

/** {@code /webhooks}: a partner bank's programs say where they want to be told of what. */
@Path("/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@StaffRole(value = Role.PARTNER, scopes = Scope.WEBHOOKS)
public class WebhooksResource {
  private static final int MAX_EVENTS = 8;
  private static final int MAX_EVENT = 40;
  private static final int MAX_URL = 500;
  private static final String EVENTS_RULE = "'events' must name one or more of /webhook-events";

  @EJB Webhooks webhooks;
  @Inject CurrentActor actor;

  /** Sets one up: {@code {url, events}}; the answer shows its secret, and no other answer does. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(StrictJson body) {
    Optional<Target> target = target(body);
    body.end();
    return target.isEmpty()
        ? Problem.MALFORMED_BODY.response(EVENTS_RULE)
        : WebhookAnswer.of(webhooks.create(actor.get(), target.get()), Response.Status.CREATED);
  }

  /** All of the institution's, oldest first. */
  @GET
  public Response all() {
    List<WebhookView> found = webhooks.all(actor.get()).stream().map(WebhookView::of).toList();
    return Response.ok(new WebhookList(found)).build();
  }

  /** One. */
  @GET
  @Path("/{webhook}")
  public Response get(@PathParam("webhook") String webhook) {
    return WebhookAnswer.named(webhook)
        .flatMap(id -> webhooks.find(actor.get(), id))
        .map(WebhookAnswer::shown)
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Changes one: {@code {url, events, state}}; honours If-Match. */
  @PUT
  @Path("/{webhook}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response change(
      @PathParam("webhook") String webhook, @Context HttpHeaders headers, StrictJson body) {
    Optional<Target> target = target(body);
    WebhookState state = body.requireOneOf("state", WebhookState.class);
    body.end();
    LongPredicate versions = Preconditions.ifMatch(headers);
    Optional<UUID> id = WebhookAnswer.named(webhook);
    if (target.isEmpty()) {
      return Problem.MALFORMED_BODY.response(EVENTS_RULE);
    }
    return id.isEmpty()
        ? Problem.NOT_FOUND.response()
        : WebhookAnswer.of(
            webhooks.change(actor.get(), id.get(), versions, target.get(), state),
            Response.Status.OK);
  }

  /** Gives one another secret, which the answer shows; the present one signs too for a day. */
  @POST
  @Path("/{webhook}/secret")
  public Response rotate(@PathParam("webhook") String webhook) {
    return WebhookAnswer.named(webhook)
        .map(id -> WebhookAnswer.of(webhooks.rotate(actor.get(), id), Response.Status.OK))
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Deletes one, and what was still to be sent there. */
  @DELETE
  @Path("/{webhook}")
  public Response delete(@PathParam("webhook") String webhook) {
    return WebhookAnswer.named(webhook).filter(id -> webhooks.delete(actor.get(), id)).isPresent()
        ? Response.noContent().build()
        : Problem.NOT_FOUND.response();
  }

  private static Optional<Target> target(StrictJson body) {
    String url = body.requireText("url", MAX_URL);
    List<String> names = body.requireTexts("events", MAX_EVENTS, MAX_EVENT);
    Set<EventType> events = EnumSet.noneOf(EventType.class);
    names.forEach(
        name -> EventType.of(name).filter(EventType::isForSubscribers).ifPresent(events::add));
    return events.isEmpty() || events.size() != names.size()
        ? Optional.empty()
        : Optional.of(new Target(url, events));
  }

  /**
   * Webhooks of an institution.
   *
   * @param webhooks oldest first
   */
  public record WebhookList(List<WebhookView> webhooks) {}
}
