package org.tallystick.planting;

/** What the protocol promises, in the order and with the numbers of docs/PROPERTIES.md. */
enum Property {
  ONE_KEY_ONE_CODE(
      1,
      "One key, one code: replayed, reordered, truncated, flipped or re-addressed codes have no"
          + " effect and no oracle; the same bytes again get the byte-equal answer."),
  STATE_OPENS_NOTHING_BEFORE(2, "A state at n opens nothing before n."),
  SIDES_MEET_AGAIN(
      3,
      "Lost codes, lost answers, crashes at every write on either side, two nodes racing for the"
          + " answer: both sides meet again without help, with one effect and one final answer."),
  STRANGER_HARMS_NOBODY(
      4,
      "A stranger can neither lock a device, burn its sequence, squat on a transaction nor learn"
          + " whether something exists."),
  ONE_HALF_MOVES_NOTHING(5, "Neither half alone moves anything."),
  SIGNATURE_HAS_ITS_PLACE(
      6,
      "The bank cannot forge a party's half without an enrolment that the party can see, a party"
          + " cannot deny one, and no signature passes for another type, role, consortium or"
          + " transaction."),
  PROVIDER_LEARNS_NOTHING(
      7, "The provider learns nothing that the user did not disclose, and cannot link two visits."),
  PIN_CANNOT_BE_GUESSED(
      8,
      "From evidence bundle, bank database or device file alone no guess of a PIN can be checked."),
  CLONE_IS_FOUND(9, "A clone is found at its first divergent code."),
  ALL_SIDES_AGREE(
      10, "Java device, JavaScript device and bank agree byte for byte on the published vectors.");

  private final int number;
  private final String claim;

  Property(int number, String claim) {
    this.number = number;
    this.claim = claim;
  }

  /** From 1 to 10. */
  int number() {
    return number;
  }

  /** What holds. */
  String claim() {
    return claim;
  }
}
