package org.tallystick.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.DeviceEvents;
import org.tallystick.device.DeviceSettings;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.BankPin;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.DeviceState;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.device.state.StateFile;
import org.tallystick.enrolment.Activation;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.it.BankIT.Shop;
import org.tallystick.it.BankIT.User;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.receipt.Receipt;
import org.tallystick.tree.MerkleTree;

/** Devices, payments and what stays of them; the service's own documents. */
final class DeviceScenes {
  private DeviceScenes() {}

  static Map<String, Scene> all() {
    return Map.ofEntries(
        Map.entry("take", sample -> new Call().with("/code", Lazy.CODE)),
        Map.entry("challenge", sample -> new Call()),
        Map.entry("request", sample -> new Call().with("/request", Lazy.RECORD.request())),
        Map.entry("checkpoint", sample -> grown()),
        Map.entry("consistency", sample -> grown().query("from", "1").query("to", "3")),
        Map.entry("inclusion", sample -> inclusion()),
        Map.entry("answer", sample -> paid().at("pickup", Lazy.PICKUP)),
        Map.entry("receipt", sample -> auditor().at("number", Lazy.receipt())),
        Map.entry(
            "renewCertificate", sample -> new Call().with("/request", Lazy.CERTIFICATE_REQUEST)),
        Map.entry("offer", sample -> offer()),
        Map.entry("bind", sample -> enrolment(Lazy.RECORD.bind())),
        Map.entry("confirm", sample -> enrolment(Lazy.RECORD.confirmation())),
        Map.entry("keys", sample -> new Call()),
        Map.entry("health", sample -> new Call()),
        Map.entry("agreements", sample -> new Call().query("limit", "200")),
        Map.entry("agreement", sample -> published()),
        Map.entry("agreementProposal", sample -> proposed(BankIT.office().auditor())),
        Map.entry("proposeAgreement", sample -> proposal()),
        Map.entry("confirmAgreement", sample -> toConfirm()),
        Map.entry("withdrawAgreement", sample -> toConfirm()),
        Map.entry("moveDevice", sample -> suspended()),
        Map.entry("deviceLog", sample -> auditor().at("deviceId", Lazy.device())),
        Map.entry("account", sample -> account()),
        Map.entry("deposit", sample -> deposit()),
        Map.entry("trialBalance", sample -> balance()),
        Map.entry("transaction", sample -> transaction()),
        Map.entry("evidence", sample -> auditor().at("number", Lazy.PAID.number())),
        Map.entry("summary", sample -> summary()),
        Map.entry("problems", sample -> new Call()),
        Map.entry("problem", sample -> new Call().at("slug", "card-expired")),
        // each server maps servlets of its own
        Map.entry("endpoints", sample -> auditor().free("/pages")),
        Map.entry("openapi", sample -> new Call().free("")));
  }

  /** One payment with all that its devices said on the way. */
  private static final class Lazy {
    static final User USER = BankIT.user();
    static final RecordingConnection.Messages RECORD = new RecordingConnection.Messages();
    static final String CODE;
    static final String PICKUP;
    static final FinishedEntry PAID;
    static final String CERTIFICATE_REQUEST;

    static {
      AccountHolder holder = BankIT.devices().shop("Al's " + ExampleState.fresh("corner "));
      String name = ExampleState.fresh("till");
      TallystickDevice till =
          BankIT.devices()
              .device(
                  holder.customer(),
                  name,
                  null,
                  bank -> new RecordingConnection(bank, RECORD),
                  DeviceEvents.NONE);
      Shop shop = new Shop(holder, till);
      OutboxEntry bill = shop.bill(19_99);
      CODE = bill.code();
      PICKUP = Base64Url.encode(bill.pickup());
      OutboxEntry half = shop.approvedBy(USER, bill);
      BankIT.send(till, bill);
      BankIT.send(USER.phone(), half);
      PAID = BankIT.ended(till, bill);
      BankIT.ended(USER.phone(), half);
      till.askStatus().orElseThrow();
      till.close();
      CERTIFICATE_REQUEST = certificateRequest(BankIT.devices().settings(name));
    }

    static String receipt() {
      return TransactionNumber.text(
          Receipt.decode(CoseSign1.decode(PAID.receipt()).payload()).receiptNumber());
    }

    static String device() {
      return Base64Url.encode(USER.phone().identity().orElseThrow().binding().deviceId());
    }

    private Lazy() {}
  }

  /** What the device would send when its certificate runs out. */
  private static String certificateRequest(DeviceSettings settings) {
    DeviceState unused =
        DeviceState.fresh(new BankPin(settings.rootFingerprint(), settings.baseUrl()));
    try (StateFile file =
        StateFile.open(
            settings.stateFile(),
            settings.platformKeyFile(),
            unused,
            settings.steps(),
            settings.random())) {
      Bound bound = Objects.requireNonNull(file.state().bound());
      DeviceBinding own = bound.identity().binding();
      byte[] payload =
          Cbor.map()
              .put(1, Cbor.of(Format.VERSION))
              .put(2, Cbor.of(own.deviceId()))
              .put(3, Cbor.of(System.currentTimeMillis()))
              .build()
              .encode();
      try (SigningKey key = SigningKey.ofScalar(bound.identity().signingKey().reveal())) {
        return Base64Url.encode(
            Signed.sign(key, "certificate-request", own.suite(), own.consortium(), payload));
      }
    }
  }

  private static Call auditor() {
    return new Call().as(BankIT.office().auditor());
  }

  private static Call paid() {
    Lazy.receipt();
    return new Call();
  }

  private static Call enrolment(String message) {
    return new Call().at("id", Lazy.RECORD.enrolment()).with("/message", message);
  }

  private static Call offer() {
    Activation activation = Activation.parse(ExampleState.approved().activation());
    return new Call().at("id", Base64Url.encode(activation.enrolmentId()));
  }

  /** When the tree has some leaves: each payment leaves one of the payer and one of the payee. */
  private static Call grown() throws InterruptedException {
    if (Lazy.USER.phone().checkpoint().value().filter(one -> one.size() > 2).isEmpty()) {
      BankIT.assertPays(Lazy.USER, BankIT.shop(), 1_00);
    }
    BankIT.await(
        "a tree of some leaves",
        () -> Lazy.USER.phone().checkpoint().value().filter(one -> one.size() > 2).isPresent());
    return new Call();
  }

  private static Call inclusion() throws InterruptedException {
    var line = Lazy.USER.phone().receipts().get(0).line();
    String leaf =
        Base64Url.encode(
            MerkleTree.leafHash(
                Lazy.USER.phone().identity().orElseThrow().binding().deviceId(),
                line.index(),
                line.head()));
    long[] size = new long[1];
    BankIT.await(
        "a line in the tree",
        () -> {
          size[0] = Lazy.USER.phone().checkpoint().value().map(one -> one.size()).orElse(0L);
          return size[0] > 0
              && BankIT.client().get("/log/inclusion/" + leaf + "?size=" + size[0], null).good();
        });
    return new Call().at("leaf", leaf).query("size", Long.toString(size[0])).free("/position");
  }

  private static JsonNode newest() {
    return BankIT.client().mustGet("/agreements?limit=1", null).body().path("agreements").path(0);
  }

  /** Nothing is proposed, and what was published is in force. */
  static int next() throws InterruptedException {
    BankIT.await(
        "no version waits",
        () -> !Instant.parse(newest().path("effectiveAt").asText()).isAfter(Instant.now()));
    var waiting = BankIT.client().get("/agreements/proposal", BankIT.office().auditor());
    if (waiting.good()) {
      BankIT.client()
          .mustPost(
              "/agreements/proposal/withdrawal",
              BankIT.office().approver(),
              Map.of("version", waiting.body().path("version").asInt()));
    }
    return newest().path("version").asInt() + 1;
  }

  private static String text(int version) {
    return "AGREEMENT, VERSION " + version + "\n\n1. Everything as before.\n";
  }

  private static Call numbered(Call call, int version) {
    return call.free("/version").says(text(2), text(version));
  }

  private static Call proposal() throws InterruptedException {
    int version = next();
    return numbered(new Call().as(BankIT.office().approver()), version)
        .with("/text", text(version))
        .with(
            "/effectiveAt",
            Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static Call proposed(String who) throws InterruptedException {
    int version = next();
    Instant soon = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
    BankIT.client()
        .mustPost(
            "/agreements/proposal",
            BankIT.office().approver(),
            Map.of("text", text(version), "effectiveAt", soon.toString()));
    return numbered(new Call().as(who), version);
  }

  private static Call toConfirm() throws InterruptedException {
    Call call = proposed(BankIT.office().otherApprover());
    int version = newest().path("version").asInt() + 1;
    return call.with("/version", JsonNodeFactory.instance.numberNode(version));
  }

  private static Call published() throws InterruptedException {
    proposed(BankIT.office().approver());
    int version = newest().path("version").asInt() + 1;
    BankIT.client()
        .mustPost(
            "/agreements/proposal/confirmation",
            BankIT.office().otherApprover(),
            Map.of("version", version));
    return numbered(new Call().at("version", Integer.toString(version)), version);
  }

  private static Call suspended() {
    User user = BankIT.user();
    return new Call()
        .as(BankIT.office().approver())
        .at("device", Base64Url.encode(user.phone().identity().orElseThrow().binding().deviceId()));
  }

  private static Call account() {
    AccountHolder holder = BankIT.devices().fundedUser("Ada Byron", 50_000);
    return auditor().at("account", holder.account()).free("/account");
  }

  private static Call deposit() {
    AccountHolder holder = BankIT.devices().fundedUser("Ada Byron", 1);
    return new Call()
        .as(BankIT.office().clerk())
        .at("account", holder.account())
        .header("Idempotency-Key", ExampleState.fresh("deposit-"));
  }

  private static Call balance() {
    BankIT.devices().fundedUser("Ada Byron", 50_000);
    return auditor().free("/entries", "/kinds/signedMinor");
  }

  private static Call transaction() {
    return auditor().at("number", Lazy.PAID.number()).free("/halves/agreement/version");
  }

  private static Call summary() {
    Lazy.receipt();
    return auditor()
        .free("/slots/OPEN", "/slots/PAIRED", "/slots/DECIDED", "/slots/CANCELLED")
        .free("/slots/EXPIRED", "/halves/WAITING", "/halves/DUE", "/halves/PAIRED")
        .free("/halves/REFUSED", "/halves/ANSWERED");
  }
}
