package org.tallystick.evidence;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.tallystick.code.HalfState;
import org.tallystick.codec.Base64Url;
import org.tallystick.keys.KeySets;
import org.tallystick.pairing.SlotState;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.Scope;
import org.tallystick.staff.StaffRole;

/** {@code /transactions}: an auditor looks at what happened and takes the evidence away. */
@Path("/transactions")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@StaffRole(Role.AUDITOR)
public class TransactionsResource {
  private static final String NUMBER = "{number: [0-9A-HJKMNP-TV-Z]{16}}";

  @EJB Transactions transactions;
  @EJB KeySets keySets;
  @Inject CurrentActor actor;

  /**
   * Evidence.
   *
   * @param bundle docs/PROTOCOL.md section 10, base64url
   */
  public record BundleView(String bundle) {}

  /** What happened under a number. */
  @GET
  @Path("/" + NUMBER)
  @StaffRole(
      value = {Role.AUDITOR, Role.PARTNER},
      scopes = Scope.TRANSACTIONS_READ)
  public Response get(@PathParam("number") String number) {
    return transactions
        .view(actor.get(), number)
        .map(view -> Response.ok(TransactionView.of(number, view)).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** The evidence bundle of a decided transaction. */
  @GET
  @Path("/" + NUMBER + "/evidence")
  public Response evidence(@PathParam("number") String number) {
    return transactions
        .evidence(actor.get(), number, keySets.current().signed())
        .map(bundle -> Response.ok(new BundleView(Base64Url.encode(bundle))).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** How many slots and halves stand in each state: {@code {"slots": {...}, "halves": {...}}}. */
  @GET
  @Path("/summary")
  public Response summary() {
    Map<String, Long> counts = transactions.counts(actor.get());
    JsonObjectBuilder slots = Json.createObjectBuilder();
    for (SlotState state : SlotState.values()) {
      slots.add(state.name(), counts.getOrDefault("slot " + state, 0L));
    }
    JsonObjectBuilder halves = Json.createObjectBuilder();
    for (HalfState state : HalfState.values()) {
      halves.add(state.name(), counts.getOrDefault("half " + state, 0L));
    }
    return Response.ok(
            Json.createObjectBuilder().add("slots", slots).add("halves", halves).build().toString())
        .build();
  }
}
