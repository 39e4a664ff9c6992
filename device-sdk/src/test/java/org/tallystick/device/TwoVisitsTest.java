package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.code.Code;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.state.OutboxEntry;

/**
 * Property 7: who carries a user's codes (a till, a mobile carrier) sees as little in common
 * between two codes of one device as between two devices.
 */
class TwoVisitsTest {
  private static final int VISITS = 20;

  @TempDir Path folder;
  private Bench bench;
  private TallystickDevice till;

  /** The account field and the encrypted part of a code, decoded: all that is there in clear. */
  private record Seen(byte[] account, byte[] sealed) {
    static Seen of(String text) {
      String[] fields = text.split("::", -1);
      return new Seen(Base64Url.decode(fields[2]), Base64Url.decode(fields[3]));
    }

    byte[] all() {
      return ByteBuffer.allocate(account.length + sealed.length).put(account).put(sealed).array();
    }
  }

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    till = bench.payee("till");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Seen visit(TallystickDevice phone) {
    OutboxEntry bill = till.makeBill(Bench.coffee()).orElseThrow();
    till.send(bill).orElseThrow();
    String qr = till.bill(bill.number()).orElseThrow().qrText();
    OutboxEntry half =
        phone
            .readBill(qr)
            .then(checked -> phone.approve(checked, "Card 1", Bench.PIN.toCharArray()))
            .then(phone::send)
            .orElseThrow();
    phone.awaitAnswer(half, Duration.ofSeconds(2)).orElseThrow();
    till.awaitAnswer(bill, Duration.ofSeconds(2)).orElseThrow();
    return Seen.of(half.code());
  }

  private List<Seen> visitsOfOne() {
    TallystickDevice phone = bench.payer("regular");
    List<Seen> visits = new ArrayList<>();
    for (int i = 0; i < VISITS; i++) {
      visits.add(visit(phone));
    }
    return visits;
  }

  private List<Seen> visitsOfMany() {
    List<Seen> visits = new ArrayList<>();
    for (int i = 0; i < VISITS; i++) {
      visits.add(visit(bench.payer("passer-by " + i)));
    }
    return visits;
  }

  @Test
  void clearFields_ofOneDevice_neverRepeat() {
    Set<String> accounts = new HashSet<>();
    Set<ByteBuffer> hints = new HashSet<>();
    Set<ByteBuffer> ivs = new HashSet<>();
    visitsOfOne();
    List<String> codes = bench.bank.codes();
    for (String text : codes) {
      Code code = Code.parse(text);
      assertThat(accounts.add(code.account())).as("alias").isTrue();
      assertThat(hints.add(ByteBuffer.wrap(code.hint()))).as("hint").isTrue();
      assertThat(ivs.add(ByteBuffer.wrap(code.sealed().iv()))).as("IV").isTrue();
    }
    assertThat(codes).hasSize(2 * VISITS);
  }

  /** A byte that is the same in all codes of one device is the same in all codes of anybody. */
  @Test
  void constantBytes_ofOneDevice_areThoseOfEveryDevice() {
    List<Seen> one = visitsOfOne();
    List<Seen> many = visitsOfMany();
    assertThat(constants(one)).isNotEmpty().isEqualTo(constants(many));
    assertThat(lengths(one)).isEqualTo(lengths(many)).hasSize(1);
  }

  /** The same wherever it stands: no six bytes of what varies between devices come twice. */
  @Test
  void sixVaryingBytes_ofOneDevice_neverComeTwice() {
    List<Seen> visits = visitsOfOne();
    Set<Integer> constants = new HashSet<>(constants(visitsOfMany()));
    Set<ByteBuffer> seen = new HashSet<>();
    for (Seen visit : visits) {
      byte[] all = visit.all();
      for (int from = 0; from + 6 <= all.length; from++) {
        int start = from;
        if (IntStream.range(start, start + 6).noneMatch(constants::contains)) {
          ByteBuffer window = ByteBuffer.wrap(all, from, 6).slice();
          assertThat(seen.add(window)).as("six bytes at %d", from).isTrue();
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(VISITS * 400);
  }

  private static Set<Integer> lengths(List<Seen> visits) {
    Set<Integer> lengths = new HashSet<>();
    visits.forEach(visit -> lengths.add(visit.all().length));
    return lengths;
  }

  private static List<Integer> constants(List<Seen> visits) {
    byte[] first = visits.get(0).all();
    List<Integer> constants = new ArrayList<>();
    for (int at = 0; at < first.length; at++) {
      int place = at;
      if (visits.stream().allMatch(visit -> visit.all()[place] == first[place])) {
        constants.add(at);
      }
    }
    return constants;
  }
}
