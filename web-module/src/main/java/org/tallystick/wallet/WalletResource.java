package org.tallystick.wallet;

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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tallystick.json.StrictJson;
import org.tallystick.party.CurrentParty;
import org.tallystick.party.PartyToken;
import org.tallystick.problem.Problem;
import org.tallystick.wallet.WalletOutcome.Added;
import org.tallystick.wallet.WalletOutcome.AlreadyAdded;
import org.tallystick.wallet.WalletOutcome.CardExpired;
import org.tallystick.wallet.WalletOutcome.NotActive;

/** {@code /wallet}: what a party can pay with. */
@Path("/wallet")
@Produces(MediaType.APPLICATION_JSON)
@PartyToken
@RequestScoped
public class WalletResource {
  private static final int MAX_SHORTHAND = 32;
  private static final int MAX_PAN = 19;
  private static final int EXPIRY_LENGTH = 7;
  private static final Pattern EXPIRY = Pattern.compile("20[0-9]{2}-(0[1-9]|1[0-2])");

  @EJB Wallet wallet;
  @Inject CurrentParty party;

  /** Adds the deposit account of a currency: {@code {currency, shorthand}}. */
  @POST
  @Path("/accounts")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response addAccount(StrictJson body) {
    String currency = body.requireCurrency("currency");
    Optional<Shorthand> name = Shorthand.of(body.requireText("shorthand", MAX_SHORTHAND));
    body.end();
    return name.isEmpty()
        ? Problem.SHORTHAND_NOT_VALID.response()
        : answer(wallet.addAccount(party.get().id(), currency, name.get()));
  }

  /** Adds a card: {@code {pan, expiry, shorthand}}. */
  @POST
  @Path("/cards")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response addCard(StrictJson body) {
    Optional<Pan> pan = Pan.of(body.requireText("pan", MAX_PAN));
    Optional<YearMonth> expiry = expiry(body.requireText("expiry", EXPIRY_LENGTH));
    Optional<Shorthand> name = Shorthand.of(body.requireText("shorthand", MAX_SHORTHAND));
    body.end();
    if (name.isEmpty()) {
      return Problem.SHORTHAND_NOT_VALID.response();
    }
    if (pan.isEmpty() || expiry.isEmpty()) {
      return Problem.CARD_NOT_VALID.response();
    }
    return answer(wallet.addCard(party.get().id(), pan.get(), expiry.get(), name.get()));
  }

  /** What is in the wallet. */
  @GET
  @Path("/instruments")
  public Response list() {
    return Response.ok(new Instruments(wallet.list(party.get().id()))).build();
  }

  /** Makes an instrument the one that is taken where a code names none. */
  @PUT
  @Path("/instruments/{instrument}/preferred")
  public Response prefer(@PathParam("instrument") String instrument) {
    return doneOrNotFound(wallet.prefer(party.get().id(), instrument));
  }

  /** Takes an instrument out. */
  @DELETE
  @Path("/instruments/{instrument}")
  public Response remove(@PathParam("instrument") String instrument) {
    return doneOrNotFound(wallet.remove(party.get().id(), instrument));
  }

  private static Response doneOrNotFound(boolean done) {
    return done ? Response.noContent().build() : Problem.NOT_FOUND.response();
  }

  private static Response answer(WalletOutcome outcome) {
    if (outcome instanceof Added added) {
      return Response.status(Response.Status.CREATED).entity(added.instrument()).build();
    }
    if (outcome instanceof AlreadyAdded) {
      return Problem.ALREADY_ADDED.response();
    }
    if (outcome instanceof CardExpired) {
      return Problem.CARD_EXPIRED.response();
    }
    return outcome instanceof NotActive
        ? Problem.REGISTRATION_NOT_ACTIVE.response()
        : Problem.SHORTHAND_TAKEN.response();
  }

  private static Optional<YearMonth> expiry(String text) {
    if (!EXPIRY.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(YearMonth.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The wallet's content.
   *
   * @param instruments oldest first
   */
  public record Instruments(List<InstrumentView> instruments) {
    /** Copies the list. */
    public Instruments {
      instruments = List.copyOf(instruments);
    }
  }
}
