package org.tallystick.device.process;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.tallystick.device.result.Result;
import org.tallystick.device.transport.BankConnection;
import org.tallystick.device.transport.ForwardingBankConnection;

/**
 * For drills only: damages the copy of a code that leaves, never the stored one, until the process
 * ends. Without a command to that end it does nothing.
 */
final class TamperingConnection extends ForwardingBankConnection {
  private final Set<String> damaged = Collections.synchronizedSet(new HashSet<>());

  TamperingConnection(BankConnection bank) {
    super(bank);
  }

  void damageCodesOf(String number) {
    damaged.add(number);
  }

  /** Flips one byte in the middle of the encrypted field; its form stays right. */
  static String flipped(String code) {
    String[] fields = code.split("::", 4);
    StringBuilder sealed = new StringBuilder(fields[3]);
    int middle = sealed.length() / 2;
    sealed.setCharAt(middle, sealed.charAt(middle) == 'A' ? 'B' : 'A');
    return String.join("::", fields[0], fields[1], fields[2], sealed);
  }

  @Override
  public Result<String> send(String code) {
    boolean hit = damaged.contains(code.split("::", 4)[1]);
    return super.send(hit ? flipped(code) : code);
  }
}
