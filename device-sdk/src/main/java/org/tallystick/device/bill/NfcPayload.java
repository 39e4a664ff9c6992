package org.tallystick.device.bill;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tallystick.bill.Bill;
import org.tallystick.codec.MalformedInputException;

/**
 * A bill as the one record of an NDEF message, what a tag or a till hands over by a touch.
 *
 * <p>Shape: header (MB, ME, TNF 2; SR up to 255 bytes), length of the type, length of the payload
 * (one byte with SR, else four, big endian), type, payload. No id, no chunks, no second record.
 *
 * <p>Source: NFC Forum NDEF 1.0 section 3.2; docs/PROTOCOL.md section 1.2; TSE-08.
 */
public final class NfcPayload {
  /** Media type of the record. */
  public static final String TYPE = "application/vnd.tallystick.bill";

  private static final byte[] TYPE_BYTES = TYPE.getBytes(StandardCharsets.US_ASCII);
  private static final int ONLY_MEDIA_RECORD = 0xC2; // MB | ME | TNF 2
  private static final int SHORT_RECORD = 0x10;
  private static final int MAX_SHORT = 255;

  private NfcPayload() {}

  /** The NDEF message. */
  public static byte[] encode(Bill bill) {
    byte[] payload = bill.encode();
    boolean isShort = payload.length <= MAX_SHORT;
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(isShort ? ONLY_MEDIA_RECORD | SHORT_RECORD : ONLY_MEDIA_RECORD);
    message.write(TYPE_BYTES.length);
    if (isShort) {
      message.write(payload.length);
    } else {
      message.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(payload.length).array());
    }
    message.writeBytes(TYPE_BYTES);
    message.writeBytes(payload);
    return message.toByteArray();
  }

  /**
   * B1: strict inverse of {@link #encode}.
   *
   * @throws MalformedInputException for any other message
   */
  public static Bill decode(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    if (in.remaining() < 3) {
      throw new MalformedInputException("B1: no NDEF record");
    }
    int header = in.get() & 0xFF;
    int typeLength = in.get() & 0xFF;
    boolean isShort = header == (ONLY_MEDIA_RECORD | SHORT_RECORD);
    if (!isShort && header != ONLY_MEDIA_RECORD) {
      throw new MalformedInputException("B1: not one whole record of a media type");
    }
    if (!isShort && in.remaining() < Integer.BYTES) {
      throw new MalformedInputException("B1: NDEF record cut short");
    }
    long length = isShort ? in.get() & 0xFF : in.getInt() & 0xFFFF_FFFFL;
    if (in.remaining() != typeLength + length || isShort != (length <= MAX_SHORT)) {
      throw new MalformedInputException("B1: NDEF record of another length");
    }
    byte[] type = new byte[typeLength];
    in.get(type);
    if (!Arrays.equals(type, TYPE_BYTES)) {
      throw new MalformedInputException("B1: NDEF record of another type");
    }
    byte[] payload = new byte[in.remaining()];
    in.get(payload);
    return Bill.decode(payload);
  }
}
