package org.tallystick.web;

import java.util.Comparator;
import java.util.List;
import org.tallystick.staff.Role;
import org.tallystick.staff.Scope;

/**
 * One method of one path that the running server answers.
 *
 * @param method of HTTP
 * @param path below the interface's root, parameters in braces
 * @param who must prove themselves
 * @param roles any of which the caller must have; with {@link Who#STAFF} none means all staff
 * @param scopes all of which a partner bank's program must have beside its role
 */
public record Served(String method, String path, Who who, List<Role> roles, List<Scope> scopes)
    implements Comparable<Served> {
  private static final Comparator<Served> ORDER =
      Comparator.comparing(Served::path).thenComparing(Served::method);

  /** Who a method is for. */
  public enum Who {
    /** Whoever asks; what is sent may have to prove itself, as a device's code does. */
    ANYBODY,
    /** A party with its token. */
    PARTY,
    /** Staff with a session, or a program with a token. */
    STAFF
  }

  /** Copies the lists. */
  public Served {
    roles = List.copyOf(roles);
    scopes = List.copyOf(scopes);
  }

  /** The same below another root. */
  Served below(String root) {
    return new Served(method, root + path, who, roles, scopes);
  }

  @Override
  public int compareTo(Served other) {
    return ORDER.compare(this, other);
  }
}
