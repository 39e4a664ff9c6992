package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.PageSize;
import org.tallystick.page.Page;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.RateLimited;

/** {@code /registrations/{registration}/messages}: what the bank tells a party. */
@Path("/registrations/{registration}/messages")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class MessagesResource {
  @EJB Messages messages;
  @Inject CurrentParty party;

  /** The oldest first. */
  @GET
  @PartyToken
  @RateLimited
  public Response page(
      @PathParam("registration") String registration,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    if (!party.owns(registration)) {
      return Problem.NOT_FOUND.response();
    }
    Page<MessageView> page =
        messages
            .of(party.get(), Optional.ofNullable(after), PageSize.of(limit))
            .map(MessageView::of);
    return Response.ok(new MessageList(page.items(), page.next())).build();
  }

  /**
   * Messages.
   *
   * @param messages the page
   * @param next give this back to get the next page; null on the last
   */
  public record MessageList(List<MessageView> messages, @Nullable String next) {}

  /**
   * A message.
   *
   * @param kind what it is about
   * @param parameters what belongs to it, by name
   * @param at when
   */
  public record MessageView(MessageKind kind, Map<String, String> parameters, OffsetDateTime at) {
    static MessageView of(PartyMessage message) {
      return new MessageView(message.kind(), message.parameters(), message.at());
    }
  }
}
