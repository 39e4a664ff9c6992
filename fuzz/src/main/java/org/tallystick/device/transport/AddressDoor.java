package org.tallystick.device.transport;

import org.jspecify.annotations.NullMarked;

/** Lets the fuzzer reach the reader of a bank's addresses. */
@NullMarked
public final class AddressDoor {
  private AddressDoor() {}

  /** Reads addresses as a device is given them, and makes one URI of each kind. */
  public static void read(String text) {
    for (String address : BankRoutes.parse(text).baseUrls()) {
      BankAddress read = BankAddress.of(address);
      read.path("/api/v1/keys");
      read.socket("/ws/v1/answers");
    }
  }
}
