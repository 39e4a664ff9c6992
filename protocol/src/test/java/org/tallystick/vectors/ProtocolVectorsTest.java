package org.tallystick.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The published vectors hold, are what the generator makes, and leave no kind out. */
class ProtocolVectorsTest {
  private static final Path FOLDER = folder();

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

  private static List<VectorReader> vectors(String file) throws IOException {
    List<VectorReader> vectors = new ArrayList<>();
    JsonNode content = new ObjectMapper().readTree(file);
    content.required("vectors").forEach(vector -> vectors.add(new VectorReader(vector)));
    return vectors;
  }

  @TestFactory
  List<DynamicTest> vector_presented_isTakenOrRefusedAsPublished() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, String> file : published().entrySet()) {
      List<VectorReader> vectors = vectors(file.getValue());
      assertThat(vectors).as(file.getKey()).isNotEmpty();
      for (VectorReader vector : vectors) {
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
  void kinds_allThatCanBeChecked_arePublished() throws IOException {
    Set<String> kinds = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, String> file : published().entrySet()) {
      for (VectorReader vector : vectors(file.getValue())) {
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
  void generator_runAgain_givesThePublishedFiles() throws IOException {
    Map<String, String> made = new TreeMap<>(ProtocolVectors.files());
    assertThat(published().keySet()).isEqualTo(made.keySet());
    for (Map.Entry<String, String> file : published().entrySet()) {
      assertThat(file.getValue()).as(file.getKey()).isEqualTo(made.get(file.getKey()));
    }
  }
}
