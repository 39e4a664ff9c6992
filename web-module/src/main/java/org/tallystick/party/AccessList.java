package org.tallystick.party;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.page.Page;

/**
 * Who has opened personal data of a party, the oldest first.
 *
 * @param accesses the page
 * @param next give this back to get the next page; null on the last
 */
public record AccessList(List<AccessView> accesses, @Nullable String next) {
  static AccessList of(Page<KycAccess> page) {
    return new AccessList(page.map(AccessView::of).items(), page.next());
  }

  /**
   * One opening.
   *
   * @param actor who
   * @param what was opened
   * @param document which, where it was one
   * @param reason why, where that was asked for
   * @param state where the registration stood
   * @param at when
   */
  public record AccessView(
      String actor,
      KycAccess.What what,
      @Nullable String document,
      @Nullable String reason,
      RegistrationState state,
      OffsetDateTime at) {
    static AccessView of(KycAccess access) {
      return new AccessView(
          access.actor(),
          access.what(),
          access.documentId().map(Base64Url::encode).orElse(null),
          access.reason().orElse(null),
          access.partyState(),
          access.at());
    }
  }
}
