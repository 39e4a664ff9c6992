package org.tallystick.wallet;

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
import org.tallystick.json.StrictJson;
import org.tallystick.party.CurrentParty;
import org.tallystick.party.PartyToken;
import org.tallystick.problem.Problem;
import org.tallystick.wallet.VerificationOutcome.CardRefused;
import org.tallystick.wallet.VerificationOutcome.Exhausted;
import org.tallystick.wallet.VerificationOutcome.IssuerNotReachable;
import org.tallystick.wallet.VerificationOutcome.NotActive;
import org.tallystick.wallet.VerificationOutcome.NotOpen;
import org.tallystick.wallet.VerificationOutcome.Standing;
import org.tallystick.wallet.VerificationOutcome.WrongAmounts;

/** {@code /wallet/instruments/{instrument}/verification}: is it the party's own? */
@Path("/wallet/instruments/{instrument}/verification")
@Produces(MediaType.APPLICATION_JSON)
@PartyToken
@RequestScoped
public class VerificationsResource {
  private static final int MOST_MINOR = 99;

  @EJB VerificationDesk desk;
  @EJB InstrumentProofs verifications;
  @Inject CurrentParty party;

  /** How it stands. */
  @GET
  public Response view(@PathParam("instrument") String instrument) {
    return verifications
        .view(party.get().id(), instrument)
        .map(found -> Response.ok(found).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Begins; what is verified or under way stays as it is. */
  @POST
  public Response begin(@PathParam("instrument") String instrument) {
    return answer(desk.begin(party.get().id(), instrument));
  }

  /** Names both amounts of a micro-deposit, in any order: {@code {firstMinor, secondMinor}}. */
  @POST
  @Path("/confirmation")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response confirm(@PathParam("instrument") String instrument, StrictJson body) {
    int first = (int) body.requireInteger("firstMinor", 1, MOST_MINOR);
    int second = (int) body.requireInteger("secondMinor", 1, MOST_MINOR);
    body.end();
    return answer(verifications.confirm(party.get().id(), instrument, first, second));
  }

  private static Response answer(VerificationOutcome outcome) {
    if (outcome instanceof Standing standing) {
      return Response.ok(standing.view()).build();
    }
    if (outcome instanceof WrongAmounts wrong) {
      return Problem.AMOUNTS_WRONG.response(
          switch (wrong.triesLeft()) {
            case 0 -> "No try is left; the verification may be begun anew";
            case 1 -> "One try is left";
            default -> wrong.triesLeft() + " tries are left";
          });
    }
    return problem(outcome).response();
  }

  private static Problem problem(VerificationOutcome outcome) {
    if (outcome instanceof NotActive) {
      return Problem.REGISTRATION_NOT_ACTIVE;
    }
    if (outcome instanceof Exhausted) {
      return Problem.VERIFICATION_LIMIT;
    }
    if (outcome instanceof NotOpen) {
      return Problem.VERIFICATION_NOT_OPEN;
    }
    if (outcome instanceof IssuerNotReachable) {
      return Problem.ISSUER_NOT_REACHABLE;
    }
    return outcome instanceof CardRefused ? Problem.CARD_NOT_VERIFIED : Problem.NOT_FOUND;
  }
}
