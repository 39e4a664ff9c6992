package org.tallystick.institution;

/**
 * Whether text in one colour can be read on another.
 *
 * <p>Source: WCAG 2.1, relative luminance, contrast ratio, and success criterion 1.4.3.
 */
final class Colours {
  /** For text of ordinary size. */
  static final double LEAST_CONTRAST = 4.5;

  private static final double FLARE = 0.05;

  private Colours() {}

  /** Whether two colours, {@code #rrggbb}, differ enough. */
  static boolean canBeRead(String text, String background) {
    return contrast(text, background) >= LEAST_CONTRAST;
  }

  /** From 1 (the same) to 21 (black and white). */
  static double contrast(String one, String other) {
    double first = luminance(one);
    double second = luminance(other);
    return (Math.max(first, second) + FLARE) / (Math.min(first, second) + FLARE);
  }

  private static double luminance(String colour) {
    return 0.2126 * linear(colour, 1) + 0.7152 * linear(colour, 3) + 0.0722 * linear(colour, 5);
  }

  private static double linear(String colour, int at) {
    double part = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
    return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
