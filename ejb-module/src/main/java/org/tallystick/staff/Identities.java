package org.tallystick.staff;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.tallystick.staff.Identification.Known;

/** Whom bearer tokens stand for: sessions of this bank first, then an issuer's tokens. */
@ApplicationScoped
public class Identities {
  @EJB StaffSessions sessions;
  @Inject OidcStaff oidc;

  /** Whom a token stands for. */
  public Identification of(String token) {
    Optional<StaffIdentity> local = sessions.identity(token);
    return local.isPresent() ? new Known(local.get()) : oidc.identify(token);
  }

  /** Who acts under a token, if it is known now. */
  public Optional<Actor> actor(String token) {
    return of(token) instanceof Known known
        ? Optional.of(known.identity().actor())
        : Optional.empty();
  }
}
