package org.tallystick.staff;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
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
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;

/** {@code /security-keys}: each member of the staff looks after the own ones. */
@Path("/security-keys")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class SecurityKeysResource {
  private static final int MAX_NAME = 64;

  @EJB StaffKeys keys;

  /** All own keys. */
  public record SecurityKeys(List<StaffKeys.View> keys) {}

  /** The own keys. */
  @GET
  @StaffRole
  @WithoutSecurityKey
  public Response own(@Context HttpHeaders headers) {
    return Response.ok(new SecurityKeys(keys.own(token(headers)))).build();
  }

  /** What the browser makes a new key with. */
  @POST
  @Path("/options")
  @StaffRole
  @WithoutSecurityKey
  public Response begin(@Context HttpHeaders headers) {
    Optional<StaffKeys.NewKey> wanted = keys.begin(token(headers));
    return wanted.isPresent()
        ? Response.status(Response.Status.CREATED).entity(KeyOptions.of(wanted.get())).build()
        : Problem.SIGN_IN_AGAIN.response();
  }

  /** Registers what the browser has made: {@code {name, credential}}. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole
  @WithoutSecurityKey
  public Response add(@Context HttpHeaders headers, StrictJson body) {
    String name = body.requireText("name", MAX_NAME);
    KeyCredential.Created created = KeyCredential.created(body.requireObject("credential"));
    body.end();
    return answer(
        keys.add(token(headers), name, created.clientDataJson(), created.attestationObject()));
  }

  /** Gives a key another name: {@code {name}}. */
  @PUT
  @Path("/{key}")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole
  public Response rename(
      @Context HttpHeaders headers, @PathParam("key") String key, StrictJson body) {
    String name = body.requireText("name", MAX_NAME);
    body.end();
    return answer(keys.rename(token(headers), key, name));
  }

  /** Removes a key. */
  @DELETE
  @Path("/{key}")
  @StaffRole
  public Response remove(@Context HttpHeaders headers, @PathParam("key") String key) {
    return answer(keys.remove(token(headers), key));
  }

  private static String token(HttpHeaders headers) {
    return Bearer.token(headers).orElse("");
  }

  private static Response answer(StaffKeys.Outcome outcome) {
    return switch (outcome) {
      case DONE -> Response.noContent().build();
      case NOT_FOUND -> Problem.NOT_FOUND.response();
      case SIGN_IN_AGAIN -> Problem.SIGN_IN_AGAIN.response();
      case TOO_MANY -> Problem.TOO_MANY_SECURITY_KEYS.response();
      case LAST_KEY -> Problem.LAST_SECURITY_KEY.response();
      case KNOWN_KEY -> Problem.SECURITY_KEY_KNOWN.response();
      case REFUSED -> Problem.SECURITY_KEY_NOT_ACCEPTED.response();
    };
  }
}
