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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongPredicate;
import org.tallystick.http.Preconditions;
import org.tallystick.json.StrictJson;
import org.tallystick.party.CurrentParty;
import org.tallystick.party.PartyToken;
import org.tallystick.problem.Problem;
import org.tallystick.wallet.PlaceOutcome.Changed;
import org.tallystick.wallet.PlaceOutcome.Full;
import org.tallystick.wallet.PlaceOutcome.Kept;
import org.tallystick.wallet.PlaceOutcome.NotActive;
import org.tallystick.wallet.PlaceOutcome.ShorthandTaken;

/** {@code /wallet/addresses}: where a party wants things delivered. */
@Path("/wallet/addresses")
@Produces(MediaType.APPLICATION_JSON)
@PartyToken
@RequestScoped
public class DeliveryPlacesResource {
  private static final int MAX_SHORTHAND = 32;
  private static final int COUNTRY_LENGTH = 2;

  @EJB DeliveryPlaces places;
  @Inject CurrentParty party;

  /** All of them. */
  @GET
  public Response list() {
    return Response.ok(new Places(places.list(party.get().id()))).build();
  }

  /** One, with a tag that a replacement may ask for. */
  @GET
  @Path("/{place}")
  public Response one(@PathParam("place") String place) {
    return places
        .one(party.get().id(), place)
        .map(one -> Response.ok(one.place()).tag(Preconditions.tag(one.version())).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Adds one: {@code {shorthand, recipient, lines, locality, region, postcode, country}}. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(StrictJson body) {
    return kept(
        body,
        Response.Status.CREATED,
        (name, address) -> places.add(party.get().id(), name, address));
  }

  /** Puts another in the place of one; the body is as for a new one; honours If-Match. */
  @PUT
  @Path("/{place}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response replace(
      @PathParam("place") String place, @Context HttpHeaders headers, StrictJson body) {
    LongPredicate admits = Preconditions.ifMatch(headers);
    return kept(
        body,
        Response.Status.OK,
        (name, address) -> places.replace(party.get().id(), place, name, address, admits));
  }

  /** Makes one the one that is taken where none is named. */
  @PUT
  @Path("/{place}/preferred")
  public Response prefer(@PathParam("place") String place) {
    return doneOrNotFound(places.prefer(party.get().id(), place));
  }

  /** Deletes one. */
  @DELETE
  @Path("/{place}")
  public Response remove(@PathParam("place") String place) {
    return doneOrNotFound(places.remove(party.get().id(), place));
  }

  private static Response doneOrNotFound(boolean done) {
    return done ? Response.noContent().build() : Problem.NOT_FOUND.response();
  }

  private static Response kept(
      StrictJson body,
      Response.Status status,
      BiFunction<Shorthand, DeliveryAddress, PlaceOutcome> keep) {
    Optional<Shorthand> name = Shorthand.of(body.requireText("shorthand", MAX_SHORTHAND));
    Optional<DeliveryAddress> address =
        new DeliveryAddress(
                body.requireText("recipient", DeliveryAddress.MAX_LINE),
                body.requireTexts("lines", DeliveryAddress.MAX_LINES, DeliveryAddress.MAX_LINE),
                body.requireText("locality", DeliveryAddress.MAX_LINE),
                body.optionalText("region", DeliveryAddress.MAX_LINE).orElse(null),
                body.optionalText("postcode", DeliveryAddress.MAX_POSTCODE).orElse(null),
                body.requireText("country", COUNTRY_LENGTH))
            .checked();
    body.end();
    if (name.isEmpty()) {
      return Problem.SHORTHAND_NOT_VALID.response();
    }
    if (address.isEmpty()) {
      return Problem.ADDRESS_NOT_VALID.response();
    }
    PlaceOutcome outcome = keep.apply(name.get(), address.get());
    return outcome instanceof Kept kept
        ? Response.status(status).entity(kept.place()).build()
        : problem(outcome).response();
  }

  private static Problem problem(PlaceOutcome outcome) {
    if (outcome instanceof NotActive) {
      return Problem.REGISTRATION_NOT_ACTIVE;
    }
    if (outcome instanceof Changed) {
      return Problem.PRECONDITION_FAILED;
    }
    if (outcome instanceof ShorthandTaken) {
      return Problem.SHORTHAND_TAKEN;
    }
    return outcome instanceof Full ? Problem.WALLET_FULL : Problem.NOT_FOUND;
  }

  /**
   * Places of delivery.
   *
   * @param addresses oldest first
   */
  public record Places(List<PlaceView> addresses) {
    /** Copies the list. */
    public Places {
      addresses = List.copyOf(addresses);
    }
  }
}
