package org.tallystick.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is counted of customers' names, and what of it is kept. */
class CustomerCountTest {
  private final CustomerCount count = new CustomerCount();

  private void add(int times, String name, EntityKind kind) {
    IntStream.range(0, times).forEach(each -> count.add(name, kind));
  }

  @Test
  void fewCustomers_sayNothing() {
    add(CustomerCorpus.LEAST_NAMES - 1, "Ada Byron", EntityKind.PERSON);
    assertThat(count.finish()).isEqualTo(CustomerCorpus.NONE);
    add(1, "Ada Byron", EntityKind.PERSON);
    assertThat(count.finish().names()).isEqualTo(CustomerCorpus.LEAST_NAMES);
  }

  @Test
  void wordThatFewBear_isNotKept() {
    add(1_000, "Ada Byron", EntityKind.PERSON);
    add(CustomerCorpus.LEAST_BEARERS - 1, "Ada Lovelace", EntityKind.PERSON);
    add(CustomerCorpus.LEAST_BEARERS, "Mary Somerville", EntityKind.PERSON);
    assertThat(count.finish().words())
        .containsOnlyKeys("ada", "byron", "mary", "somerville")
        .containsEntry("ada", 1_009)
        .containsEntry("somerville", 10);
  }

  @Test
  void wordTwiceInAName_initialsAndLegalForms_areNoMore() {
    add(1_000, "Peter J. Peter", EntityKind.PERSON);
    add(10, "Byron Byron Trading GmbH", EntityKind.ORGANISATION);
    assertThat(count.finish().words())
        .containsOnlyKeys("peter", "byron", "trading")
        .containsEntry("peter", 1_000)
        .containsEntry("byron", 10);
  }

  @Test
  void nameInAnotherScript_isCountedInLatin_andOneThatCannotBeReadNot() {
    add(1_000, "Иван Петров", EntityKind.PERSON);
    add(10, "???", EntityKind.PERSON);
    CustomerCorpus corpus = count.finish();
    assertThat(corpus.names()).isEqualTo(1_000);
    assertThat(corpus.words()).containsOnlyKeys("ivan", "petrov");
  }

  /** A common first name next to another family name is no hit once the bank knows it is common. */
  @Test
  void wordsThatManyCustomersBear_weighLess() {
    add(950, "Vera Dale", EntityKind.PERSON);
    add(50, "Mikhail Dale", EntityKind.PERSON);
    Screener knowing = Screener.of(List.of(SmallList.LIST), count.finish());
    Screener unknowing = Screener.of(List.of(SmallList.LIST), CustomerCorpus.NONE);
    assertThat(weight(knowing)).isLessThan(weight(unknowing));
  }

  @Test
  void exactName_isAHit_howeverCommonItsWordsAreMade() {
    add(1_000, "Mikhail Borisovich Tarvolenko", EntityKind.PERSON);
    Screener made = Screener.of(List.of(SmallList.LIST), count.finish());
    Screening.Done done =
        (Screening.Done) made.screen(new Query("Tarvolenko Mikhail Borisovich", EntityKind.PERSON));
    assertThat(done.hits()).extracting(hit -> hit.entity().id()).contains("1");
  }

  private static double weight(Screener screener) {
    Screening.Done done =
        (Screening.Done)
            screener.screen(new Query("Mikhail Borisovich Tarvolenko", EntityKind.PERSON));
    return done.hits().get(0).explanation().stream()
        .filter(term -> term.queried().equals("mikhail"))
        .findFirst()
        .orElseThrow()
        .weight();
  }
}
