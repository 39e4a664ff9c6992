package org.tallystick.bench.crypto;

import java.security.GeneralSecurityException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The other side: the primitives that a half cannot do without. */
@State(Scope.Benchmark)
public class PrimitivesBenchmark {
  private final Primitives primitives = Primitives.of(Shape.of(Purchase.of(true)));

  /** What sealing contains, ES256 included. */
  @Benchmark
  public void sealSigned(Blackhole out) throws GeneralSecurityException {
    primitives.seal(true, out);
  }

  /** What sealing contains but the signature. */
  @Benchmark
  public void sealUnsigned(Blackhole out) throws GeneralSecurityException {
    primitives.seal(false, out);
  }

  /** What opening contains, ES256 included. */
  @Benchmark
  public void openSigned(Blackhole out) throws GeneralSecurityException {
    primitives.open(true, out);
  }

  /** What opening contains but the signature. */
  @Benchmark
  public void openUnsigned(Blackhole out) throws GeneralSecurityException {
    primitives.open(false, out);
  }
}
