package org.tallystick.device.result;

/**
 * What the bank, or the way to it, said instead of an answer; RFC 9457.
 *
 * @param type URI of the problem, {@code about:blank} where the bank gave none
 * @param title one short sentence
 * @param status HTTP status, 0 where no HTTP answer came at all
 */
public record BankProblem(String type, String title, int status) implements Refusal {
  /** Type of a bank that cannot be reached. */
  public static final String UNREACHABLE = "urn:tallystick:problem:unreachable";

  /** Type of a reply that does not have the form that the protocol asks for. */
  public static final String MALFORMED = "urn:tallystick:problem:malformed-reply";

  /** No HTTP answer. */
  public static BankProblem unreachable(String title) {
    return new BankProblem(UNREACHABLE, title, 0);
  }

  /** An HTTP answer in the wrong form. */
  public static BankProblem malformed(String title, int status) {
    return new BankProblem(MALFORMED, title, status);
  }
}
