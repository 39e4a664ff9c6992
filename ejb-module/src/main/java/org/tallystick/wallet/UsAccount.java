package org.tallystick.wallet;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An account in the United States: routing number of 9 digits, account number of 4 to 17.
 *
 * <p>Source: ANSI X9.13 / ABA routing number policy: the digits weighted 3, 7, 1 sum to a multiple
 * of 10; the first two say which Federal Reserve district or kind. Nacha: account numbers have 17
 * characters at most.
 */
public final class UsAccount implements AccountNumber {
  private static final Pattern ROUTING =
      Pattern.compile("(0[0-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)[0-9]{7}");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{4,17}");
  private static final String NOTHING = "000000000";
  private static final int[] WEIGHTS = {3, 7, 1};
  private static final int SHOWN = 4;

  private final String routing;
  private final String account;

  private UsAccount(String routing, String account) {
    this.routing = routing;
    this.account = account;
  }

  /** Reads both numbers, digits only; empty where they are none. */
  public static Optional<UsAccount> of(String routing, String account) {
    return ROUTING.matcher(routing).matches()
            && !routing.equals(NOTHING)
            && checks(routing)
            && ACCOUNT.matcher(account).matches()
        ? Optional.of(new UsAccount(routing, account))
        : Optional.empty();
  }

  private static boolean checks(String routing) {
    int sum = 0;
    for (int i = 0; i < routing.length(); i++) {
      sum += WEIGHTS[i % WEIGHTS.length] * (routing.charAt(i) - '0');
    }
    return sum % 10 == 0;
  }

  @Override
  public AccountForm form() {
    return AccountForm.US;
  }

  @Override
  public String country() {
    return "US";
  }

  /** Half of a number that has less than eight digits. */
  @Override
  public String lastFour() {
    return account.substring(account.length() - Math.min(SHOWN, account.length() / 2));
  }

  @Override
  public byte[] bytes() {
    return (routing + "/" + account).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "UsAccount(..." + lastFour() + ")";
  }
}
