package org.tallystick.party;

import jakarta.annotation.Priority;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.tallystick.problem.Problem;
import org.tallystick.staff.Bearer;

/** Lets only parties that show their token through. */
@Provider
@PartyToken
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class PartyTokenFilter implements ContainerRequestFilter {
  @EJB Parties parties;
  @Inject CurrentParty current;

  @Override
  public void filter(ContainerRequestContext request) {
    Optional<Party> party = Bearer.token(request).flatMap(parties::byPartyToken);
    if (party.isPresent()) {
      current.set(party.get());
    } else {
      request.abortWith(Problem.NOT_AUTHENTICATED.response());
    }
  }
}
