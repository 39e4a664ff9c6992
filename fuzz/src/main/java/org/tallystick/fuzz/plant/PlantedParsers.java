package org.tallystick.fuzz.plant;

import java.nio.ByteBuffer;
import org.tallystick.codec.MalformedInputException;

/** A small parser of tagged input, four times, each time with a bug of its own. */
public final class PlantedParsers {
  private static final int HEAD = 5;
  private static final int MAX_LENGTH = 0xFFFFFF;

  private PlantedParsers() {}

  /** Trusts an offset. */
  public static byte index(byte[] input) {
    requireTag(input);
    return input[4] == '!' ? input[input[3]] : 0;
  }

  /** Allocates what a length says before it looks whether so much is there. */
  public static byte[] length(byte[] input) {
    requireTag(input);
    byte[] content = new byte[ByteBuffer.wrap(input).getInt(1) & MAX_LENGTH];
    if (input.length - HEAD < content.length) {
      throw new MalformedInputException("too short");
    }
    return content;
  }

  /** Goes on by the length of a field, which may be zero. */
  public static int loop(byte[] input) {
    requireTag(input);
    int fields = 0;
    for (int at = 1; at < input.length; at += input[at] & 0x7F) {
      fields++;
    }
    return fields;
  }

  /** Takes two forms of one value. */
  public static byte[] form(byte[] input) {
    requireTag(input);
    byte[] value = input.clone();
    if (value[1] == '0' && value[2] == 'x') {
      value[2] = 'X';
    }
    return value;
  }

  private static void requireTag(byte[] input) {
    if (input.length < HEAD || input[0] != 'T') {
      throw new MalformedInputException("no tag");
    }
  }
}
