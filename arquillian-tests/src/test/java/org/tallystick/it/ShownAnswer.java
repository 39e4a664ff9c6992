package org.tallystick.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a page of the docs shows with what was printed. Everything shown must be there, and
 * of JSON nothing else; of headers there may be more.
 *
 * @param forms of the placeholders, by their names
 * @param variables of the shell, which the page names with a dollar sign
 */
record ShownAnswer(Map<String, String> forms, Map<String, String> variables) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern WORD = Pattern.compile("<([a-z-]+)>|\\$([A-Z][A-Z_0-9]*)");
  private static final Pattern STATUS = Pattern.compile("^(HTTP/[0-9.]+ [0-9]{3})(?: .*)?$");

  /** What differs, in words; empty where nothing does. */
  List<String> faults(String kind, String shown, String printed) {
    List<String> faults = new ArrayList<>();
    switch (kind) {
      case "http" -> exchange(shown.strip(), printed.replace("\r\n", "\n"), faults);
      case "json" -> body(shown, printed, faults);
      case "text" -> text("what is printed", shown.strip(), printed.strip(), faults);
      default -> {
        if (!printed.isEmpty()) {
          faults.add("the page shows nothing, but printed is: " + printed);
        }
      }
    }
    return faults;
  }

  private void exchange(String shown, String printed, List<String> faults) {
    String last = printed;
    while (last.matches("(?s)HTTP/[0-9.]+ 1[0-9]{2}.*?\n\n.*")) {
      last = last.substring(last.indexOf("\n\n") + 2);
    }
    String[] wanted = shown.split("\n\n", 2);
    String[] heard = last.split("\n\n", 2);
    String[] wantedHead = wanted[0].split("\n", -1);
    String[] heardHead = heard[0].split("\n", -1);
    if (!wantedHead[0].equals(status(heardHead[0]))) {
      faults.add("status: the page shows " + wantedHead[0] + ", printed is " + heardHead[0]);
    }
    for (int i = 1; i < wantedHead.length; i++) {
      header(wantedHead[i], heardHead, faults);
    }
    String content = heard.length > 1 ? heard[1] : "";
    if (wanted.length > 1) {
      body(wanted[1], content, faults);
    } else if (!content.isEmpty()) {
      faults.add("the page shows no body, but there is: " + content);
    }
  }

  private static String status(String line) {
    Matcher matcher = STATUS.matcher(line);
    return matcher.matches() ? matcher.group(1) : "no status line: " + line;
  }

  private void header(String shown, String[] head, List<String> faults) {
    String name = shown.substring(0, Math.max(0, shown.indexOf(':'))).toLowerCase(Locale.ROOT);
    for (String line : head) {
      if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
        text("header " + name, value(shown), value(line), faults);
        return;
      }
    }
    faults.add("there is no header " + shown);
  }

  private static String value(String header) {
    return header.substring(header.indexOf(':') + 1).strip();
  }

  private void body(String shown, String printed, List<String> faults) {
    try {
      compare("", JSON.readTree(shown), JSON.readTree(printed), faults);
    } catch (JsonProcessingException e) {
      faults.add("no JSON on the page or printed: " + shown + " / " + printed);
    }
  }

  private void compare(String path, JsonNode shown, JsonNode printed, List<String> faults) {
    if (shown.isObject() && printed.isObject()) {
      object(path, shown, printed, faults);
    } else if (shown.isArray() && printed.isArray()) {
      array(path, shown, printed, faults);
    } else if (shown.isTextual() && printed.isTextual()) {
      text(path, shown.asText(), printed.asText(), faults);
    } else if (shown.asText().equals("<number>") && printed.isIntegralNumber()) {
      text(path, shown.asText(), printed.asText(), faults);
    } else if (!shown.equals(printed)) {
      faults.add(path + ": the page shows " + shown + ", printed is " + printed);
    }
  }

  private void object(String path, JsonNode shown, JsonNode printed, List<String> faults) {
    Set<String> further = names(printed);
    for (String name : names(shown)) {
      if (further.remove(name)) {
        compare(path + "/" + name, shown.get(name), printed.get(name), faults);
      } else {
        faults.add(path + ": no member " + name + " in " + printed);
      }
    }
    if (!further.isEmpty()) {
      faults.add(path + ": members that the page does not show: " + further + " in " + printed);
    }
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void array(String path, JsonNode shown, JsonNode printed, List<String> faults) {
    if (shown.size() != printed.size()) {
      faults.add(path + ": the page shows " + shown + ", printed is " + printed);
      return;
    }
    for (int i = 0; i < shown.size(); i++) {
      compare(path + "/" + i, shown.get(i), printed.get(i), faults);
    }
  }

  private void text(String path, String shown, String printed, List<String> faults) {
    StringBuilder pattern = new StringBuilder();
    Matcher word = WORD.matcher(shown);
    int end = 0;
    while (word.find()) {
      pattern.append(Pattern.quote(shown.substring(end, word.start())));
      pattern.append(form(word, faults));
      end = word.end();
    }
    pattern.append(Pattern.quote(shown.substring(end)));
    if (!Pattern.matches(pattern.toString(), printed)) {
      faults.add(path + ": the page shows \"" + shown + "\", printed is \"" + printed + '"');
    }
  }

  private String form(Matcher word, List<String> faults) {
    String known =
        word.group(1) != null ? forms.get(word.group(1)) : quoted(variables.get(word.group(2)));
    if (known == null) {
      faults.add("nothing says what " + word.group() + " stands for");
      return "";
    }
    return "(?:" + known + ")";
  }

  private static @Nullable String quoted(@Nullable String value) {
    return value == null || value.isEmpty() ? null : Pattern.quote(value);
  }
}
