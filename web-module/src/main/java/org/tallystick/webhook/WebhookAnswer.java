package org.tallystick.webhook;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.tallystick.http.Preconditions;
import org.tallystick.problem.Problem;
import org.tallystick.webhook.WebhookOutcome.AddressNotValid;
import org.tallystick.webhook.WebhookOutcome.Due;
import org.tallystick.webhook.WebhookOutcome.OtherVersion;
import org.tallystick.webhook.WebhookOutcome.Paused;
import org.tallystick.webhook.WebhookOutcome.Stands;
import org.tallystick.webhook.WebhookOutcome.TooMany;
import org.tallystick.webhook.WebhookOutcome.WithSecret;

/** What a program hears of a wish about a webhook. */
final class WebhookAnswer {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private WebhookAnswer() {}

  /** What an address names, or empty where it names nothing. */
  static Optional<UUID> named(String id) {
    return ID.matcher(id).matches() ? Optional.of(UUID.fromString(id)) : Optional.empty();
  }

  static Response of(WebhookOutcome outcome, Response.Status good) {
    if (outcome instanceof Stands stands) {
      return shown(WebhookView.of(stands.webhook()), stands.webhook(), good);
    }
    if (outcome instanceof WithSecret made) {
      return shown(WebhookView.withSecret(made.webhook(), made.secret()), made.webhook(), good);
    }
    return outcome instanceof Due due
        ? Response.status(good).entity(DeliveryView.of(due.delivery())).build()
        : problem(outcome).response();
  }

  static Response shown(Webhook webhook) {
    return shown(WebhookView.of(webhook), webhook, Response.Status.OK);
  }

  private static Response shown(WebhookView view, Webhook webhook, Response.Status status) {
    return Response.status(status).entity(view).tag(Preconditions.tag(webhook.version())).build();
  }

  private static Problem problem(WebhookOutcome refused) {
    if (refused instanceof AddressNotValid) {
      return Problem.WEBHOOK_URL_NOT_VALID;
    }
    if (refused instanceof TooMany) {
      return Problem.TOO_MANY_WEBHOOKS;
    }
    if (refused instanceof OtherVersion) {
      return Problem.PRECONDITION_FAILED;
    }
    return refused instanceof Paused ? Problem.WEBHOOK_PAUSED : Problem.NOT_FOUND;
  }
}
