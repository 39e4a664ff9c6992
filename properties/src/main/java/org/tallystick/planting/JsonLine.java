package org.tallystick.planting;

/** One flat JSON object on one line. */
final class JsonLine {
  private final StringBuilder text = new StringBuilder("{");

  JsonLine with(String name, String value) {
    return raw(name, quoted(value));
  }

  JsonLine with(String name, long value) {
    return raw(name, Long.toString(value));
  }

  JsonLine with(String name, boolean value) {
    return raw(name, Boolean.toString(value));
  }

  private JsonLine raw(String name, String value) {
    text.append(text.length() == 1 ? "" : ",").append(quoted(name)).append(':').append(value);
    return this;
  }

  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value
        .chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
