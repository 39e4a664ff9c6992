package org.tallystick.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file, one after the other: each whole, with a name and with its checksum.
 * Their order and contents are the caller's.
 *
 * <p>Source: PNG (third edition), 5.2 to 5.5.
 */
public final class PngChunks {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int TYPE_LENGTH = 4;
  private static final int FRAME_LENGTH = 12;

  private final ByteBuffer file;

  /**
   * One chunk.
   *
   * @param type four letters
   * @param data a view of what it holds, from its first byte to its last
   */
  public record Chunk(String type, ByteBuffer data) {}

  /**
   * Begins behind the signature.
   *
   * @throws NotPngException if there is none
   */
  public PngChunks(byte[] png) throws NotPngException {
    if (png.length < SIGNATURE.length
        || !Arrays.equals(png, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      throw new NotPngException("the file is no PNG picture");
    }
    file = ByteBuffer.wrap(png).position(SIGNATURE.length);
  }

  /** Whether bytes are left. */
  public boolean hasNext() {
    return file.hasRemaining();
  }

  /**
   * The next chunk.
   *
   * @throws NotPngException if it is cut off, its checksum is wrong or its name is none
   */
  public Chunk next() throws NotPngException {
    if (file.remaining() < FRAME_LENGTH) {
      throw new NotPngException("the picture is cut off");
    }
    long length = Integer.toUnsignedLong(file.getInt());
    if (length > file.remaining() - TYPE_LENGTH - Integer.BYTES) {
      throw new NotPngException("the picture is cut off");
    }
    ByteBuffer summed = file.slice(file.position(), TYPE_LENGTH + (int) length);
    file.position(file.position() + TYPE_LENGTH + (int) length);
    CRC32 sum = new CRC32();
    sum.update(summed.duplicate());
    if ((int) sum.getValue() != file.getInt()) {
      throw new NotPngException("a checksum of the picture is wrong");
    }
    byte[] type = new byte[TYPE_LENGTH];
    summed.get(type);
    String name = new String(type, StandardCharsets.ISO_8859_1);
    // the third letter is reserved and a capital, 5.4
    if (!name.matches("[A-Za-z]{2}[A-Z][A-Za-z]")) {
      throw new NotPngException("a chunk of the picture has no name");
    }
    return new Chunk(name, summed.slice());
  }
}
