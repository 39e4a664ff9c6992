package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.code.SignedMap;
import org.tallystick.crypto.AesGcm;
import org.tallystick.crypto.Secret;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceVault;
import org.tallystick.device.DevicesFixture;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.device.state.PinMaterial;
import org.tallystick.money.Money;
import org.tallystick.node.Backup;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.party.PartyRole;
import org.tallystick.pin.PinVerifier;

/**
 * Property 8: a real device pays at the real stages; then somebody gets the evidence bundle, the
 * database or the device's file, opened for him where it is encrypted, and tries all 10,000 PINs.
 */
class PinGuessingTest {
  private static final String PIN = "7305";
  private static final String WRONG = "1379";
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final int FILE_HEADER = 5;
  private static final int FILE_BODY = 17;

  @TempDir Path keys;
  @TempDir Path phoneFolder;
  @TempDir Path tillFolder;
  private Stages bank;
  private BankInProcess connection;
  private Party party;
  private TallystickDevice phone;
  private TallystickDevice till;
  private String number;
  private SignedMap terms;
  private final List<byte[]> fileInItsLife = new ArrayList<>();

  @BeforeEach
  void pay() {
    bank = new Stages(keys);
    connection = new BankInProcess(bank);
    till = connection.enrol(tillFolder, bank.party(PartyRole.PROVIDER), null);
    party = bank.funded(10_000);
    connection.atBinding(this::keepFile);
    phone = connection.enrol(phoneFolder, party, PIN.toCharArray());
    keepFile();
    approve(WRONG);
    keepFile();
    approve(PIN);
    keepFile();
    assertThat(phone.receipts()).extracting(e -> e.ending()).contains(Ending.APPROVED);
  }

  @AfterEach
  void close() {
    phone.close();
    till.close();
  }

  private void approve(String pin) {
    OutboxEntry bill = till.makeBill(BillRequest.of(List.of(), Money.of(250, "USD"))).orElseThrow();
    number = bill.number();
    till.send(bill).orElseThrow();
    String qr = till.bill(number).orElseThrow().qrText();
    OutboxEntry half =
        phone
            .readBill(qr)
            .then(checked -> phone.approve(checked, null, pin.toCharArray()))
            .orElseThrow();
    terms = half.terms();
    keepFile();
    phone.send(half).orElseThrow();
    phone.awaitAnswer(half, SHORT).orElseThrow();
  }

  /** The device's file in clear, as who also has the platform key sees it. */
  private byte[] file() {
    try {
      byte[] sealed = Files.readAllBytes(phoneFolder.resolve("state"));
      return AesGcm.open(
              Files.readAllBytes(phoneFolder.resolve("key")),
              Arrays.copyOfRange(sealed, FILE_HEADER, FILE_BODY),
              Arrays.copyOf(sealed, FILE_HEADER),
              Arrays.copyOfRange(sealed, FILE_BODY, sealed.length))
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keepFile() {
    fileInItsLife.add(file());
  }

  private PinMaterial material() {
    return phone.identity().orElseThrow().pin();
  }

  private Device row() {
    byte[] id = phone.identity().orElseThrow().binding().deviceId();
    return Server.inTransaction(
            bank.office.entities, () -> DevicesFixture.over(bank.office).byDeviceId(id))
        .orElseThrow();
  }

  private PinVerifier verifier() {
    return new DeviceVault(bank.office.vault).pinVerifier(row()).orElseThrow();
  }

  private byte[] bundle() {
    byte[] keySet = connection.keySet();
    return Server.inTransaction(
            bank.office.entities,
            () -> bank.transactions.evidence(BackOffice.AUDITOR, number, keySet))
        .orElseThrow();
  }

  /** Every column of bytes in every row that has to do with the device. */
  private byte[][] columns() {
    long device = row().index();
    List<byte[]> found = new ArrayList<>();
    Server.inTransaction(
        bank.office.entities,
        () -> {
          try (Statement query = bank.office.entities.unwrap(Connection.class).createStatement()) {
            for (String from : places(query, device)) {
              read(query, "select * from " + from, found);
            }
            return true;
          } catch (SQLException e) {
            throw new StageFaultException(e);
          }
        });
    return found.toArray(byte[][]::new);
  }

  private List<String> places(Statement query, long device) throws SQLException {
    List<String> places =
        new ArrayList<>(
            List.of(
                "device where id = " + device,
                "party where id = " + party.id(),
                "slot where number = '" + number + "'",
                "receipt where number = '" + number + "'",
                "bank_key_set"));
    try (ResultSet tables =
        query.executeQuery(
            "select table_name from information_schema.columns"
                + " where table_schema = 'public' and column_name = 'device_pk'")) {
      while (tables.next()) {
        places.add(tables.getString(1) + " where device_pk = " + device);
      }
    }
    assertThat(places).hasSizeGreaterThan(10);
    return places;
  }

  private static void read(Statement query, String sql, List<byte[]> found) throws SQLException {
    try (ResultSet rows = query.executeQuery(sql)) {
      while (rows.next()) {
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          if (rows.getObject(column) instanceof byte[] bytes) {
            found.add(bytes);
          }
        }
      }
    }
  }

  private static void assertNothingToldBy(PinGuesser guesser) {
    assertThat(guesser.isConfirmed(PIN)).isFalse();
    assertThat(guesser.guess()).isEmpty();
  }

  @Test
  void evidenceBundle_alone_confirmsNoGuess() {
    PinGuesser guesser = new PinGuesser().holding(bundle()).knowing(terms);
    assertThat(guesser.held()).isGreaterThan(10);
    assertNothingToldBy(guesser);
  }

  @Test
  void database_alone_confirmsNoGuess() {
    PinGuesser guesser = new PinGuesser().holding(columns()).knowing(terms);
    assertThat(guesser.held()).isGreaterThan(10);
    assertNothingToldBy(guesser);
  }

  /** Not in any row of any table, inside whatever else. */
  @Test
  void database_alone_holdsTheVerifierNowhereInClear() {
    String verifier;
    try (PinVerifier opened = verifier()) {
      verifier = HexFormat.of().formatHex(opened.toBytes());
    }
    String publicKey = HexFormat.of().formatHex(row().evidence().publicKey());
    assertThat(tablesWith(publicKey)).contains("device"); // so the search can find
    assertThat(tablesWith(verifier)).isEmpty();
  }

  private List<String> tablesWith(String hex) {
    return Server.inTransaction(
        bank.office.entities,
        () -> {
          List<String> found = new ArrayList<>();
          Connection connection = bank.office.entities.unwrap(Connection.class);
          try (Statement query = connection.createStatement()) {
            for (String table : Backup.tables(query)) {
              String sql = "select 1 from %s t where position('%s' in t::text) > 0 limit 1";
              try (ResultSet rows = query.executeQuery(sql.formatted(table, hex))) {
                if (rows.next()) {
                  found.add(table);
                }
              }
            }
            return found;
          } catch (SQLException e) {
            throw new StageFaultException(e);
          }
        });
  }

  @Test
  void database_withItsKeys_confirmsNoGuess() {
    try (PinVerifier verifier = verifier()) {
      assertNothingToldBy(
          new PinGuesser().holding(columns()).holding(verifier.toBytes()).knowing(terms));
    }
  }

  @Test
  void deviceFile_withItsKey_confirmsNoGuess_atAnyTimeOfItsLife() {
    PinMaterial pin = material();
    PinGuesser guesser =
        new PinGuesser()
            .holding(fileInItsLife.toArray(byte[][]::new))
            .told(pin.salt(), pin.secret().reveal().clone())
            .knowing(terms);
    assertThat(guesser.held()).isGreaterThan(10);
    assertNothingToldBy(guesser);
  }

  /** What it takes: file and database together. So the guesser can find a PIN. */
  @Test
  void deviceFile_andTheBanksVerifier_confirmTheGuess() {
    PinMaterial pin = material();
    try (PinVerifier verifier = verifier()) {
      PinGuesser guesser =
          new PinGuesser()
              .holding(file())
              .holding(verifier.toBytes())
              .told(pin.salt(), pin.secret().reveal().clone());
      assertThat(guesser.isConfirmed(PIN)).isTrue();
      assertThat(guesser.isConfirmed(WRONG)).isFalse();
      assertThat(guesser.guess()).contains(PIN);
    }
  }

  /** Or file, a proof and the key that it was made under, which is erased. */
  @Test
  void deviceFile_andAProofWithItsKey_confirmTheGuess() {
    PinMaterial pin = material();
    byte[] key = new byte[32];
    bank.office.random.nextBytes(key);
    byte[] proof;
    try (PinVerifier verifier = verifier();
        Secret pinKey = Secret.copyOf(key)) {
      proof =
          verifier.proof(
              pinKey,
              terms.deviceId(),
              terms.epoch(),
              terms.n(),
              terms.role().value(),
              terms.billHash());
    }
    PinGuesser guesser =
        new PinGuesser()
            .holding(file())
            .holding(proof, key)
            .told(pin.salt(), pin.secret().reveal().clone())
            .knowing(terms);
    assertThat(guesser.guess()).contains(PIN);
  }
}
