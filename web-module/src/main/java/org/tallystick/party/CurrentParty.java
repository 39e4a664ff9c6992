package org.tallystick.party;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/** Which party makes the present request; whether it is active is the use case's business. */
@RequestScoped
public class CurrentParty {
  private @Nullable Party party;

  void set(Party shown) {
    party = shown;
  }

  /**
   * The party.
   *
   * @throws IllegalStateException where the resource lacks {@link PartyToken}
   */
  public Party get() {
    if (party == null) {
      throw new IllegalStateException("no party has shown its token");
    }
    return party;
  }

  /** Whether a registration in an address is the party's own; what is not does not exist for it. */
  public boolean owns(String registration) {
    return Base64Url.encode(get().identifiers().registration()).equals(registration);
  }
}
