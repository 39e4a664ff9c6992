package org.tallystick.staff;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.tls.ClientCertificate;

/** Who acts without being a member of the staff: programs, by their access tokens. */
@ApplicationScoped
public class Programs {
  @Inject @Any Instance<ActorSource> sources;
  @Inject ClientCertificate certificates;

  /**
   * Whose token it is, over a connection that was made with the right certificate if it needs one.
   */
  public Optional<Actor> actor(String token, HttpServletRequest request) {
    byte @Nullable [] certificate = certificates.hash(request).orElse(null);
    for (ActorSource source : sources) {
      Optional<Actor> actor = source.actor(token, certificate);
      if (actor.isPresent()) {
        return actor;
      }
    }
    return Optional.empty();
  }
}
