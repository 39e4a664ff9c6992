package org.tallystick.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One result as one line of JSON: numbers and texts. */
public final class JsonLine {
  private final Map<String, String> members = new LinkedHashMap<>();

  public JsonLine put(String name, String word) {
    members.put(name, '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    return this;
  }

  public JsonLine put(String name, long number) {
    members.put(name, Long.toString(number));
    return this;
  }

  public JsonLine put(String name, double number) {
    members.put(name, String.format(Locale.ROOT, "%.3f", number));
    return this;
  }

  /** Prints the line and appends it to the file, if one is given. */
  public void print(Optional<Path> file) throws IOException {
    System.out.println(this);
    if (file.isPresent()) {
      Files.writeString(
          file.get(), this + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  @Override
  public String toString() {
    return members.entrySet().stream()
        .map(member -> '"' + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
