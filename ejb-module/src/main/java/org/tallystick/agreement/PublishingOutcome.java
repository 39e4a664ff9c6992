package org.tallystick.agreement;

import org.tallystick.party.Agreement;
import org.tallystick.party.AgreementProposal;

/** What came of proposing or confirming a version of the agreement. */
public sealed interface PublishingOutcome {
  /** It waits for another person. */
  record Proposed(AgreementProposal proposal) implements PublishingOutcome {}

  /** It is published. */
  record Published(Agreement agreement) implements PublishingOutcome {}

  /** It will not be published. */
  record Withdrawn() implements PublishingOutcome {}

  /** There is no such proposal. */
  record Unknown() implements PublishingOutcome {}

  /** A proposal is open, or a version waits to be in force. */
  record AnotherWaits() implements PublishingOutcome {}

  /** It would be in force before parties had time to read it. */
  record NoticeTooShort() implements PublishingOutcome {}

  /** It would be in force in years only. */
  record TooFarAhead() implements PublishingOutcome {}

  /** Who proposed it does not confirm it. */
  record SecondPersonNeeded() implements PublishingOutcome {}

  /** Devices would not take the text, or it is the one that there is. */
  record TextNotValid() implements PublishingOutcome {}
}
