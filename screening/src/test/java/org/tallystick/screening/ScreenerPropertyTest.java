package org.tallystick.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

/** What holds for every listed name and every query. */
class ScreenerPropertyTest {
  private static final Screener SCREENER = SmallList.screener();

  @Provide
  Arbitrary<ListedEntity> entities() {
    return Arbitraries.of(SmallList.LIST.entities());
  }

  @Provide
  Arbitrary<String> forms() {
    return Arbitraries.of(
        "Ltd", "GmbH", "S.A.", "Corp.", "LLC", "Inc", "ООО", "S.A. de C.V.", "Oy");
  }

  private static List<String> words(String name) {
    return new ArrayList<>(
        List.of(name.replace("S.A. DE C.V.", "").replace(",", " ").trim().split("\\s+", -1)));
  }

  private static List<String> hits(String name, EntityKind kind) {
    return SmallList.hits(SCREENER, name, kind);
  }

  @Property
  void listedName_withItsWordsInAnyOrder_hits(
      @ForAll("entities") ListedEntity entity, @ForAll Random chance) {
    List<String> words = words(entity.names().get(0).text());
    Collections.shuffle(words, chance);
    assertThat(hits(String.join(" ", words), entity.kind())).contains(entity.id());
  }

  @Property
  void listedName_inWhateverCaseAndForm_scoresTheSame(
      @ForAll("entities") ListedEntity entity,
      @ForAll Normalizer.Form form,
      @ForAll boolean small) {
    String text = entity.names().get(0).text();
    String other = Normalizer.normalize(small ? text.toLowerCase(Locale.ROOT) : text, form);
    assertThat(SmallList.matches(SCREENER, other, entity.kind()))
        .isEqualTo(SmallList.matches(SCREENER, text, entity.kind()));
  }

  @Property
  void legalForm_addedToACompany_leavesTheHit(
      @ForAll("entities") ListedEntity entity, @ForAll("forms") String form) {
    String name = entity.names().get(0).text();
    assertThat(hits(name + " " + form, EntityKind.ORGANISATION)).contains(entity.id());
    assertThat(hits(name + " " + form, EntityKind.UNKNOWN)).contains(entity.id());
  }

  /** Shorter words are too like others: "al", "Abd", "Yong". */
  @Property
  void oneLetterLeftOut_ofAWordOfFive_hits(
      @ForAll("entities") ListedEntity entity, @ForAll Random chance) {
    List<String> words = words(entity.names().get(0).text());
    int place = chance.nextInt(words.size());
    String word = words.get(place);
    if (word.length() >= 5 && words.size() > 1) {
      int at = chance.nextInt(word.length());
      words.set(place, word.substring(0, at) + word.substring(at + 1));
      assertThat(hits(String.join(" ", words), entity.kind())).contains(entity.id());
    }
  }

  /** Whatever is asked, there is an answer; and asked again, the same. */
  @Property
  void anyString_isAnsweredAndAnsweredAlike(@ForAll @StringLength(max = 1_200) String name) {
    Screening first = SCREENER.screen(new Query(name, EntityKind.UNKNOWN));
    assertThat(SCREENER.screen(new Query(name, EntityKind.UNKNOWN))).isEqualTo(first);
    if (first instanceof Screening.Done done) {
      assertThat(done.hits()).allMatch(match -> match.score() >= Screener.THRESHOLD);
      assertThat(done.hits()).allMatch(match -> match.score() <= 1);
    }
  }
}
