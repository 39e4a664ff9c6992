package org.tallystick.http;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who makes the present request, as one text: what is counted and remembered for each of them.
 * Whatever finds credentials good says so here.
 */
@RequestScoped
public class Caller {
  private @Nullable String name;

  /**
   * The credentials were found good.
   *
   * @param kind "staff" or "party", so that no two callers have one name
   * @param who which of them
   */
  public void set(String kind, String who) {
    name = kind + "/" + who;
  }

  /** The caller; empty for strangers. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }
}
