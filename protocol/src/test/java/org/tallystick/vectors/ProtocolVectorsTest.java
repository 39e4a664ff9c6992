package org.tallystick.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The published vectors hold, are what the generator makes, and leave no kind out. */
class ProtocolVectorsTest {
  private static final Path FOLDER = folder();
  private static final Map<String, List<VectorReader>> VECTORS = vectors();

  private static Path folder() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("testdata/protocol"))) {
      folder = folder.getParent();
    }
    assertThat(folder).as("testdata/protocol").isNotNull();
    return folder.resolve("testdata/protocol");
  }

  private static Map<String, String> published() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(FOLDER)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  /** Read once: a tool that runs one dynamic test alone makes the whole list of them again. */
  private static Map<String, List<VectorReader>> vectors() {
    try {
      Map<String, List<VectorReader>> files = new TreeMap<>();
      for (Map.Entry<String, String> file : published().entrySet()) {
        List<VectorReader> vectors = new ArrayList<>();
        JsonNode content = new ObjectMapper().readTree(file.getValue());
        content.required("vectors").forEach(vector -> vectors.add(new VectorReader(vector)));
        files.put(file.getKey(), vectors);
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  List<DynamicTest> vector_presented_isTakenOrRefusedAsPublished() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, List<VectorReader>> file : VECTORS.entrySet()) {
      assertThat(file.getValue()).as(file.getKey()).isNotEmpty();
      for (VectorReader vector : file.getValue()) {
        String name = file.getKey() + ": " + vector.kind() + ": " + vector.name();
        tests.add(DynamicTest.dynamicTest(name, () -> check(vector)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(300);
    return tests;
  }

  private static void check(VectorReader vector) {
    String kind = vector.kind();
    if (GoodVectors.CHECKS.containsKey(kind)) {
      GoodVectors.CHECKS.get(kind).accept(vector);
    } else {
      assertThat(BadVectors.CHECKS).as("kinds that are known").containsKey(kind);
      assertThat(BadVectors.CHECKS.get(kind).apply(vector)).isEqualTo(vector.refusal());
    }
  }

  @Test
  void kinds_allThatCanBeChecked_arePublished() {
    Set<String> kinds = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, List<VectorReader>> file : VECTORS.entrySet()) {
      for (VectorReader vector : file.getValue()) {
        kinds.add(vector.kind());
        String name = file.getKey() + " " + vector.kind() + " " + vector.name();
        assertThat(names.add(name)).as("once: " + name).isTrue();
      }
    }
    Set<String> known = new TreeSet<>(GoodVectors.CHECKS.keySet());
    known.addAll(BadVectors.CHECKS.keySet());
    assertThat(kinds).isEqualTo(known);
  }

  @Test
  @Tag("slow")
  void generator_runAgain_givesThePublishedFiles() throws IOException {
    Map<String, String> made = new TreeMap<>(ProtocolVectors.files());
    assertThat(published().keySet()).isEqualTo(made.keySet());
    for (Map.Entry<String, String> file : published().entrySet()) {
      assertThat(file.getValue()).as(file.getKey()).isEqualTo(made.get(file.getKey()));
    }
  }
}
