package org.tallystick.partner;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.staff.Actor;
import org.tallystick.staff.ActorSource;

/** Partner banks' programs, known by their access tokens. */
@ApplicationScoped
public class PartnerActors implements ActorSource {
  @EJB PartnerTokens tokens;

  @Override
  public Optional<Actor> actor(String token, byte @Nullable [] certificateHash) {
    return tokens.actor(token, certificateHash);
  }
}
