package org.tallystick.privacy;

import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What came of a wish to erase a party. */
public sealed interface ErasureOutcome {
  /** How far it has come. */
  enum State {
    PROPOSED,
    ERASED
  }

  /**
   * It is proposed, or done.
   *
   * @param state which of them
   * @param proposedBy by whom
   * @param erasedAt when it was done
   */
  record Going(State state, String proposedBy, @Nullable OffsetDateTime erasedAt)
      implements ErasureOutcome {}

  /** There is no such registration. */
  record Unknown() implements ErasureOutcome {}

  /** The registration was neither refused nor closed. */
  record NotEnded() implements ErasureOutcome {}

  /**
   * The data has to be kept.
   *
   * @param until how long
   */
  record TooEarly(OffsetDateTime until) implements ErasureOutcome {}

  /**
   * Something is still to be done with the party.
   *
   * @param ties what
   */
  record Tied(Set<Tie> ties) implements ErasureOutcome {
    /** Copies the set. */
    public Tied {
      ties = Set.copyOf(ties);
    }
  }

  /**
   * An approver who is another person than who proposed has to confirm.
   *
   * @param proposedBy who proposed
   */
  record SecondPersonNeeded(String proposedBy) implements ErasureOutcome {}

  /** The proposal is taken back. */
  record Withdrawn() implements ErasureOutcome {}

  /** There is no proposal that could be taken back. */
  record NothingProposed() implements ErasureOutcome {}

  /**
   * Only who proposed takes it back.
   *
   * @param proposedBy who that is
   */
  record NotProposer(String proposedBy) implements ErasureOutcome {}
}
