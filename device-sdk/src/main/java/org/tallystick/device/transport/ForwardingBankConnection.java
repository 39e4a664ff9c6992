package org.tallystick.device.transport;

import java.time.Duration;
import java.util.List;
import org.tallystick.device.result.Result;
import org.tallystick.tree.Inclusion;
import org.tallystick.tree.SignedCheckpoint;

/** Passes every call on; who wants to watch or change one overrides that one. */
public abstract class ForwardingBankConnection implements BankConnection {
  private final BankConnection bank;

  /**
   * @param bank that is asked; closed with this
   */
  protected ForwardingBankConnection(BankConnection bank) {
    this.bank = bank;
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
  public Result<String> send(String code) {
    return bank.send(code);
  }

  @Override
  public Result<byte[]> challenge() {
    return bank.challenge();
  }

  @Override
  public Result<byte[]> request(String text) {
    return bank.request(text);
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
  public Result<String> agreement(long version) {
    return bank.agreement(version);
  }

  @Override
  public Result<SignedCheckpoint> checkpoint() {
    return bank.checkpoint();
  }

  @Override
  public Result<List<byte[]>> consistency(long from, long to) {
    return bank.consistency(from, to);
  }

  @Override
  public Result<Inclusion> inclusion(byte[] leafHash, long size) {
    return bank.inclusion(leafHash, size);
  }

  @Override
  public void close() {
    bank.close();
  }
}
