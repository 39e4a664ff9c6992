package org.tallystick.bench.crypto;

import java.security.GeneralSecurityException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Both sides in turns of a few operations each, less than a millisecond: whole halves, and the
 * primitives that a half cannot do without. What else the machine does meets both alike.
 */
@State(Scope.Benchmark)
public class HalfBenchmark {
  private final Purchase signed = Purchase.of(true);
  private final Purchase unsigned = Purchase.of(false);
  private final String signedCode = signed.seal().text();
  private final String unsignedCode = unsigned.seal().text();
  private final Primitives primitives = Primitives.of(Shape.of(signed));

  /** Seals, ES256 included. */
  @Benchmark
  public void sealSigned(Turns turns, Blackhole out) throws GeneralSecurityException {
    turns.begin();
    for (int i = 0; i < Turns.OPERATIONS; i++) {
      out.consume(signed.seal());
    }
    turns.protocolDone();
    for (int i = 0; i < Turns.OPERATIONS; i++) {
      primitives.seal(true, out);
    }
    turns.primitivesDone();
  }

  /** Seals without a signature. */
  @Benchmark
  public void sealUnsigned(Turns turns, Blackhole out) throws GeneralSecurityException {
    turns.begin();
    for (int i = 0; i < Turns.OPERATIONS; i++) {
      out.consume(unsigned.seal());
    }
    turns.protocolDone();
    for (int i = 0; i < Turns.OPERATIONS; i++) {
      primitives.seal(false, out);
    }
    turns.primitivesDone();
  }

  /** Opens, ES256 included. */
  @Benchmark
  public void openSigned(Turns turns, Blackhole out) throws GeneralSecurityException {
    turns.begin();
    for (int i = 0; i < Turns.OPERATIONS; i++) {
      out.consume(signed.open(signedCode));
    }
    turns.protocolDone();
    for (int i = 0; i < Turns.OPERATIONS; i++) {
      primitives.open(true, out);
    }
    turns.primitivesDone();
  }

  /** Opens without a signature. */
  @Benchmark
  public void openUnsigned(Turns turns, Blackhole out) throws GeneralSecurityException {
    turns.begin();
    for (int i = 0; i < Turns.OPERATIONS; i++) {
      out.consume(unsigned.open(unsignedCode));
    }
    turns.protocolDone();
    for (int i = 0; i < Turns.OPERATIONS; i++) {
      primitives.open(false, out);
    }
    turns.primitivesDone();
  }
}
