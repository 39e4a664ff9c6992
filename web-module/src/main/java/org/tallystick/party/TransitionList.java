package org.tallystick.party;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The moves of a registration, the oldest first.
 *
 * @param transitions all of them
 */
public record TransitionList(List<TransitionView> transitions) {
  static TransitionList of(List<PartyTransition> lines) {
    return new TransitionList(lines.stream().map(TransitionView::of).toList());
  }

  /**
   * A move; where both states are the same, an identification was renewed in time.
   *
   * @param from the state before
   * @param to the state after
   * @param actor a member of the staff, {@code party:itself}, {@code device:…} or {@code system:…}
   * @param proposedBy who had proposed it, where two people were needed
   * @param reason why
   * @param at when
   */
  public record TransitionView(
      RegistrationState from,
      RegistrationState to,
      String actor,
      @Nullable String proposedBy,
      String reason,
      OffsetDateTime at) {
    static TransitionView of(PartyTransition line) {
      return new TransitionView(
          line.from(),
          line.to(),
          line.actor(),
          line.proposedBy().orElse(null),
          line.reason(),
          line.at());
    }
  }
}
