package org.tallystick.partner;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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
import java.net.URI;
import java.util.Optional;
import org.tallystick.http.Preconditions;
import org.tallystick.json.StrictJson;
import org.tallystick.partner.ClientOutcome.KeysNotValid;
import org.tallystick.partner.ClientOutcome.NameTaken;
import org.tallystick.partner.ClientOutcome.NotPermitted;
import org.tallystick.partner.ClientOutcome.OtherVersion;
import org.tallystick.partner.ClientOutcome.Stands;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /partner-clients}: administrators look after partner banks' programs. */
@Path("/partner-clients")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class PartnerClientsResource {
  private static final int MAX_REASON = 500;

  @EJB PartnerClients clients;
  @Inject CurrentActor actor;
  @Context HttpHeaders headers;

  /** One. */
  @GET
  @Path("/{client}")
  @StaffRole({Role.ADMINISTRATOR, Role.AUDITOR})
  public Response get(@PathParam("client") String client) {
    return clients
        .find(actor.get(), client)
        .map(found -> shown(Response.ok(), found))
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Puts other keys and scopes in the place of those that it has: {@code {scopes, keys | …}}. */
  @PUT
  @Path("/{client}")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.ADMINISTRATOR)
  public Response change(@PathParam("client") String client, StrictJson body) {
    Optional<ClientTerms> terms = ClientTermsBody.read(body);
    body.end();
    return terms.isEmpty()
        ? Problem.CLIENT_KEYS_NOT_VALID.response()
        : answer(clients.change(actor.get(), client, Preconditions.ifMatch(headers), terms.get()));
  }

  /** Ends it for good, at once: {@code {reason}}. */
  @POST
  @Path("/{client}/revocation")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.ADMINISTRATOR)
  public Response revoke(@PathParam("client") String client, StrictJson body) {
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    return answer(clients.revoke(actor.get(), client, reason));
  }

  private static Response answer(ClientOutcome outcome) {
    return outcome instanceof Stands stands
        ? shown(Response.ok(), stands.client())
        : problem(outcome).response();
  }

  static Response created(ClientOutcome outcome) {
    return outcome instanceof Stands stands
        ? shown(
            Response.created(URI.create("partner-clients/" + stands.client().client())),
            stands.client())
        : problem(outcome).response();
  }

  private static Problem problem(ClientOutcome refused) {
    if (refused instanceof NameTaken) {
      return Problem.NAME_TAKEN;
    }
    if (refused instanceof OtherVersion) {
      return Problem.PRECONDITION_FAILED;
    }
    if (refused instanceof NotPermitted) {
      return Problem.STATE_NOT_PERMITTED;
    }
    return refused instanceof KeysNotValid ? Problem.CLIENT_KEYS_NOT_VALID : Problem.NOT_FOUND;
  }

  private static Response shown(Response.ResponseBuilder answer, ClientView client) {
    return answer.entity(client).tag(Preconditions.tag(client.version())).build();
  }
}
