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
import org.jspecify.annotations.Nullable;
import org.tallystick.json.StrictJson;
import org.tallystick.party.CurrentParty;
import org.tallystick.party.PartyToken;
import org.tallystick.problem.Problem;
import org.tallystick.wallet.WalletOutcome.Added;
import org.tallystick.wallet.WalletOutcome.AlreadyAdded;
import org.tallystick.wallet.WalletOutcome.CardExpired;
import org.tallystick.wallet.WalletOutcome.Changed;
import org.tallystick.wallet.WalletOutcome.Full;
import org.tallystick.wallet.WalletOutcome.NotActive;
import org.tallystick.wallet.WalletOutcome.NotThere;
import org.tallystick.wallet.WalletOutcome.OtherCurrency;

/** {@code /wallet}: what a party can pay with. */
@Path("/wallet")
@Produces(MediaType.APPLICATION_JSON)
@PartyToken
@RequestScoped
public class WalletResource {
  private static final int MAX_SHORTHAND = 32;
  private static final int EXPIRY_LENGTH = 7;
  private static final int MAX_INSTRUMENTS = 64;
  private static final int ID_LENGTH = 22;
  private static final String US_DOLLARS = "USD";
  private static final Pattern EXPIRY = Pattern.compile("20[0-9]{2}-(0[1-9]|1[0-2])");

  @EJB Wallet wallet;
  @EJB SpendingDesk spending;
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
    Optional<Pan> pan = Numbers.pan(body);
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

  /**
   * Adds an account at another bank: {@code {form, iban, currency, shorthand}} or {@code {form,
   * routingNumber, accountNumber, shorthand}}.
   */
  @POST
  @Path("/external-accounts")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response addExternal(StrictJson body) {
    AccountForm form = body.requireOneOf("form", AccountForm.class);
    Optional<? extends AccountNumber> number = Numbers.account(body, form);
    String currency = form == AccountForm.US ? US_DOLLARS : body.requireCurrency("currency");
    Optional<Shorthand> name = Shorthand.of(body.requireText("shorthand", MAX_SHORTHAND));
    body.end();
    if (name.isEmpty()) {
      return Problem.SHORTHAND_NOT_VALID.response();
    }
    return number.isEmpty()
        ? Problem.ACCOUNT_NOT_VALID.response()
        : answer(wallet.addExternal(party.get().id(), number.get(), currency, name.get()));
  }

  /** What is in the wallet. */
  @GET
  @Path("/instruments")
  public Response list() {
    return Response.ok(new Instruments(wallet.list(party.get().id()))).build();
  }

  /** One instrument. */
  @GET
  @Path("/instruments/{instrument}")
  public Response one(@PathParam("instrument") String instrument) {
    return wallet
        .one(party.get().id(), instrument)
        .map(found -> Response.ok(found).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Puts the instruments in order: {@code {instruments}}, each named once. */
  @PUT
  @Path("/order")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response order(StrictJson body) {
    List<String> instruments = body.requireTexts("instruments", MAX_INSTRUMENTS, ID_LENGTH);
    body.end();
    return wallet.order(party.get().id(), instruments)
        ? Response.noContent().build()
        : Problem.ORDER_NOT_COMPLETE.response();
  }

  /** Calls an instrument something else: {@code {shorthand}}. */
  @PUT
  @Path("/instruments/{instrument}/shorthand")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response rename(@PathParam("instrument") String instrument, StrictJson body) {
    Optional<Shorthand> name = Shorthand.of(body.requireText("shorthand", MAX_SHORTHAND));
    body.end();
    return name.isEmpty()
        ? Problem.SHORTHAND_NOT_VALID.response()
        : answer(wallet.rename(party.get().id(), instrument, name.get()));
  }

  /**
   * Sets both limits of an instrument: {@code {currency, perTransactionMinor, perDayMinor}}; what
   * is left out is as much as there is.
   */
  @PUT
  @Path("/instruments/{instrument}/limits")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response limit(@PathParam("instrument") String instrument, StrictJson body) {
    String currency = body.requireCurrency("currency");
    @Nullable Long each = optionalMinor(body, "perTransactionMinor");
    @Nullable Long day = optionalMinor(body, "perDayMinor");
    body.end();
    return answer(
        spending.limit(party.get().id(), instrument, currency, new SpendingLimits(each, day)));
  }

  private static @Nullable Long optionalMinor(StrictJson body, String name) {
    return body.has(name) ? (Long) body.requireAmountMinor(name) : null;
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
    if (outcome instanceof Changed changed) {
      return Response.ok(changed.instrument()).build();
    }
    return problem(outcome).response();
  }

  private static Problem problem(WalletOutcome outcome) {
    if (outcome instanceof NotThere) {
      return Problem.NOT_FOUND;
    }
    if (outcome instanceof Full) {
      return Problem.WALLET_FULL;
    }
    if (outcome instanceof OtherCurrency) {
      return Problem.CURRENCY_MISMATCH;
    }
    if (outcome instanceof AlreadyAdded) {
      return Problem.ALREADY_ADDED;
    }
    if (outcome instanceof CardExpired) {
      return Problem.CARD_EXPIRED;
    }
    return outcome instanceof NotActive ? Problem.REGISTRATION_NOT_ACTIVE : Problem.SHORTHAND_TAKEN;
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
   * @param instruments in the party's order
   */
  public record Instruments(List<InstrumentView> instruments) {
    /** Copies the list. */
    public Instruments {
      instruments = List.copyOf(instruments);
    }
  }
}
