package org.tallystick.wallet;

/** What became of a wish to change a party's places of delivery; all but the first nothing. */
public sealed interface PlaceOutcome {
  /** It is kept. */
  record Kept(PlaceView place) implements PlaceOutcome {}

  /** There is no such place. */
  record NotThere() implements PlaceOutcome {}

  /** It was changed since the client saw it. */
  record Changed() implements PlaceOutcome {}

  /** Another place has that name. */
  record ShorthandTaken() implements PlaceOutcome {}

  /** There are too many. */
  record Full() implements PlaceOutcome {}

  /** The party's registration is not active. */
  record NotActive() implements PlaceOutcome {}
}
