package org.tallystick.device.process;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tallystick.device.result.Result;
import org.tallystick.device.transport.BankConnection;

/**
 * For drills only: damages the copy of a code that leaves, never the stored one, until the process
 * ends. Without a command to that end it does nothing.
 */
final class TamperingConnection implements BankConnection {
  private final BankConnection bank;
  private final Set<String> damaged = Collections.synchronizedSet(new HashSet<>());

  TamperingConnection(BankConnection bank) {
    this.bank = bank;
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
    return bank.send(hit ? flipped(code) : code);
  }

  @Override
  public Result<Keys> keys() {
    return bank.keys();
  }

  @Override
  public Result<Offered> offer(byte[] enrolmentId) {
    return bank.offer(enrolmentId);
  }

  @Override
  public Result<byte[]> bind(byte[] enrolmentId, byte[] message1) {
    return bank.bind(enrolmentId, message1);
  }

  @Override
  public Result<String> confirm(byte[] enrolmentId, byte[] confirmation) {
    return bank.confirm(enrolmentId, confirmation);
  }

  @Override
  public Result<List<PickedUp>> answers(List<byte[]> pickups, Duration wait) {
    return bank.answers(pickups, wait);
  }

  @Override
  public Result<byte[]> certificate(byte[] request) {
    return bank.certificate(request);
  }

  @Override
  public void close() {
    bank.close();
  }
}
