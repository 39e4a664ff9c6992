package org.tallystick.document;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Looks at a PDF file: it begins and ends as one, and nowhere in it stands a name that would run a
 * script, start a program, carry another file, hide the content behind a password or send anything.
 *
 * <p>Every byte is looked at, whether or not it lies in a stream, since a reader follows offsets
 * and may find an object anywhere. Names are compared as readers read them, with {@code #xx}
 * undone. Object streams are inflated within bounds, for names may be in there; a file with more of
 * them than can be read here is refused.
 *
 * <p>Source: ISO 32000-1, 7.3.5 (names), 7.5.2 (header), 7.5.5 (trailer), 7.5.7 (object streams),
 * 12.6.4 (actions).
 */
final class PdfCheck {
  private static final Set<String> REFUSED =
      Set.of(
          "JavaScript",
          "Launch",
          "EmbeddedFile",
          "EmbeddedFiles",
          "Rendition",
          "RichMedia",
          "XFA",
          "GoToE",
          "ImportData",
          "SubmitForm",
          "Encrypt");
  private static final String OBJECT_STREAM = "ObjStm";
  private static final byte[] OBJECT = {'o', 'b', 'j'};
  private static final byte[] STREAM = {'s', 't', 'r', 'e', 'a', 'm'};
  private static final int MAX_OBJECT_STREAMS = 2_000;
  private static final int LONGEST_NAME = 16;
  private static final int MAX_TRAILING_BLANKS = 16;
  private static final int MAX_DICTIONARY = 4096;
  private static final int MAX_INFLATED = 32 * 1024 * 1024;

  private final byte[] content;
  private int inflatedBytes;

  PdfCheck(byte[] content) {
    this.content = content;
  }

  Optional<String> fault() {
    if (!header()) {
      return Optional.of("the file is no PDF document");
    }
    if (!trailer()) {
      return Optional.of("the document has no end, or something follows it");
    }
    if (refusedName(content)) {
      return refused();
    }
    return objectStreams();
  }

  private static Optional<String> refused() {
    return Optional.of(
        "the document runs, carries or sends something, or is encrypted: print it to a plain one");
  }

  private boolean header() {
    return Octets.startsWith(content, 0, "%PDF-2.0")
        || (Octets.startsWith(content, 0, "%PDF-1.")
            && content.length > 8
            && content[7] >= '0'
            && content[7] <= '7');
  }

  private boolean trailer() {
    int end = content.length;
    while (end > 0 && content.length - end < MAX_TRAILING_BLANKS && content[end - 1] <= ' ') {
      end--;
    }
    String mark = "%%EOF";
    return Octets.startsWith(content, end - mark.length(), mark)
        && Octets.lastIndexOf(content, end, "startxref") >= 0;
  }

  private static boolean refusedName(byte[] bytes) {
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '/' && REFUSED.contains(name(bytes, at + 1))) {
        return true;
      }
    }
    return false;
  }

  /** The name behind a slash; longer ones than are of interest are cut off. */
  private static String name(byte[] bytes, int from) {
    StringBuilder name = new StringBuilder(LONGEST_NAME);
    int at = from;
    while (at < bytes.length && name.length() < LONGEST_NAME && isRegular(bytes[at])) {
      int escaped = bytes[at] == '#' ? hex(bytes, at + 1) : -1;
      name.append((char) (escaped < 0 ? Octets.unsigned(bytes, at) : escaped));
      at += escaped < 0 ? 1 : 3;
    }
    return name.toString();
  }

  private static boolean isRegular(byte octet) {
    return (octet & 0xff) > ' ' && "()<>[]{}/%".indexOf(octet) < 0;
  }

  private static int hex(byte[] bytes, int at) {
    if (at + 1 >= bytes.length) {
      return -1;
    }
    int high = Character.digit(bytes[at], 16);
    int low = Character.digit(bytes[at + 1], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Inflates each object stream and looks for names in it; one pass, whatever is in there. */
  private Optional<String> objectStreams() {
    int announced = countOf(OBJECT_STREAM);
    int inflated = 0;
    int begin = 0;
    for (int at = 0; announced > 0 && at < content.length; at++) {
      if (Octets.startsWith(content, at, OBJECT)) {
        begin = at;
      } else if (Octets.startsWith(content, at, STREAM)) {
        String dictionary = dictionary(begin, at);
        begin = at;
        if (dictionary.contains("/" + OBJECT_STREAM)) {
          inflated++;
          byte[] objects = inflate(dictionary, data(at));
          if (objects.length == 0 || inflated > MAX_OBJECT_STREAMS) {
            return unreadable();
          }
          if (refusedName(objects)) {
            return refused();
          }
        }
      }
    }
    // a name that announces a stream which was not found here would hide it
    return inflated == announced ? Optional.empty() : unreadable();
  }

  private static Optional<String> unreadable() {
    return Optional.of("a part of the document cannot be read");
  }

  private int countOf(String wanted) {
    int count = 0;
    for (int at = 0; at < content.length; at++) {
      if (content[at] == '/' && name(content, at + 1).equals(wanted)) {
        count++;
      }
    }
    return count;
  }

  /** What stands between the object's beginning and its stream. */
  private String dictionary(int object, int stream) {
    int begin = Math.max(stream - MAX_DICTIONARY, object);
    return new String(content, begin, stream - begin, StandardCharsets.ISO_8859_1);
  }

  private int data(int stream) {
    int at = stream + STREAM.length;
    if (at < content.length && content[at] == '\r') {
      at++;
    }
    return at < content.length && content[at] == '\n' ? at + 1 : at;
  }

  /** What is in a stream that is deflated and nothing else; empty where it cannot be read. */
  private byte[] inflate(String dictionary, int from) {
    boolean plainly =
        dictionary.contains("FlateDecode")
            && !dictionary.matches("(?s).*/(ASCII|LZW|RunLength|Crypt|DecodeParms|DP|F )\\w*.*");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(content, from, content.length - from);
      byte[] block = new byte[8192];
      while (plainly && !inflater.finished()) {
        int count = inflater.inflate(block);
        inflatedBytes += count;
        if (count == 0 || inflatedBytes > MAX_INFLATED) {
          return new byte[0];
        }
        out.write(block, 0, count);
      }
    } catch (DataFormatException e) {
      return new byte[0];
    } finally {
      inflater.end();
    }
    return out.toByteArray();
  }
}
