package org.tallystick.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.TypedQuery;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.ConstantTime;
import org.tallystick.crypto.HmacSha256;
import org.tallystick.keys.KeyVault;

/**
 * Makes pages of lists, and makes and takes cursors: where the next page of a list begins, as
 * clients carry it. A cursor is good on every node, for that list under that filter and for nothing
 * else, so that no client makes its own or takes one elsewhere.
 *
 * <p>Form: base64url of form byte 1, tag (16), position (UTF-8). The tag is the beginning of
 * HMAC-SHA-256 over label, length of the list's name, the name, position. The position can be read
 * by who looks, so put nothing into it that the page itself does not show.
 */
@ApplicationScoped
public class Cursors {
  private static final byte FORM = 1;
  private static final int TAG_LENGTH = 16;
  private static final int HEADER_LENGTH = 1 + TAG_LENGTH;
  private static final int MAX_LENGTH = 256;
  private static final byte[] LABEL = "tallystick cursor".getBytes(StandardCharsets.US_ASCII);

  @Inject KeyVault vault;

  /**
   * A page of what was found.
   *
   * @param list name of the list with everything that the filter says, and whose list it is where
   *     each caller has its own
   * @param found in the list's order; one more than {@code limit} if there is more
   * @param limit how many are shown
   * @param position of an item, as the list's owner understands it
   */
  public <T> Page<T> page(String list, List<T> found, int limit, Function<T, String> position) {
    return found.size() > limit
        ? new Page<>(found.subList(0, limit), cursor(list, position.apply(found.get(limit - 1))))
        : new Page<>(found, null);
  }

  /**
   * A page of a list that only grows at its end: a position is how many were shown before.
   *
   * @param list as for the other pages
   * @param after the cursor of the page before
   * @param limit how many are shown
   * @param all finds all of the list, in its order
   */
  public <T> Page<T> page(String list, Optional<String> after, int limit, TypedQuery<T> all) {
    int shown = position(list, after).map(Integer::valueOf).orElse(0);
    List<T> found = all.setFirstResult(shown).setMaxResults(limit + 1).getResultList();
    return page(list, found, limit, last -> Integer.toString(shown + limit));
  }

  /** The cursor to what stands behind a position. */
  String cursor(String list, String position) {
    byte[] text = position.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[HEADER_LENGTH + text.length];
    bytes[0] = FORM;
    System.arraycopy(tag(list, text), 0, bytes, 1, TAG_LENGTH);
    System.arraycopy(text, 0, bytes, HEADER_LENGTH, text.length);
    return Base64Url.encode(bytes);
  }

  /**
   * The position in a client's cursor, or empty where it gave none.
   *
   * @throws CursorRefusedException if it is not one of this list; clients see the problem
   *     bad-request
   */
  public Optional<String> position(String list, Optional<String> cursor) {
    return cursor.map(given -> position(list, given));
  }

  private String position(String list, String cursor) {
    byte[] bytes = decoded(cursor);
    if (bytes.length <= HEADER_LENGTH || bytes[0] != FORM) {
      throw new CursorRefusedException();
    }
    byte[] text = Arrays.copyOfRange(bytes, HEADER_LENGTH, bytes.length);
    if (!ConstantTime.equal(Arrays.copyOfRange(bytes, 1, HEADER_LENGTH), tag(list, text))) {
      throw new CursorRefusedException();
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] decoded(String cursor) {
    if (cursor.length() > MAX_LENGTH) {
      throw new CursorRefusedException();
    }
    try {
      return Base64Url.decode(cursor);
    } catch (MalformedInputException e) {
      throw new CursorRefusedException();
    }
  }

  private byte[] tag(String list, byte[] position) {
    byte[] key = vault.tokenKey();
    byte[] name = list.getBytes(StandardCharsets.UTF_8);
    byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array();
    try {
      return Arrays.copyOf(HmacSha256.of(key, LABEL, length, name, position), TAG_LENGTH);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
