package org.tallystick.enrolment;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.DeviceState;
import org.tallystick.enrolment.BindOutcome.Answered;
import org.tallystick.enrolment.ConfirmOutcome.Confirmed;
import org.tallystick.json.StrictJson;
import org.tallystick.keys.KeySets;
import org.tallystick.keys.PublishedKeys;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.RateLimited;

/**
 * {@code /enrolments/{id}}: the exchange with a new device. Whatever goes wrong has one answer, as
 * if nothing were there.
 */
@Path("/enrolments/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RateLimited
public class EnrolmentsResource {
  private static final int MAX_MESSAGE = 4_096;
  private static final int MAX_MAC = 32;

  @EJB Enrolments enrolments;
  @EJB KeySets keySets;

  /** E1: the offer and the bank's keys. */
  @GET
  public Response offer(@PathParam("id") String id) {
    return enrolments
        .offer(bytes(id))
        .map(offer -> Response.ok(view(offer, keySets.current())).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** E4: {@code {message}} for {@code {message}}. */
  @POST
  @Path("/bind")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response bind(@PathParam("id") String id, StrictJson body) {
    byte[] message1 = body.requireBytes("message", MAX_MESSAGE);
    body.end();
    return enrolments.bind(bytes(id), message1) instanceof Answered answered
        ? Response.ok(new MessageView(Base64Url.encode(answered.message2()))).build()
        : Problem.NOT_FOUND.response();
  }

  /** E5: {@code {message}}; gives {@code {state}}, again and again. */
  @POST
  @Path("/confirm")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response confirm(@PathParam("id") String id, StrictJson body) {
    byte[] mac = body.requireBytes("message", MAX_MAC);
    body.end();
    return enrolments.confirm(bytes(id), mac) instanceof Confirmed
        ? Response.ok(new StateView(DeviceState.ACTIVE)).build()
        : Problem.NOT_FOUND.response();
  }

  /** Text that is no base64url names nothing. */
  private static byte[] bytes(String id) {
    try {
      return Base64Url.decode(id);
    } catch (MalformedInputException e) {
      return new byte[0];
    }
  }

  private static OfferView view(byte[] offer, PublishedKeys published) {
    return new OfferView(
        Base64Url.encode(offer),
        Base64Url.encode(published.root()),
        Base64Url.encode(published.signed()));
  }

  /**
   * An offer with what it is checked by; all in base64url.
   *
   * @param offer encoded
   * @param root public key
   * @param keys COSE_Sign1
   */
  public record OfferView(String offer, String root, String keys) {}

  /**
   * One message of the exchange.
   *
   * @param message base64url
   */
  public record MessageView(String message) {}

  /**
   * Where the device stands.
   *
   * @param state of the device
   */
  public record StateView(DeviceState state) {}
}
