package org.tallystick.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Whether an answer is what an example of it promises. Both have the same members. Words, truth
 * values and numbers are the same; what is different each time only has the same form: times, ids,
 * secrets, hashes, numbers of transactions. A list may have more in it than the example, which
 * other tests left there, but what the example has is there in that order.
 */
final class Likeness {
  /** The longest opaque text whose length is promised; longer ones hold something. */
  private static final int FIXED_LENGTH = 64;

  /** Of the whole: for the next page, where there is one; what went wrong, for people. */
  private static final Set<String> OPTIONAL = Set.of("next", "detail", "incident");

  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z"),
          Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
          Pattern.compile("[0-9a-f]{64}"),
          Pattern.compile("whsec_[0-9A-Za-z+/]{43}="),
          Pattern.compile("[0-9A-HJKMNP-TV-Z]{16}"),
          Pattern.compile("[0-9A-HJKMNP-TV-Z]{77}[0-9A-HJKMNP-TV-Z*+$%U]"));
  private static final Pattern OPAQUE =
      Pattern.compile("(?=.*[0-9])(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9_-]{20,}");

  private final Map<String, String> replaced;
  private final Set<String> free;
  private final List<String> faults = new ArrayList<>();

  private Likeness(Map<String, String> replaced, Set<String> free) {
    this.replaced = replaced;
    this.free = free;
  }

  /**
   * What is not as promised.
   *
   * @param replaced words of the example's request, and what was sent in their place
   * @param free members, by their path without positions in lists, whose value is not promised
   */
  static List<String> faults(
      JsonNode example, JsonNode answer, Map<String, String> replaced, Set<String> free) {
    Likeness likeness = new Likeness(replaced, free);
    likeness.compare("", example, answer);
    return likeness.faults;
  }

  private void compare(String path, JsonNode example, JsonNode answer) {
    if (free.contains(path)) {
      require(path, example.getNodeType() == answer.getNodeType(), example, answer);
    } else if (example.isObject() && answer.isObject()) {
      members(path, example, answer);
    } else if (example.isArray() && answer.isArray()) {
      items(path, example, answer);
    } else if (example.isTextual() && answer.isTextual()) {
      require(path, alike(example.asText(), answer.asText()), example, answer);
    } else if (example.isNumber() && answer.isNumber()) {
      require(path, example.decimalValue().compareTo(answer.decimalValue()) == 0, example, answer);
    } else {
      require(path, example.equals(answer), example, answer);
    }
  }

  private void members(String path, JsonNode example, JsonNode answer) {
    Set<String> names = new TreeSet<>();
    example.fieldNames().forEachRemaining(names::add);
    answer.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      if (example.has(name) && answer.has(name)) {
        compare(path + "/" + name, example.get(name), answer.get(name));
      } else if (!path.isEmpty() || !OPTIONAL.contains(name)) {
        String where = example.has(name) ? "missing: " : "not in the example: ";
        faults.add(where + path + "/" + name);
      }
    }
  }

  private void items(String path, JsonNode example, JsonNode answer) {
    if (example.isEmpty()) {
      require(path, answer.isEmpty(), example, answer);
      return;
    }
    if (!example.get(0).isObject()) {
      boolean opaque = OPAQUE.matcher(example.get(0).asText()).matches();
      require(path, opaque || example.size() == answer.size(), example, answer);
      for (int i = 0; i < answer.size(); i++) {
        compare(path, example.get(Math.min(i, example.size() - 1)), answer.get(i));
      }
      return;
    }
    int next = 0;
    for (JsonNode wanted : example) {
      List<String> nearest = List.of("no more items");
      boolean found = false;
      while (!found && next < answer.size()) {
        List<String> differences = itemFaults(path, wanted, answer.get(next));
        found = differences.isEmpty();
        nearest = differences;
        next++;
      }
      if (!found) {
        faults.add("no item of " + path + " like " + wanted + "; the last: " + nearest);
      }
    }
  }

  private List<String> itemFaults(String path, JsonNode wanted, JsonNode item) {
    Likeness one = new Likeness(replaced, free);
    one.compare(path, wanted, item);
    return one.faults;
  }

  private boolean alike(String example, String answer) {
    String sent = replaced.get(example);
    if (sent != null) {
      return answer.equals(sent);
    }
    for (Pattern form : FORMS) {
      if (form.matcher(example).matches()) {
        return form.matcher(answer).matches();
      }
    }
    if (OPAQUE.matcher(example).matches()) {
      boolean fixed = example.length() <= FIXED_LENGTH;
      return answer.matches("[A-Za-z0-9_-]+")
          && (fixed ? answer.length() == example.length() : answer.length() > FIXED_LENGTH);
    }
    return example.equals(answer);
  }

  private void require(String path, boolean holds, JsonNode example, JsonNode answer) {
    if (!holds) {
      faults.add(path + " is " + answer + " instead of " + example);
    }
  }
}
