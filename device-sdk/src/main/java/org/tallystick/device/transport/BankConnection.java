package org.tallystick.device.transport;

import java.time.Duration;
import java.util.List;
import org.tallystick.device.result.Result;
import org.tallystick.tree.Inclusion;
import org.tallystick.tree.SignedCheckpoint;

/**
 * What a device asks its bank. Every call may be repeated with the same arguments without further
 * effect, so an implementation may retry; nothing here is secret to the network but what is sealed
 * already.
 *
 * <p>Source: docs/PROTOCOL.md sections 2, 3, 5.1, 6, 8, 9.1 and 10.
 */
public interface BankConnection extends AutoCloseable {
  /**
   * The bank's keys, unchecked.
   *
   * @param root public key, as sent
   * @param sign1 COSE_Sign1 of the key set
   */
  record Keys(byte[] root, byte[] sign1) {}

  /**
   * An offer, unchecked.
   *
   * @param offer CBOR
   * @param keys sent with it
   */
  record Offered(byte[] offer, Keys keys) {}

  /**
   * A sealed answer, or what is told while there is none; the same message is told once, as far as
   * the connection knows.
   *
   * @param pickup token that it was asked for with, 16 bytes
   * @param sealed COSE_Encrypt0
   * @param isProgress whether it is a progress message
   */
  record PickedUp(byte[] pickup, byte[] sealed, boolean isProgress) {
    /** An answer or a notice. */
    public PickedUp(byte[] pickup, byte[] sealed) {
      this(pickup, sealed, false);
    }
  }

  /** {@code GET /api/v1/keys}. */
  Result<Keys> keys();

  /** E1. */
  Result<Offered> offer(byte[] enrolmentId);

  /** E4; gives message2. */
  Result<byte[]> bind(byte[] enrolmentId, byte[] message1);

  /** E5; gives the state that the bank names. */
  Result<String> confirm(byte[] enrolmentId, byte[] confirmation);

  /** Brings a code to the bank's disk; gives the state that the bank names. */
  Result<String> send(String code);

  /** A challenge for a request, 32 bytes. */
  Result<byte[]> challenge();

  /** Sends a sealed request; gives the reply, which only its keys can tell from any other bytes. */
  Result<byte[]> request(String text);

  /**
   * Waits until at least one of these answers is there, by push or by asking.
   *
   * @param pickups tokens, 16 bytes each, at most 64; the first is the one waited for most
   * @param wait how long at most; zero asks once
   * @return what is there, perhaps nothing
   */
  Result<List<PickedUp>> answers(List<byte[]> pickups, Duration wait);

  /** A fresh provider certificate for a signed request. */
  Result<byte[]> certificate(byte[] request);

  /** The text of a version of the agreement, unchecked. */
  Result<String> agreement(long version);

  /** The newest checkpoint of the tree over all logs, unchecked. */
  Result<SignedCheckpoint> checkpoint();

  /** C3: proof that the tree of {@code to} leaves begins with that of {@code from}. */
  Result<List<byte[]>> consistency(long from, long to);

  /** C4: proof that a leaf is among the first {@code size}. */
  Result<Inclusion> inclusion(byte[] leafHash, long size);

  @Override
  void close();
}
