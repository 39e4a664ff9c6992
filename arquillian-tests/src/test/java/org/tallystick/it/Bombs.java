package org.tallystick.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Small files that would be large, and archives that are not what they say. */
final class Bombs {
  /** With a copy or two more than the server's heap. */
  private static final int HUGE = 1 << 29;

  private static final int CHUNK = 1 << 20;
  private static final int MANY = 20_000;

  private static byte @Nullable [] zlib;

  private Bombs() {}

  /** Nothing but zeros, and many of them. */
  private static void zeros(OutputStream out, int count) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int left = count; left > 0; left -= CHUNK) {
      out.write(chunk, 0, Math.min(CHUNK, left));
    }
  }

  /** Half a gigabyte as RFC 1952 has it. */
  static byte[] gzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      zeros(gzip, HUGE);
    }
    return bytes.toByteArray();
  }

  /** The same as RFC 1950 has it. */
  private static synchronized byte[] deflated() throws IOException {
    byte[] known = zlib;
    if (known != null) {
      return known;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream deflater = new DeflaterOutputStream(bytes)) {
      zeros(deflater, HUGE);
    }
    known = bytes.toByteArray();
    zlib = known;
    return known;
  }

  /** Archives in the place of a list in CSV. */
  static Map<String, byte[]> archives() throws IOException {
    byte[] huge = archive("sdn.csv", HUGE);
    Map<String, byte[]> bad = new LinkedHashMap<>();
    bad.put("a huge file", huge);
    bad.put("an archive in an archive", nested(huge));
    bad.put("a huge file of another name", renamed(huge, "odd.csv"));
    bad.put("a huge file in a folder above", renamed(huge, "../ab.c"));
    bad.put("many entries", many());
    bad.put("many archives behind each other", repeated(archive("sdn.csv", CHUNK)));
    bad.put("cut in the middle", java.util.Arrays.copyOf(huge, huge.length / 2));
    byte[] lying = huge.clone();
    // general purpose flags of the first entry: said to be encrypted
    lying[6] |= 1;
    bad.put("said to be encrypted", lying);
    bad.put("gzip and no archive", gzip());
    return bad;
  }

  private static byte[] archive(String name, int length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream archive = new ZipOutputStream(bytes)) {
      archive.putNextEntry(new ZipEntry(name));
      zeros(archive, length);
      archive.closeEntry();
    }
    return bytes.toByteArray();
  }

  /** With another name of the same length, wherever the file's name stands. */
  private static byte[] renamed(byte[] archive, String name) {
    return new String(archive, ISO_8859_1).replace("sdn.csv", name).getBytes(ISO_8859_1);
  }

  private static byte[] nested(byte[] inner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream archive = new ZipOutputStream(bytes)) {
      archive.putNextEntry(new ZipEntry("sdn.csv"));
      archive.write(inner);
      archive.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] many() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream archive = new ZipOutputStream(bytes)) {
      for (int i = 0; i < MANY; i++) {
        archive.putNextEntry(new ZipEntry("sdn" + i + ".csv"));
        archive.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] repeated(byte[] archive) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < 1_000; i++) {
      bytes.write(archive);
    }
    return bytes.toByteArray();
  }

  /** A PDF whose object stream would be a huge file. */
  static byte[] pdf() throws IOException {
    byte[] stream = deflated();
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    String head =
        """
        %%PDF-1.5
        1 0 obj
        << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>
        stream
        """;
    pdf.write(head.formatted(stream.length).getBytes(US_ASCII));
    pdf.write(stream);
    String tail =
        """

        endstream
        endobj
        trailer << /Root 1 0 R >>
        startxref
        9
        %%EOF
        """;
    pdf.write(tail.getBytes(US_ASCII));
    return pdf.toByteArray();
  }

  /** A PNG that would be that wide and high, in black. */
  static byte[] png(int width, int height, boolean text) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream numbers = new DataOutputStream(header);
    numbers.writeInt(width);
    numbers.writeInt(height);
    numbers.write(new byte[] {8, 2, 0, 0, 0});
    chunk(png, "IHDR", header.toByteArray());
    if (text) {
      ByteArrayOutputStream words = new ByteArrayOutputStream();
      words.write("Comment\0\0".getBytes(US_ASCII));
      words.write(deflated());
      chunk(png, "zTXt", words.toByteArray());
    }
    chunk(png, "IDAT", deflated());
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static void chunk(OutputStream out, String type, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(type.getBytes(US_ASCII));
    sum.update(content);
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(content.length);
    data.write(type.getBytes(US_ASCII));
    data.write(content);
    data.writeInt((int) sum.getValue());
  }
}
