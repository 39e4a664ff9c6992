package org.tallystick.device;

import org.jspecify.annotations.NullMarked;

/** Lets the fuzzer reach the reader of certificate requests. */
@NullMarked
public final class CertificateRequestDoor {
  private CertificateRequestDoor() {}

  /** Reads one. */
  public static void read(byte[] sign1) {
    CertificateRequest request = CertificateRequest.parse(sign1);
    request.deviceId();
    request.timeMillis();
  }
}
