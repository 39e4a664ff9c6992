package org.tallystick.webhook;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tallystick.staff.Role;
import org.tallystick.staff.Scope;
import org.tallystick.staff.StaffRole;

/** {@code /webhook-events}: of what a partner bank's program may be told, with an example each. */
@Path("/webhook-events")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@StaffRole(value = Role.PARTNER, scopes = Scope.WEBHOOKS)
public class WebhookEventsResource {
  private static final UUID ID = UUID.fromString("7b1f6f8e-0f0c-4f5b-9a55-2f7a3f1f2a10");
  private static final OffsetDateTime AT = OffsetDateTime.parse("2026-11-02T09:30:00Z");
  private static final String REGISTRATION = "ukiHOkW3EAKJn98C2WSF_w";

  /** All of them. */
  @GET
  public Response all() {
    return Response.ok(
            new EventList(
                Stream.of(EventType.values())
                    .filter(EventType::isForSubscribers)
                    .map(EventView::of)
                    .toList()))
        .build();
  }

  /**
   * Kinds of events.
   *
   * @param events all of them
   */
  public record EventList(List<EventView> events) {}

  /**
   * A kind of event.
   *
   * @param type its name
   * @param scope what a program must have been let do to be told; absent where nothing more
   * @param body of a delivery, as an example
   */
  public record EventView(String type, @Nullable Scope scope, String body) {
    static EventView of(EventType type) {
      return new EventView(
          type.text(), type.scope().orElse(null), new Event(type, AT, data(type)).body(ID));
    }

    private static Map<String, String> data(EventType type) {
      return switch (type) {
        case REGISTRATION_MOVED, REGISTRATION_MESSAGE -> Map.of("registration", REGISTRATION);
        case AGREEMENT_PUBLISHED -> Map.of("version", "2");
        case TRANSACTION_DECIDED ->
            Map.of("registration", REGISTRATION, "transaction", "7QK2M9XHBTN4CE0V");
        case TEST -> Map.of("webhook", ID.toString());
      };
    }
  }
}
