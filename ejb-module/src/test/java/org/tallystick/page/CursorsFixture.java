package org.tallystick.page;

import org.tallystick.keys.KeyVault;

/** Opens the package to tests of lists. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class CursorsFixture {
  private CursorsFixture() {}

  public static Cursors cursors(KeyVault vault) {
    Cursors cursors = new Cursors();
    cursors.vault = vault;
    return cursors;
  }
}
