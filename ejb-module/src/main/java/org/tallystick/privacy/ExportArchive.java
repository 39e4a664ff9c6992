package org.tallystick.privacy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tallystick.crypto.Sha256;

/**
 * An export: a ZIP archive that is made while it is written, each time the same byte for byte. What
 * is in it is personal and must not touch a disk in clear; in memory are the data, compressed, and
 * one document at a time.
 */
public final class ExportArchive {
  private final byte[] data;
  private final Map<String, Supplier<byte[]>> documents;
  private final byte[] manifest;
  private final OffsetDateTime at;

  /**
   * An archive.
   *
   * @param data data.json, compressed by GZIP
   * @param documents what opens each document, by the name of its file, in their order
   */
  ExportArchive(
      byte[] data, Map<String, Supplier<byte[]>> documents, byte[] manifest, OffsetDateTime at) {
    this.data = data;
    this.documents = documents;
    this.manifest = manifest;
    this.at = at;
  }

  /**
   * How long an archive is, and what it hashes to.
   *
   * @param bytes how many
   * @param sha256 of all of them
   */
  record Measure(long bytes, byte[] sha256) {}

  /** Writes it once for nobody. */
  Measure measure() {
    MessageDigest digest = Sha256.digest();
    Counting counting = new Counting();
    try {
      writeTo(new DigestOutputStream(counting, digest));
    } catch (IOException e) {
      throw new IllegalStateException("nothing is written to", e);
    }
    return new Measure(counting.bytes, digest.digest());
  }

  /**
   * Writes it; the stream stays open.
   *
   * @throws IOException if the stream does not take it
   * @throws RuntimeException if a document is there no more
   */
  public void writeTo(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    enter(zip, "data.json");
    try (InputStream clear = new GZIPInputStream(new ByteArrayInputStream(data))) {
      clear.transferTo(zip);
    }
    zip.closeEntry();
    for (Map.Entry<String, Supplier<byte[]>> document : documents.entrySet()) {
      enter(zip, document.getKey());
      zip.write(document.getValue().get());
      zip.closeEntry();
    }
    enter(zip, "manifest.cose");
    zip.write(manifest);
    zip.closeEntry();
    zip.finish();
    zip.flush();
  }

  private void enter(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(at.toInstant().toEpochMilli());
    zip.putNextEntry(entry);
  }

  /** Counts and forgets. */
  private static final class Counting extends OutputStream {
    private long bytes;

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] some, int from, int length) {
      bytes += length;
    }
  }
}
