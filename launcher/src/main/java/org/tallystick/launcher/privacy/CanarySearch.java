package org.tallystick.launcher.privacy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads every file under some folders and reports where a canary lies in any of its forms. */
public final class CanarySearch {
  private static final int CHUNK = 1 << 20;

  private final List<Hit> hits = new ArrayList<>();
  private long files;
  private long bytes;

  /**
   * One find.
   *
   * @param file where
   * @param canary which, by its label and not its text
   * @param form how it was written
   */
  public record Hit(Path file, String canary, String form) {}

  /** Searches a folder; what vanishes meanwhile is left out. */
  public void search(Path folder, Map<String, String> canaries) throws IOException {
    List<Path> found;
    try (var walk = Files.walk(folder)) {
      found = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : found) {
      searchFile(file, canaries);
    }
  }

  private void searchFile(Path file, Map<String, String> canaries) throws IOException {
    List<Hit> forms = new ArrayList<>();
    List<byte[]> patterns = new ArrayList<>();
    int longest = 0;
    for (var canary : canaries.entrySet()) {
      for (var form : CanaryForms.of(canary.getValue()).entrySet()) {
        forms.add(new Hit(file, canary.getKey(), form.getKey()));
        patterns.add(form.getValue());
        longest = Math.max(longest, form.getValue().length);
      }
    }
    boolean[] hit = new boolean[patterns.size()];
    byte[] buffer = new byte[CHUNK + longest];
    int kept = 0;
    try (InputStream in = Files.newInputStream(file)) {
      int read;
      while ((read = in.readNBytes(buffer, kept, CHUNK)) > 0) {
        bytes += read;
        int length = kept + read;
        for (int i = 0; i < hit.length; i++) {
          hit[i] = hit[i] || CanaryForms.indexOf(buffer, length, patterns.get(i)) >= 0;
        }
        kept = Math.min(longest - 1, length);
        System.arraycopy(buffer, length - kept, buffer, 0, kept);
      }
    }
    files++;
    for (int i = 0; i < hit.length; i++) {
      if (hit[i]) {
        hits.add(forms.get(i));
      }
    }
  }

  /** What was found. */
  public List<Hit> hits() {
    return List.copyOf(hits);
  }

  /** Files read. */
  public long files() {
    return files;
  }

  /** Bytes read. */
  public long bytes() {
    return bytes;
  }
}
