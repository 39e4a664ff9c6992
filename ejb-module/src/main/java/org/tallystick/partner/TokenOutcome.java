package org.tallystick.partner;

import java.util.Set;
import org.tallystick.staff.Scope;

/** What became of a wish for an access token. */
public sealed interface TokenOutcome {
  /**
   * A token.
   *
   * @param token shown once
   * @param lifeSeconds how long it is good
   * @param scopes what it is good for
   */
  record Issued(String token, long lifeSeconds, Set<Scope> scopes) implements TokenOutcome {
    /** Copies the scopes. */
    public Issued {
      scopes = Set.copyOf(scopes);
    }

    @Override
    public String toString() {
      return "Issued";
    }
  }

  /**
   * Unknown, revoked, suspended, wrongly signed, used before, out of time: nobody is told which.
   */
  record NotProven() implements TokenOutcome {}

  /** The program is who it says, and asks for more than it may. */
  record ScopeNotAllowed() implements TokenOutcome {}
}
