package org.tallystick.http;

import jakarta.ws.rs.BadRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entity tags of an If-Match or If-None-Match header: a list, or {@code *} for any.
 *
 * <p>Source: RFC 9110, 8.8.3, 13.1.1, 13.1.2.
 */
final class EntityTags {
  private static final int MAX_LENGTH = 1_024;
  private static final Pattern TAG =
      Pattern.compile("[ \\t]*(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")[ \\t]*(,|$)");

  private final boolean any;
  private final List<String> strong;
  private final List<String> all;

  private EntityTags(boolean any, List<String> strong, List<String> all) {
    this.any = any;
    this.strong = strong;
    this.all = all;
  }

  /**
   * The tags of a header, if the request has it.
   *
   * @throws BadRequestException if the header is not of the standard's form
   */
  static Optional<EntityTags> of(List<String> headerLines) {
    if (headerLines.isEmpty()) {
      return Optional.empty();
    }
    String text = String.join(",", headerLines).strip();
    if (text.equals("*")) {
      return Optional.of(new EntityTags(true, List.of(), List.of()));
    }
    if (text.length() > MAX_LENGTH) {
      throw new BadRequestException();
    }
    List<String> strong = new ArrayList<>();
    List<String> all = new ArrayList<>();
    Matcher tags = TAG.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!tags.find(at) || tags.start() != at) {
        throw new BadRequestException();
      }
      all.add(tags.group(2));
      if (tags.group(1) == null) {
        strong.add(tags.group(2));
      }
      at = tags.end();
    }
    return Optional.of(new EntityTags(false, strong, all));
  }

  /** The strong comparison, by which changes are guarded: a weak tag is none. */
  boolean matchStrongly(String tag) {
    return any || strong.contains(tag);
  }

  /** The weak comparison, by which copies are kept. */
  boolean matchWeakly(String tag) {
    return any || all.contains(tag.startsWith("W/") ? tag.substring(2) : tag);
  }
}
