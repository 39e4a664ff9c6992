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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.http.PageSize;
import org.tallystick.json.StrictJson;
import org.tallystick.page.Page;
import org.tallystick.party.Application;
import org.tallystick.party.ApplicationBody;
import org.tallystick.party.ApplicationOutcome;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKind;
import org.tallystick.party.PartyRole;
import org.tallystick.party.Registered;
import org.tallystick.party.RegistrationState;
import org.tallystick.party.Registrations;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.Scope;
import org.tallystick.staff.StaffRole;

/** {@code /partner/registrations}: a partner bank's program registers parties and sees its own. */
@Path("/partner/registrations")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@StaffRole(value = Role.PARTNER, scopes = Scope.REGISTRATIONS)
public class PartnerRegistrationsResource {
  @EJB Registrations registrations;
  @Inject CurrentActor actor;

  /** Hands in an application on behalf of who applies; the party token is for that one alone. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response register(StrictJson body) {
    Application application = ApplicationBody.read(body);
    body.end();
    ApplicationOutcome outcome = registrations.register(actor.get(), application);
    return outcome instanceof Registered registered
        ? Response.status(Response.Status.CREATED).entity(registered).build()
        : Problem.NAME_CONFUSABLE.response();
  }

  /** The institution's own in a state, oldest first. */
  @GET
  public Response page(
      @QueryParam("state") @DefaultValue("APPLIED") String state,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    Optional<RegistrationState> wanted =
        Stream.of(RegistrationState.values()).filter(s -> s.name().equals(state)).findFirst();
    if (wanted.isEmpty()) {
      return Problem.BAD_REQUEST.response();
    }
    Page<PartyView> page =
        registrations
            .ofInstitution(
                actor.get(), wanted.get(), Optional.ofNullable(after), PageSize.of(limit))
            .map(PartyView::of);
    return Response.ok(new PageView(page.items(), page.next())).build();
  }

  /** Where one of them stands. */
  @GET
  @Path("/{registration}")
  public Response get(@PathParam("registration") String registration) {
    return registrations
        .ofInstitution(actor.get(), registration)
        .map(found -> Response.ok(PartyView.of(found)).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /**
   * A party as a program sees it: neither names nor addresses.
   *
   * @param registration names it in addresses
   * @param kind person or organisation
   * @param role user or provider
   * @param state where it stands
   * @param displayName what a provider shows the public
   * @param registeredAt when it came in
   */
  public record PartyView(
      String registration,
      PartyKind kind,
      PartyRole role,
      RegistrationState state,
      @Nullable String displayName,
      OffsetDateTime registeredAt) {
    static PartyView of(Party party) {
      return new PartyView(
          Base64Url.encode(party.identifiers().registration()),
          party.kind(),
          party.role(),
          party.state(),
          party.identity().displayName().orElse(null),
          party.registeredAt());
    }
  }

  /**
   * Some parties.
   *
   * @param registrations oldest first
   * @param next cursor of the next page, or null
   */
  public record PageView(List<PartyView> registrations, @Nullable String next) {}
}
