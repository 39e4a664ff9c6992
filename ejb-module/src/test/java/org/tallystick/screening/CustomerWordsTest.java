package org.tallystick.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.Server;
import org.tallystick.party.Application;
import org.tallystick.party.PartyKind;
import org.tallystick.party.PartyRole;
import org.tallystick.party.Registered;

/** How common words are among the customers, over a real database. */
class CustomerWordsTest {
  private static final byte[] LIST = SampleList.of("Tarvolenko Mikhail", "Zhuo Wenqing");
  private static final CustomerCorpus MANY =
      new CustomerCorpus(1_000, Map.of("tarvolenko", 500, "wenqing", 10));

  @TempDir Path keys;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(keys);
    Desk.empty(desk.entities);
  }

  private Registered applied(String name) {
    return (Registered)
        desk.office.register(
            new Application(PartyKind.PERSON, PartyRole.USER, name, null, null, null));
  }

  private long generation() {
    return Server.inTransaction(desk.entities, () -> desk.editions.target().generation());
  }

  private double weight(Engine engine, String word) {
    Screening.Done done =
        (Screening.Done)
            engine.screener().screen(new Query("Mikhail Tarvolenko", EntityKind.PERSON));
    return done.hits().get(0).explanation().stream()
        .filter(term -> term.listed().equals(word))
        .findFirst()
        .orElseThrow()
        .weight();
  }

  private Engine engine(Desk node) {
    return Server.inTransaction(
        desk.entities, () -> node.holder.of(desk.editions.target()).orElseThrow());
  }

  /** Who only applies makes no word common; who cannot be read does not stop the count. */
  @Test
  void onlyThoseCount_whomTwoPeopleHaveFoundGood_andWhoCanBeRead() {
    desk.load(LIST);
    desk.build();
    List<Long> approved = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      applied("Ada Quillfeather");
      approved.add(desk.office.approved(applied("Ada Brackenridge")).id());
    }
    long first = approved.get(0) - 1;
    assertThat(Server.inTransaction(desk.entities, () -> desk.words.some(first, 1)))
        .containsExactlyElementsOf(approved);
    assertThat(Server.inTransaction(desk.entities, () -> desk.words.some(first, 1_000_003)))
        .isEmpty();
    assertThat(Server.inTransaction(desk.entities, () -> desk.words.names(approved)))
        .containsOnly(new Query("Ada Brackenridge", EntityKind.PERSON));
    assertThat(Server.inTransaction(desk.entities, desk.words::step)).isEqualTo(1);

    Desk elsewhere = new Desk(keys.resolve("other"));
    elsewhere.load(SampleList.remarked("x", "Tarvolenko Mikhail", "Zhuo Wenqing"));
    elsewhere.build();
    assertThat(Server.inTransaction(desk.entities, elsewhere.stage::ready))
        .as("under keys that open no name, the engine is built all the same")
        .isTrue();
  }

  @Test
  void generation_isCountedOnce_andEveryNodeWeighsByThat() {
    desk.load(LIST);
    long generation = generation();
    Server.inTransaction(
        desk.entities,
        () -> {
          desk.editions.target(Engine.VERSION);
          return true;
        });
    desk.build();
    assertThat(generation()).isGreaterThanOrEqualTo(generation);
    double alone = weight(engine(desk), "tarvolenko");

    desk.load(SampleList.remarked("again", "Tarvolenko Mikhail", "Zhuo Wenqing"));
    long next = generation();
    assertThat(Server.inTransaction(desk.entities, () -> desk.words.keep(next, MANY)))
        .isEqualTo(MANY);
    assertThat(
            Server.inTransaction(desk.entities, () -> desk.words.keep(next, CustomerCorpus.NONE)))
        .as("the first to have counted")
        .isEqualTo(MANY);
    Desk other = new Desk(keys);
    for (Desk node : List.of(desk, other)) {
      node.build();
      assertThat(weight(engine(node), "tarvolenko")).isLessThan(alone / 2);
    }
    assertThat(Server.inTransaction(desk.entities, () -> desk.words.of(generation)))
        .as("of an older generation")
        .isEmpty();
  }

  @Test
  void words_areStoredSealed() {
    desk.load(LIST);
    long generation = generation();
    Server.inTransaction(desk.entities, () -> desk.words.keep(generation, MANY));
    byte[] stored =
        Server.inTransaction(
            desk.entities, () -> desk.entities.find(ScreeningCorpus.class, generation).sealed());
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("tarvolenko");
  }
}
