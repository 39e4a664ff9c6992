package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.crypto.SigningKey;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.Identity;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.keys.BankKeySet;
import org.tallystick.node.Server;
import org.tallystick.notice.Notice;
import org.tallystick.notice.NoticeStage;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.notice.NoticesFixture;
import org.tallystick.party.Party;

/**
 * Property 6 with real devices at a real bank: whoever has a device sees every other one that is
 * bound to the account, with its key; and the bank binds none without that.
 */
class NewDeviceIsSeenTest {
  private static final String PIN = "7305";

  @TempDir Path keys;
  @TempDir Path phoneFolder;
  @TempDir Path otherFolder;
  private Stages bank;
  private BankInProcess connection;
  private NoticeStage notices;
  private Party party;
  private TallystickDevice phone;
  private TallystickDevice other;

  @BeforeEach
  void enrol() {
    bank = new Stages(keys);
    connection = new BankInProcess(bank);
    notices = NoticesFixture.over(bank.office);
    change("delete from notice_due"); // of other tests, whose vaults are gone
    party = bank.funded(10_000);
    phone = connection.enrol(phoneFolder, party, PIN.toCharArray());
    connection.allowAnother(party);
    other = connection.device(otherFolder);
    bank.later(1);
  }

  @AfterEach
  void close() {
    phone.close();
    other.close();
  }

  private void change(String sql) {
    Server.inTransaction(
        bank.office.entities, () -> bank.office.entities.createNativeQuery(sql).executeUpdate());
  }

  private void bindOther() {
    connection.enrol(other, party, PIN.toCharArray()).orElseThrow();
  }

  /** What the timer does; then the phone fetches what there is for it. */
  private List<Notice> seenByThePhone() {
    Server.inTransaction(bank.office.entities, () -> notices.make(50));
    phone.takeNotices(Duration.ZERO).orElseThrow();
    return phone.notices();
  }

  private static byte[] id(TallystickDevice device) {
    return device.identity().orElseThrow().binding().deviceId();
  }

  @Test
  void newDevice_isSeenByTheOlderOne_withTheKeyThatItSignsWith() {
    bindOther();
    List<Notice> seen = seenByThePhone();
    assertThat(seen).hasSize(1);
    byte[] shown = ((NoticeSubject.DeviceBound) seen.get(0).subject()).bindingRecord();
    BankKeySet set =
        BankKeySet.verify(
            connection.keySet(),
            VerificationKey.ofPoint(connection.keys().orElseThrow().root()),
            bankConsortium());
    BindingRecord record = BindingRecord.verify(shown, set);
    Identity bound = other.identity().orElseThrow();
    try (SigningKey key = SigningKey.ofScalar(bound.signingKey().reveal().clone())) {
      assertThat(record.deviceKey().compressed()).isEqualTo(key.verificationKey().compressed());
    }
    assertThat(record.deviceId()).isEqualTo(id(other));
    assertThat(record.accountIdentifier()).isEqualTo(party.accountIdentifier());
    assertThat(seen.get(0).line().index()).isEqualTo(phone.logIndex());
  }

  private String bankConsortium() {
    return phone.identity().orElseThrow().binding().consortium();
  }

  @Test
  void newDevice_standsInWhatTheBankSaysOfTheAccount() {
    bindOther();
    assertThat(phone.askStatus().orElseThrow().devices())
        .anySatisfy(device -> assertThat(device.deviceId()).isEqualTo(id(other)));
  }

  @Test
  void activation_whoseNoticeCannotBeWritten_doesNotHappen() {
    change("alter table notice_due add constraint no_notice check (kind <> 1) not valid");
    try {
      assertThatThrownBy(this::bindOther).hasRootCauseInstanceOf(java.sql.SQLException.class);
    } finally {
      change("alter table notice_due drop constraint no_notice");
    }
    long active =
        bank.count(
            "select count(*) from device where state = 'ACTIVE' and party_id = " + party.id());
    assertThat(active).isEqualTo(1);
    assertThat(seenByThePhone()).isEmpty();
    other.resume();
    assertThat(seenByThePhone()).hasSize(1);
  }
}
