package org.tallystick.wallet;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.PageSize;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /instrument-searches}: whose number is this? Each search is written down. */
@Path("/instrument-searches")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class InstrumentSearchesResource {
  private static final int MAX_REASON = 500;

  @EJB InstrumentSearches searches;
  @Inject CurrentActor actor;

  /** How the number that is looked for is written. */
  enum Form {
    CARD,
    IBAN,
    US
  }

  /**
   * Looks for a number: {@code {form, pan, reason}}, {@code {form, iban, reason}} or {@code {form,
   * routingNumber, accountNumber, reason}}.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.CLERK)
  public Response search(StrictJson body) {
    Form form = body.requireOneOf("form", Form.class);
    String reason = body.requireText("reason", MAX_REASON);
    if (form == Form.CARD) {
      Optional<Pan> pan = Numbers.pan(body);
      body.end();
      return pan.isEmpty()
          ? Problem.CARD_NOT_VALID.response()
          : found(searches.byPan(actor.get(), pan.get(), reason));
    }
    Optional<? extends AccountNumber> number =
        Numbers.account(body, form == Form.IBAN ? AccountForm.IBAN : AccountForm.US);
    body.end();
    return number.isEmpty()
        ? Problem.ACCOUNT_NOT_VALID.response()
        : found(searches.byAccount(actor.get(), number.get(), reason));
  }

  private static Response found(List<FoundInstrument> instruments) {
    return Response.ok(new Found(instruments)).build();
  }

  /** Who searched and why, newest first. */
  @GET
  @StaffRole(Role.AUDITOR)
  public Response page(
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    return Response.ok(searches.page(actor.get(), Optional.ofNullable(after), PageSize.of(limit)))
        .build();
  }

  /**
   * What was found.
   *
   * @param instruments oldest first; at most a hundred
   */
  public record Found(List<FoundInstrument> instruments) {
    /** Copies the list. */
    public Found {
      instruments = List.copyOf(instruments);
    }
  }
}
