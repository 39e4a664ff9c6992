package org.tallystick.wallet;

import org.tallystick.node.Environment;

/** The BINs wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class OwnBinsFixture {
  private OwnBinsFixture() {}

  public static OwnBins of(Environment environment) {
    OwnBins bins = new OwnBins();
    bins.environment = environment;
    return bins;
  }
}
