package org.tallystick.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the docs whose commands can be run: {@code sh} blocks, each with the block right after
 * it that shows what it prints, and the forms of the placeholders, which the page states in a
 * table. A {@code console} block shows what is done outside and is not run.
 *
 * @param steps in the page's order
 * @param forms regular expressions by the placeholder's name, without angle brackets
 */
record DocPage(List<Step> steps, Map<String, String> forms) {
  private static final String FENCE = "```";
  private static final String COMMANDS = "sh";
  private static final String OUTSIDE = "console";
  private static final Set<String> ANSWERS = Set.of("http", "json", "text");
  private static final Pattern FORM = Pattern.compile("^\\| `<([a-z-]+)>` \\|.*\\| `(.+)` \\|$");

  /**
   * Commands, and what the page says that they print.
   *
   * @param line of the page on which the commands begin
   * @param commands for a shell
   * @param kind http, json or text; empty where nothing is printed
   * @param shown what is printed
   */
  record Step(int line, String commands, String kind, String shown) {
    private Step answered(String kind, String shown) {
      return new Step(line, commands, kind, shown);
    }
  }

  static DocPage of(Path file) throws IOException {
    return of(Files.readAllLines(file));
  }

  /**
   * Reads a page.
   *
   * @throws IllegalArgumentException if a block is of no known kind, is not closed, or shows an
   *     answer to nothing
   */
  static DocPage of(List<String> lines) {
    List<Step> steps = new ArrayList<>();
    Map<String, String> forms = new LinkedHashMap<>();
    boolean answerable = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(FENCE)) {
        int begin = i + 1;
        int end = end(lines, begin);
        String kind = line.substring(FENCE.length());
        String text = String.join("\n", lines.subList(begin, end)) + "\n";
        if (ANSWERS.contains(kind) && answerable) {
          steps.add(steps.remove(steps.size() - 1).answered(kind, text));
        } else if (kind.equals(COMMANDS)) {
          steps.add(new Step(begin + 1, text, "", ""));
        } else if (!kind.equals(OUTSIDE)) {
          throw new IllegalArgumentException("line " + begin + ": an odd block: " + line);
        }
        answerable = kind.equals(COMMANDS);
        i = end;
      } else if (!line.isBlank()) {
        answerable = false;
        Matcher form = FORM.matcher(line);
        if (form.matches()) {
          forms.put(form.group(1), form.group(2));
        }
      }
    }
    return new DocPage(List.copyOf(steps), Map.copyOf(forms));
  }

  private static int end(List<String> lines, int begin) {
    for (int i = begin; i < lines.size(); i++) {
      if (lines.get(i).equals(FENCE)) {
        return i;
      }
    }
    throw new IllegalArgumentException("line " + begin + ": a block that is not closed");
  }
}
