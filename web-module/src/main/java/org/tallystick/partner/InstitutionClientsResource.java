package org.tallystick.partner;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.PageSize;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /institutions/{institution}/partner-clients}: the programs of one partner bank. */
@Path("/institutions/{institution}/partner-clients")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class InstitutionClientsResource {
  private static final int MAX_NAME = 40;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{2,39}");

  @EJB PartnerClients clients;
  @Inject CurrentActor actor;

  /** Registers one: {@code {client, scopes, keys | certificateSha256}}. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.ADMINISTRATOR)
  public Response register(@PathParam("institution") String institution, StrictJson body) {
    String name = body.requireText("client", MAX_NAME);
    Optional<ClientTerms> terms = ClientTermsBody.read(body);
    body.end();
    if (!NAME.matcher(name).matches()) {
      return Problem.MALFORMED_BODY.response(
          "'client' must have 3 to 40 small letters, digits and hyphens, a letter first");
    }
    return terms.isEmpty()
        ? Problem.CLIENT_KEYS_NOT_VALID.response()
        : PartnerClientsResource.created(
            clients.register(actor.get(), institution, name, terms.get()));
  }

  /** Those of an institution, oldest first. */
  @GET
  @StaffRole({Role.ADMINISTRATOR, Role.AUDITOR})
  public Response page(
      @PathParam("institution") String institution,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    return clients
        .page(actor.get(), institution, Optional.ofNullable(after), PageSize.of(limit))
        .map(page -> Response.ok(page).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }
}
