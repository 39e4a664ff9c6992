package org.tallystick.screening;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.tallystick.screening.list.ListFormat;

/**
 * What lists are called: those of the publishers as {@link ListFormat#listName} has it, others as
 * the bank likes, in capitals, digits and hyphens.
 */
public final class ListName {
  private static final Pattern FORM = Pattern.compile("[A-Z0-9][A-Z0-9-]{0,15}");

  private ListName() {}

  /** Whether a list may be called so. */
  static boolean valid(String name) {
    return FORM.matcher(name).matches() && !name.equals(Finding.NO_LIST);
  }

  /** Whether a list of this name is the bank's own, and nobody publishes it. */
  static boolean own(String name) {
    return valid(name)
        && Arrays.stream(ListFormat.values())
            .filter(ListFormat::published)
            .noneMatch(one -> one.listName().equals(name));
  }

  /** Whether a list of this format may be called so: a publisher's name is for its formats only. */
  public static boolean valid(String name, ListFormat format) {
    return format.listName().equals(name)
        || (valid(name)
            && Arrays.stream(ListFormat.values()).noneMatch(one -> one.listName().equals(name)));
  }
}
