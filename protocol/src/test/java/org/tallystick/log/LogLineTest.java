package org.tallystick.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Suite;

/** A line stands at one place after one head, and nowhere else. */
class LogLineTest {
  private static final byte[] HEAD = new byte[32];
  private static final byte[] COMMITMENT = Sha256.of(new byte[] {1});

  private final LogLine line = LogLine.after(3, HEAD, 5000, "decision", COMMITMENT);

  @Test
  void line_afterItsHead_extendsItThereAlone() {
    assertThat(line.extendsHead(3, HEAD)).isTrue();
    assertThat(line.extendsHead(2, HEAD)).isFalse();
    assertThat(line.extendsHead(4, HEAD)).isFalse();
    assertThat(line.extendsHead(3, COMMITMENT)).isFalse();
  }

  @Test
  void line_withAColumnOrIndexOfAnother_extendsNothing() {
    LogLine next = LogLine.after(4, HEAD, 5000, "decision", COMMITMENT);
    for (LogLine mixed :
        List.of(
            new LogLine(4, line.column1(), line.column2(), line.column3()),
            new LogLine(3, line.column1(), next.column2(), line.column3()),
            new LogLine(3, line.column1(), line.column2(), next.column3()),
            new LogLine(3, line.column1(), next.column2(), next.column3()))) {
      assertThat(mixed.extendsHead(3, HEAD)).isFalse();
      assertThat(mixed.extendsHead(4, HEAD)).isFalse();
    }
  }

  @Test
  void content_isWhatTheLineWasMadeOf() {
    assertThat(line.content().index()).isEqualTo(3);
    assertThat(line.content().timeMillis()).isEqualTo(5000);
    assertThat(line.content().kind()).isEqualTo("decision");
    assertThat(line.content().commitment()).isEqualTo(COMMITMENT);
    byte[] longer =
        Cbor.map()
            .put(1, Cbor.of(3))
            .put(2, Cbor.of(5000))
            .put(3, Cbor.of("decision"))
            .put(4, Cbor.of(COMMITMENT))
            .put(5, Cbor.NULL)
            .build()
            .encode();
    LogLine further = new LogLine(3, HEAD, Sha256.of(longer), longer);
    assertThatThrownBy(further::content).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void head_dependsOnBothColumns() {
    byte[] head = line.head();
    assertThat(head).hasSize(32).isEqualTo(LogLine.head(line.column1(), line.column2()));
    assertThat(LogLine.head(COMMITMENT, line.column2())).isNotEqualTo(head);
    assertThat(LogLine.head(line.column1(), COMMITMENT)).isNotEqualTo(head);
  }

  @Test
  void item_readBack_isTheLine() {
    LogLine again = LogLine.of(line.toCbor());
    assertThat(again.extendsHead(3, HEAD)).isTrue();
    assertThat(again.head()).isEqualTo(line.head());
    Cbor shortColumn =
        Cbor.array(Cbor.of(3), Cbor.of(new byte[31]), Cbor.of(HEAD), Cbor.of(new byte[1]));
    assertThatThrownBy(() -> LogLine.of(shortColumn)).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void seed_ofAnotherSuiteDeviceOrRecord_isAnother() {
    byte[] seed = LogLine.seed(Suite.CLASSIC, new byte[16], new byte[9]);
    assertThat(seed).hasSize(32);
    assertThat(LogLine.seed(Suite.HYBRID, new byte[16], new byte[9])).isNotEqualTo(seed);
    assertThat(LogLine.seed(Suite.CLASSIC, new byte[15], new byte[9])).isNotEqualTo(seed);
    assertThat(LogLine.seed(Suite.CLASSIC, new byte[16], new byte[8])).isNotEqualTo(seed);
  }

  @Test
  void commitment_ofAnotherSaltOrDetails_isAnother() {
    byte[] commitment = LogLine.commitment(new byte[16], new byte[3]);
    assertThat(commitment).hasSize(32);
    assertThat(LogLine.commitment(new byte[15], new byte[3])).isNotEqualTo(commitment);
    assertThat(LogLine.commitment(new byte[16], new byte[4])).isNotEqualTo(commitment);
  }

  @Test
  void noticeDetails_withAMemberTooMany_areMalformed() {
    NoticeDetails details = new NoticeDetails(2, HEAD);
    NoticeDetails again = NoticeDetails.decode(details.encode());
    assertThat(again.noticeKind()).isEqualTo(2);
    assertThat(again.subjectHash()).isEqualTo(HEAD);
    byte[] longer =
        Cbor.map().put(1, Cbor.of(2)).put(2, Cbor.of(HEAD)).put(3, Cbor.NULL).build().encode();
    assertThatThrownBy(() -> NoticeDetails.decode(longer))
        .isInstanceOf(MalformedInputException.class);
  }
}
