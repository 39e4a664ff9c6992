package org.tallystick.partner;

/** What became of a wish to register or change a partner bank's program. */
public sealed interface ClientOutcome {
  /** It is so now. */
  record Stands(ClientView client) implements ClientOutcome {}

  /** There is no such institution or client. */
  record Unknown() implements ClientOutcome {}

  /** Another client has that name, or had it. */
  record NameTaken() implements ClientOutcome {}

  /** Somebody else has changed it since. */
  record OtherVersion() implements ClientOutcome {}

  /** The client is revoked, or the institution is closed. */
  record NotPermitted() implements ClientOutcome {}

  /** The keys are none that are taken, or both keys and certificate, or neither, were given. */
  record KeysNotValid() implements ClientOutcome {}
}
