package org.tallystick.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.keys.SealBrokenException;
import org.tallystick.node.Server;

class PartyKeysTest {
  @TempDir Path keys;
  private BackOffice office;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
  }

  @Test
  void name_opensUnderItsOwnKeyOnly() {
    Party one = office.party(office.apply());
    Party other = office.party(office.apply());
    byte[] sealed = one.identity().nameSealed();
    String context = SealContext.name(one.identifiers().registration());
    assertThat(office.keys.of(one).openText(sealed, context)).isEqualTo("Ada Byron");
    assertThat(office.keys.of(one.id()).openText(sealed, context)).isEqualTo("Ada Byron");
    assertThatThrownBy(() -> office.keys.of(other).openText(sealed, context))
        .isInstanceOf(SealBrokenException.class);
    assertThatThrownBy(() -> office.vault.personalKey().openText(sealed, context))
        .as("under the bank's key alone")
        .isInstanceOf(SealBrokenException.class);
  }

  @Test
  void keyOfAnother_putInAPartysPlace_doesNotOpen() {
    Party one = office.party(office.apply());
    Party other = office.party(office.apply());
    Server.inTransaction(
        office.entities,
        () ->
            office
                .entities
                .createNativeQuery(
                    "update party_key set key_sealed = (select key_sealed from party_key where"
                        + " party_id = ?1) where party_id = ?2")
                .setParameter(1, one.id())
                .setParameter(2, other.id())
                .executeUpdate());
    office.entities.clear();
    assertThatThrownBy(() -> office.parties.name(office.parties.byId(other.id()).orElseThrow()))
        .isInstanceOf(SealBrokenException.class);
  }

  @Test
  void destroyedKey_opensNothingAnyMore() {
    Party party = office.party(office.apply());
    Server.inTransaction(
        office.entities,
        () -> {
          office
              .entities
              .find(PartyKey.class, party.id())
              .destroy(OffsetDateTime.now(office.clock));
          return true;
        });
    office.entities.clear();
    Party after = office.parties.byId(party.id()).orElseThrow();
    assertThatThrownBy(() -> office.parties.name(after)).isInstanceOf(PartyKeyGoneException.class);
  }
}
