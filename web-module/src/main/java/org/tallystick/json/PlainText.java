package org.tallystick.json;

/** Which texts a member may hold: only what prints, so that no log or screen can be fooled. */
final class PlainText {
  private PlainText() {}

  static boolean is(String text) {
    return text.codePoints().allMatch(PlainText::prints);
  }

  private static boolean prints(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
