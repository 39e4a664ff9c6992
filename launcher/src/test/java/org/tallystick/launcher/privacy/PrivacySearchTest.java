package org.tallystick.launcher.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The searches find what is there, in each form, also across the borders of their chunks. */
class PrivacySearchTest {
  private static final String NAME = "Quillon Vexberry";
  private static final String PAN = "9999000012345678";

  private static byte[] around(byte[] form) {
    byte[] file = new byte[(1 << 20) + 4096];
    new Random(7).nextBytes(file);
    System.arraycopy(form, 0, file, (1 << 20) - form.length / 2, form.length);
    return file;
  }

  @Test
  void search_eachFormAcrossAChunkBorder_isFound(@TempDir Path folder) throws Exception {
    for (String canary : List.of(NAME, PAN)) {
      for (var form : CanaryForms.of(canary).entrySet()) {
        Path file = folder.resolve("file");
        Files.write(file, around(form.getValue()));
        CanarySearch search = new CanarySearch();
        search.search(folder, Map.of("canary", canary));
        assertThat(search.hits()).extracting(CanarySearch.Hit::form).contains(form.getKey());
      }
    }
  }

  @Test
  void search_base64InsideOtherText_isFoundAtEveryOffset(@TempDir Path folder) throws Exception {
    for (int before = 0; before < 6; before++) {
      byte[] inner = ("x".repeat(before) + NAME + "tail").getBytes(StandardCharsets.UTF_8);
      Files.writeString(folder.resolve("file"), Base64.getEncoder().encodeToString(inner));
      CanarySearch search = new CanarySearch();
      search.search(folder, Map.of("name", NAME));
      assertThat(search.hits()).as("offset " + before).isNotEmpty();
    }
  }

  @Test
  void search_cleanFile_findsNothing(@TempDir Path folder) throws Exception {
    Files.write(folder.resolve("file"), around(new byte[8]));
    CanarySearch search = new CanarySearch();
    search.search(folder, Map.of("name", NAME, "pan", PAN));
    assertThat(search.hits()).isEmpty();
    assertThat(search.files()).isEqualTo(1);
  }

  @Test
  void kept_valueOfAFurtherVisit_staysAndACoincidenceGoes() {
    assertThat(
            LinkSearch.kept(
                java.util.Set.of("f9080706", "01020304"),
                List.of(new byte[] {(byte) 0xf9, 8, 7, 6})))
        .containsExactly("f9080706");
  }

  @Test
  void links_stableValueOfOneUser_isFoundAndCommonOnesAreNot() {
    byte[] common = "provider".getBytes(StandardCharsets.US_ASCII);
    byte[] stable = {9, 8, 7, 6};
    byte[] random = new byte[16];
    new Random(1).nextBytes(random);
    assertThat(
            LinkSearch.links(
                List.of(common, stable),
                List.of(stable, common),
                List.of(common, random),
                List.of(common)))
        .containsExactly("09080706");
    assertThat(LinkSearch.links(List.of(common), List.of(common), List.of(common), List.of(common)))
        .isEmpty();
  }
}
