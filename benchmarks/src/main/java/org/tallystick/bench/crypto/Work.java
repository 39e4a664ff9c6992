package org.tallystick.bench.crypto;

/** What is compared, and how many times its primitives' cost it may cost. */
enum Work {
  SEAL_SIGNED("sealSigned", "seal_signed", 1.25),
  SEAL_UNSIGNED("sealUnsigned", "seal_unsigned", 2.0),
  OPEN_SIGNED("openSigned", "open_signed", 1.25),
  OPEN_UNSIGNED("openUnsigned", "open_unsigned", 2.0);

  private final String method;
  private final String label;
  private final double limit;

  Work(String method, String label, double limit) {
    this.method = method;
    this.label = label;
    this.limit = limit;
  }

  /** Method of {@link HalfBenchmark}. */
  String method() {
    return method;
  }

  /** Name in results. */
  String label() {
    return label;
  }

  /** Highest ratio allowed. */
  double limit() {
    return limit;
  }
}
