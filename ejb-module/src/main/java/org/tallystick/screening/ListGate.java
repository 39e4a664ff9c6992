package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.tallystick.party.Party;
import org.tallystick.party.ScreeningGate;

/** What screening says to those who take parties in. */
@ApplicationScoped
public class ListGate implements ScreeningGate {
  @EJB Screenings screenings;

  @Override
  public boolean submitted(Party party) {
    return screenings.submitted(party);
  }

  @Override
  public Optional<Obstacle> obstacle(long partyId) {
    return screenings.obstacle(partyId);
  }
}
