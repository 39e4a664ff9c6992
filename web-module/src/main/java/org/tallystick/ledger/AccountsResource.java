package org.tallystick.ledger;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.tallystick.idempotency.CurrentKey;
import org.tallystick.idempotency.KeyRequired;
import org.tallystick.json.StrictJson;
import org.tallystick.ledger.TransferOutcome.AccountClosed;
import org.tallystick.ledger.TransferOutcome.AlreadyPosted;
import org.tallystick.ledger.TransferOutcome.CurrencyMismatch;
import org.tallystick.ledger.TransferOutcome.KeyReused;
import org.tallystick.ledger.TransferOutcome.Posted;
import org.tallystick.money.Money;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /accounts}: the staff looks at accounts and books what was paid in. */
@Path("/accounts")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class AccountsResource {
  @EJB Teller teller;
  @Inject CurrentActor actor;
  @Inject CurrentKey key;

  /** What is on an account. */
  @GET
  @Path("/{account: [0-9]{1,18}}")
  @StaffRole({Role.CLERK, Role.APPROVER, Role.AUDITOR})
  public Response account(@PathParam("account") long account) {
    return teller
        .balance(actor.get(), account)
        .map(found -> Response.ok(AccountView.of(found)).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Books a deposit: {@code {amountMinor, currency}}, under an idempotency key. */
  @POST
  @Path("/{account: [0-9]{1,18}}/deposits")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.CLERK)
  @KeyRequired
  public Response deposit(@PathParam("account") long account, StrictJson body) {
    Money amount =
        Money.of(
            body.requireInteger("amountMinor", 1, Money.MAX_MINOR),
            body.requireCurrency("currency"));
    body.end();
    Optional<TransferOutcome> outcome = teller.deposit(actor.get(), account, amount, key.get());
    return outcome.isEmpty() ? Problem.NOT_FOUND.response() : answer(outcome.get());
  }

  private static Response answer(TransferOutcome outcome) {
    if (outcome instanceof Posted posted) {
      return Response.status(Response.Status.CREATED).entity(new Booked(posted.entryId())).build();
    }
    // the books know the key for longer than its answer is kept
    if (outcome instanceof AlreadyPosted already) {
      return Response.status(Response.Status.CREATED).entity(new Booked(already.entryId())).build();
    }
    if (outcome instanceof KeyReused) {
      return Problem.KEY_REUSED.response();
    }
    if (outcome instanceof CurrencyMismatch) {
      return Problem.CURRENCY_MISMATCH.response();
    }
    return outcome instanceof AccountClosed
        ? Problem.ACCOUNT_CLOSED.response()
        : Problem.INSUFFICIENT_FUNDS.response();
  }

  /**
   * What was booked.
   *
   * @param entry the journal entry
   */
  public record Booked(UUID entry) {}

  /**
   * An account as the staff sees it.
   *
   * @param account its number
   * @param kind what it is for
   * @param state whether it takes postings
   * @param currency ISO 4217
   * @param postedMinor the sum of all postings, positive on the account's normal side
   * @param heldMinor what of it is set aside
   * @param availableMinor the difference
   */
  public record AccountView(
      long account,
      AccountKind kind,
      AccountState state,
      String currency,
      long postedMinor,
      long heldMinor,
      long availableMinor) {
    static AccountView of(Balance balance) {
      return new AccountView(
          balance.accountId(),
          balance.kind(),
          balance.state(),
          balance.currency(),
          balance.postedMinor(),
          balance.heldMinor(),
          balance.availableMinor());
    }
  }
}
