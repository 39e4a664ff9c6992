package org.tallystick.launcher.bank;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * A target list of people and companies that do not exist: without any list a bank approves nobody.
 */
public final class SampleList {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private SampleList() {}

  /** The list, in the UN's form. */
  public static byte[] bytes() {
    try (InputStream file = SampleList.class.getResourceAsStream("sample-list.xml")) {
      if (file == null) {
        throw new IllegalStateException("built without the sample list");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads it and waits until the bank's node has built its engine. */
  static void load(BankClient bank, String administrator) {
    bank.mustPutBytes(
        "/screening/lists/UN?format=UN_XML", administrator, "application/xml", bytes());
    Waiting.until(
        "the screening engine",
        PATIENCE,
        () -> bank.mustGet("/screening", administrator).body().path("possible").asBoolean());
  }
}
