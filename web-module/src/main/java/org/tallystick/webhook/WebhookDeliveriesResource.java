package org.tallystick.webhook;

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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.PageSize;
import org.tallystick.page.Page;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.Scope;
import org.tallystick.staff.StaffRole;

/** {@code /webhooks/{webhook}/…}: what was sent there, and sending it again. */
@Path("/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@StaffRole(value = Role.PARTNER, scopes = Scope.WEBHOOKS)
public class WebhookDeliveriesResource {
  @EJB Deliveries deliveries;
  @Inject CurrentActor actor;

  /** Sends a test event there. */
  @POST
  @Path("/{webhook}/test")
  public Response test(@PathParam("webhook") String webhook) {
    return WebhookAnswer.named(webhook)
        .map(id -> WebhookAnswer.of(deliveries.test(actor.get(), id), Response.Status.ACCEPTED))
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** What was sent there in the last thirty days and what is to be, newest first. */
  @GET
  @Path("/{webhook}/deliveries")
  public Response page(
      @PathParam("webhook") String webhook,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    return WebhookAnswer.named(webhook)
        .flatMap(
            id -> deliveries.page(actor.get(), id, Optional.ofNullable(after), PageSize.of(limit)))
        .map(page -> Response.ok(DeliveryList.of(page)).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Sends one again, at once, under the same webhook-id. */
  @POST
  @Path("/{webhook}/deliveries/{delivery}/redelivery")
  public Response again(
      @PathParam("webhook") String webhook, @PathParam("delivery") String delivery) {
    Optional<UUID> wanted = WebhookAnswer.named(delivery);
    Optional<UUID> where = WebhookAnswer.named(webhook);
    return wanted.isEmpty() || where.isEmpty()
        ? Problem.NOT_FOUND.response()
        : WebhookAnswer.of(
            deliveries.again(actor.get(), where.get(), wanted.get()), Response.Status.ACCEPTED);
  }

  /**
   * Some deliveries.
   *
   * @param deliveries newest first
   * @param next cursor of the next page, or null
   */
  public record DeliveryList(List<DeliveryView> deliveries, @Nullable String next) {
    static DeliveryList of(Page<Delivery> page) {
      return new DeliveryList(page.map(DeliveryView::of).items(), page.next());
    }
  }
}
