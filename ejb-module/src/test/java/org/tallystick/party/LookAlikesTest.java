package org.tallystick.party;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tallystick.crypto.Sha256;

/** Skeletons, character by character. */
class LookAlikesTest {
  /** All that ICU may know; the platform's own tables have no part in it. */
  private static Stream<String> characters() {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .mapToObj(Character::toString);
  }

  /** Characters that are one by the first and two by the second. */
  private static long torn(Function<String, String> one, Function<String, String> other) {
    Map<String, String> seen = new HashMap<>();
    return characters()
        .filter(
            character -> {
              String now = other.apply(character);
              String before = seen.putIfAbsent(one.apply(character), now);
              return before != null && !before.equals(now);
            })
        .count();
  }

  @Test
  void charactersThatAreConfusable_haveOneLook() {
    SpoofChecker checker = new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
    assertThat(torn(checker::getSkeleton, LookAlikes::look)).isZero();
  }

  @Test
  void charactersThatDifferInCaseOrWidth_haveOneFoldedLook() {
    Normalizer2 folding = Normalizer2.getNFKCCasefoldInstance();
    assertThat(torn(folding::normalize, LookAlikes::folded)).isZero();
  }

  /** The pair of UTS #39 that only reordering shows to be one. */
  @Test
  void namesWrittenInTwoDirections_areComparedAsTheyAreShown() {
    String latin = "A1<\u05e9\u05c2";
    String greek = "\u0391\u05e9\u05ba>1";
    assertThat(LookAlikes.look(greek)).isEqualTo(LookAlikes.look(latin));
    assertThat(LookAlikes.folded(greek)).isEqualTo(LookAlikes.folded(latin));
  }

  @Test
  void longestName_hasHashesLikeAnyOther() {
    PublicName name = LookAlikes.of("\ufdfa".repeat(64)).orElseThrow();
    assertThat(name.lookHash()).hasSize(Sha256.LENGTH);
    assertThat(name.foldedHash()).hasSize(Sha256.LENGTH);
  }

  /** Where this fails, ICU has new tables, and a migration has to make all stored hashes again. */
  @Test
  void skeletonsOfAllCharacters_areThoseInTheDatabase() {
    StringBuilder all = new StringBuilder();
    characters().forEach(c -> all.append(LookAlikes.look(c)).append(LookAlikes.folded(c)));
    assertThat(HexFormat.of().formatHex(Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("cd2ef601fc6cd1e0667c78f5eb95e670c34a0075e27e0f9c137d464ca20a8659");
  }
}
