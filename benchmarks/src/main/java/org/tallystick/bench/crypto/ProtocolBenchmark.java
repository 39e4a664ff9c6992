package org.tallystick.bench.crypto;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.tallystick.code.OpenedHalf;
import org.tallystick.code.SealedHalf;

/** The protocol's side: whole halves. Its methods have the names of {@link PrimitivesBenchmark}. */
@State(Scope.Benchmark)
public class ProtocolBenchmark {
  private final Purchase signed = Purchase.of(true);
  private final Purchase unsigned = Purchase.of(false);
  private final String signedCode = signed.seal().text();
  private final String unsignedCode = unsigned.seal().text();

  /** Seals, ES256 included. */
  @Benchmark
  public SealedHalf sealSigned() {
    return signed.seal();
  }

  /** Seals without a signature. */
  @Benchmark
  public SealedHalf sealUnsigned() {
    return unsigned.seal();
  }

  /** Opens, ES256 included. */
  @Benchmark
  public OpenedHalf openSigned() {
    return signed.open(signedCode);
  }

  /** Opens without a signature. */
  @Benchmark
  public OpenedHalf openUnsigned() {
    return unsigned.open(unsignedCode);
  }
}
