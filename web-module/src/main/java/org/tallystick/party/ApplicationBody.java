package org.tallystick.party;

import org.jspecify.annotations.Nullable;
import org.tallystick.json.StrictJson;

/** Reads what a party that applies says about itself, whoever hands it in. */
public final class ApplicationBody {
  private static final int MAX_NAME = 128;
  private static final int MAX_PUBLIC = 64;
  private static final int MAX_EMAIL = 254;

  private ApplicationBody() {}

  /** Reads the members; the caller reads what else there may be, and the end. */
  public static Application read(StrictJson body) {
    PartyKind kind = body.requireOneOf("kind", PartyKind.class);
    PartyRole role = body.requireOneOf("role", PartyRole.class);
    String name = body.requireText("name", MAX_NAME);
    @Nullable String email = body.optionalText("email", MAX_EMAIL).orElse(null);
    @Nullable String displayName = null;
    @Nullable String place = null;
    if (role == PartyRole.PROVIDER) {
      displayName = body.requireText("displayName", MAX_PUBLIC);
      place = body.optionalText("place", MAX_PUBLIC).orElse(null);
    }
    return new Application(kind, role, name, displayName, place, email);
  }
}
