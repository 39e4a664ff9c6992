package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Base64Url;
import org.tallystick.node.Backup;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKeyGoneException;
import org.tallystick.party.Registered;
import org.tallystick.privacy.Eraser;
import org.tallystick.privacy.PrivacyFixture;

/**
 * TSE-06: who is erased has left nothing that was told in any column or file, also where a database
 * brings it back.
 */
class ErasureProofTest extends LivedAndLeft {
  @Test
  void erased_nothingOfThemIsLeft_inAnyColumnOrFile() {
    Set<String> before = planted.inColumns();
    assertThat(before)
        .as("that the walk finds what is there")
        .contains(
            "public name in party.display_name",
            "place in party.place",
            "shorthand in instrument.shorthand",
            "words of the staff in party_transition.reason",
            "words of the staff in instrument_search.reason",
            "hash of the PAN in instrument_search.number_hash",
            "hash of the IBAN in instrument.external_hash",
            "hash of the document in party_document.sha256");
    assertThat(
            before.stream()
                .map(found -> found.substring(0, found.indexOf(" in ")))
                .collect(Collectors.toSet()))
        .as("what is sealed is in no column in clear")
        .doesNotContain(
            "name",
            "organisation",
            "given name",
            "passport",
            "e-mail",
            "PAN",
            "IBAN",
            "address",
            "document");
    assertThat(planted.inFiles()).contains("public name", "place");
    eraseBoth();
    assertThat(planted.inColumns()).isEmpty();
    assertThat(planted.inFiles()).isEmpty();
  }

  @Test
  void erased_whatWasSealedOpensNoMore_alsoFromACopy() {
    byte[] sealedName = bank.office.party(buyer).identity().nameSealed();
    Party buys = bank.office.party(buyer);
    assertThat(bank.office.parties.name(buys)).contains("Zwetschgenbaum");
    eraseBoth();
    assertThatThrownBy(() -> bank.office.keys.of(buys)).isInstanceOf(PartyKeyGoneException.class);
    assertThatThrownBy(() -> bank.office.vault.personalKey().openText(sealedName, "x"))
        .isInstanceOf(RuntimeException.class);
    assertThat(
            bank.count(
                "select count(*) from party_key where key_sealed is not null and"
                    + " party_id = "
                    + buys.id()))
        .isZero();
  }

  @Test
  void restoredDatabase_erasesAgain_whomTheKeyFolderNames() {
    Backup backup = Backup.take(bank.office.entities);
    eraseBoth();
    backup.restore(bank.office.entities);
    assertThat(planted.inColumns()).as("as before").contains("place in party.place");
    Eraser eraser = PrivacyFixture.eraser(new BackOffice(keys));
    Set<String> both = Set.of(buyer.registration(), seller.registration());
    assertThat(in(eraser::backAgain)).hasSameElementsAs(both);
    both.forEach(one -> assertThat(in(() -> again(one))).isTrue());
    assertThat(in(eraser::backAgain)).isEmpty();
    assertThat(planted.inColumns()).isEmpty();
    assertThat(
            bank.count(
                "select count(*) from erasure where confirmed_by = 'system:restored' and reason ="
                    + " 'was erased before the database was restored'"))
        .isEqualTo(2);
  }

  private boolean again(String registration) {
    return PrivacyFixture.eraser(bank.office).again(registration);
  }

  @Test
  void restartedBank_onARestoredDatabase_destroysTheKeysAgain_andSaysSo() {
    Backup backup = Backup.take(bank.office.entities);
    Party before = bank.office.party(buyer);
    eraseBoth();
    backup.restore(bank.office.entities);
    assertThat(keysOfBoth()).as("the backup has brought both keys back").isEqualTo(2);
    BackOffice restarted = new BackOffice(keys);
    assertThat(restarted.parties.name(before)).contains("Zwetschgenbaum");
    List<LogRecord> said = PrivacyFixture.start(restarted);
    assertThat(keysOfBoth()).isZero();
    assertThatThrownBy(() -> restarted.keys.of(before)).isInstanceOf(PartyKeyGoneException.class);
    assertThat(restarted.parties.byRegistration(buyer.registration())).isEmpty();
    assertThat(said)
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.getLevel()).isEqualTo(Level.WARNING);
              assertThat(alarm.getMessage()).contains("erased before");
              assertThat(alarm.getParameters()).containsExactly(2);
            });
    assertThat(PrivacyFixture.start(new BackOffice(keys))).as("the next start").isEmpty();
    assertThat(planted.inColumns()).isEmpty();
  }

  private long keysOfBoth() {
    return bank.count(
        "select count(*) from party_key k join party p on p.id = k.party_id where"
            + " k.key_sealed is not null and p.registration in (decode('"
            + hex(buyer)
            + "', 'hex'), decode('"
            + hex(seller)
            + "', 'hex'))");
  }

  private static String hex(Registered who) {
    return HexFormat.of().formatHex(Base64Url.decode(who.registration()));
  }
}
