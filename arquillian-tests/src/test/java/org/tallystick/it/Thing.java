package org.tallystick.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.cose.CoseSign1;
import org.tallystick.device.DeviceEvents;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.device.transport.Backoff;
import org.tallystick.device.transport.HttpBankConnection;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.Footprint;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.launcher.bank.Customer;
import org.tallystick.launcher.drill.Payments;
import org.tallystick.receipt.Receipt;

/** What addresses name: by hand, one of each kind that exists, and any number that do not. */
enum Thing {
  ACCOUNT,
  CLIENT,
  DELIVERY,
  DEVICE,
  DOCUMENT,
  DOSSIER_EXPORT,
  ENROLMENT,
  EXPORT,
  HIT,
  INSTITUTION,
  INSTRUMENT,
  LIST,
  MICRO_DEPOSIT,
  PICKUP,
  PLACE,
  RECEIPT,
  REGISTRATION,
  SECURITY_KEY,
  SESSION,
  TRANSACTION,
  USER,
  WEBHOOK;

  /** In the wallet of the party whose things they are. */
  static final String IBAN = "DE89370400440532013000";

  private static final int ID_LENGTH = 16;
  private static final int NUMBER_LENGTH = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What a parameter of an address names; empty for what nobody has thought of yet. */
  static Optional<Thing> of(String path, String parameter) {
    return switch (parameter) {
      case "account" -> Optional.of(ACCOUNT);
      case "client" -> Optional.of(CLIENT);
      case "device", "deviceId" -> Optional.of(DEVICE);
      case "delivery" -> Optional.of(DELIVERY);
      case "document" -> Optional.of(DOCUMENT);
      case "dossierExport" -> Optional.of(DOSSIER_EXPORT);
      case "export" -> Optional.of(EXPORT);
      case "hit" -> Optional.of(HIT);
      case "institution" -> Optional.of(INSTITUTION);
      case "instrument" -> Optional.of(INSTRUMENT);
      case "list" -> Optional.of(LIST);
      case "microDeposit" -> Optional.of(MICRO_DEPOSIT);
      case "pickup" -> Optional.of(PICKUP);
      case "place" -> Optional.of(PLACE);
      case "registration" -> Optional.of(REGISTRATION);
      case "key" -> Optional.of(SECURITY_KEY);
      case "session" -> Optional.of(SESSION);
      case "user" -> Optional.of(USER);
      case "webhook" -> Optional.of(WEBHOOK);
      case "id" -> path.startsWith("/enrolments/") ? Optional.of(ENROLMENT) : Optional.empty();
      case "number" -> Optional.of(path.startsWith("/receipts/") ? RECEIPT : TRANSACTION);
      default -> Optional.empty();
    };
  }

  /** One that exists, and is not the stranger's. */
  String existing() {
    String found = World.THINGS.get(this);
    if (found == null) {
      throw new IllegalStateException("nobody has made " + this);
    }
    return found;
  }

  /** Another one of the same form at each call, that does not exist. */
  String unknown() {
    return switch (this) {
      case ACCOUNT -> Integer.toString(500_000_000 + RANDOM.nextInt(100_000_000));
      case CLIENT -> "c" + UUID.randomUUID().toString().substring(0, 30);
      case WEBHOOK, DELIVERY -> UUID.randomUUID().toString();
      case LIST -> "X" + (100_000_000 + RANDOM.nextInt(900_000_000));
      case USER -> "s" + UUID.randomUUID().toString().substring(0, 12);
      case RECEIPT, TRANSACTION -> {
        byte[] drawn = new byte[NUMBER_LENGTH];
        RANDOM.nextBytes(drawn);
        yield TransactionNumber.text(drawn);
      }
      default -> Stranger.drawn(ID_LENGTH);
    };
  }

  /** Where it is shown to whom it is meant for, and with whose authorization. */
  Optional<Map.Entry<String, String>> shown() {
    String party = World.party();
    String clerk = BankIT.office().clerk();
    String auditor = BankIT.office().auditor();
    String it = existing();
    return switch (this) {
      case ACCOUNT -> Optional.of(Map.entry("/accounts/" + it, auditor));
      case CLIENT -> Optional.of(Map.entry("/partner-clients/" + it, auditor));
      case DEVICE -> Optional.of(Map.entry("/devices/" + it + "/log", auditor));
      case DOCUMENT ->
          Optional.of(
              Map.entry("/registrations/" + REGISTRATION.existing() + "/documents/" + it, clerk));
      case HIT -> Optional.of(Map.entry("/screening/hits/" + it, clerk));
      case INSTITUTION -> Optional.of(Map.entry("/institutions/" + it, auditor));
      case INSTRUMENT -> Optional.of(Map.entry("/wallet/instruments/" + it, party));
      case PLACE -> Optional.of(Map.entry("/wallet/addresses/" + it, party));
      case RECEIPT -> Optional.of(Map.entry("/receipts/" + it, auditor));
      case REGISTRATION -> Optional.of(Map.entry("/registrations/" + it, party));
      case TRANSACTION -> Optional.of(Map.entry("/transactions/" + it, auditor));
      case USER -> Optional.of(Map.entry("/staff/accounts/" + it, auditor));
      case WEBHOOK -> Optional.of(Map.entry("/webhooks/" + it, World.PROGRAM.get()));
      // no address shows these alone, or it would be used up
      case DELIVERY,
          DOSSIER_EXPORT,
          ENROLMENT,
          EXPORT,
          LIST,
          MICRO_DEPOSIT,
          PICKUP,
          SECURITY_KEY,
          SESSION ->
          Optional.empty();
    };
  }

  /** The consortium's customer whose things they are; made with the first thing. */
  private static final class World {
    private static final AccountHolder HOLDER = BankIT.devices().fundedUser("Ida Known", 100_00);

    /** The authorization of the program whose webhook it is. */
    static final AtomicReference<String> PROGRAM = new AtomicReference<>("");

    static final Map<Thing, String> THINGS = make();

    static String party() {
      return "Bearer " + HOLDER.customer().token();
    }

    private static Map<Thing, String> make() {
      Map<Thing, String> all = new EnumMap<>(Thing.class);
      all.put(ACCOUNT, HOLDER.account());
      all.put(REGISTRATION, HOLDER.customer().registration());
      all.put(
          DOCUMENT,
          first("/registrations/" + HOLDER.customer().registration() + "/documents", "document"));
      all.put(EXPORT, opened("/exports", party(), Map.of()));
      all.put(
          DOSSIER_EXPORT,
          opened("/dossier/exports", BankIT.office().clerk(), Map.of("reason", "by letter")));
      wallet(all);
      payment(all);
      staff(all);
      String institution = AccessPeople.opened();
      all.put(INSTITUTION, institution);
      PartnerProgram program = AccessPeople.registered(institution, AccessPeople.SCOPES);
      all.put(CLIENT, program.client());
      PROGRAM.set(AccessPeople.authorization(program));
      webhook(all);
      all.put(HIT, hit());
      all.put(LIST, ScreeningScenes.ownList());
      return all;
    }

    private static String first(String list, String member) {
      JsonNode found = BankIT.client().mustGet(list, party()).body();
      return found.properties().iterator().next().getValue().path(0).path(member).asText();
    }

    private static void wallet(Map<Thing, String> all) {
      String instrument =
          BankIT.client()
              .mustPost(
                  "/wallet/external-accounts",
                  party(),
                  Map.of(
                      "form", "IBAN",
                      "iban", IBAN,
                      "currency", "EUR",
                      "shorthand", "elsewhere"))
              .text("instrument");
      all.put(INSTRUMENT, instrument);
      BankIT.client()
          .mustPost("/wallet/instruments/" + instrument + "/verification", party(), Map.of());
      all.put(MICRO_DEPOSIT, microDeposit(instrument));
      all.put(
          PLACE,
          BankIT.client()
              .mustPost(
                  "/wallet/addresses",
                  party(),
                  Map.of(
                      "shorthand", "home",
                      "recipient", "Ida Known",
                      "lines", List.of("1 Main Street"),
                      "locality", "Springfield",
                      "country", "US"))
              .text("place"));
    }

    private static String microDeposit(String instrument) {
      return listed("/micro-deposits?limit=200", "instrument", instrument)
          .path("microDeposit")
          .asText();
    }

    /** The one of a list of the clerk's that has that member. */
    private static JsonNode listed(String list, String member, String value) {
      String after = "";
      do {
        JsonNode page = BankIT.client().mustGet(list + after, BankIT.office().clerk()).body();
        for (JsonNode one : page.properties().iterator().next().getValue()) {
          if (one.path(member).asText().equals(value)) {
            return one;
          }
        }
        after = page.path("next").isTextual() ? "&after=" + page.path("next").asText() : "";
      } while (!after.isEmpty());
      throw new AssertionError("nothing with that " + member + " in " + list);
    }

    /** A device that was enrolled, a payment of it, and a bill of another that still waits. */
    private static void payment(Map<Thing, String> all) {
      Activation activation = Activation.parse(HOLDER.customer().activation());
      all.put(ENROLMENT, Base64Url.encode(activation.enrolmentId()));
      TallystickDevice phone =
          TallystickDevice.open(
              BankIT.devices().settings("known"),
              new HttpBankConnection(BankIT.devices().routes(), Backoff.standard(RANDOM)),
              DeviceEvents.NONE);
      phone
          .enrol(
              activation,
              Payments.PIN.toCharArray(),
              new Footprint("Drill", "Simulated", "known", "JVM", "0"),
              agreement -> true)
          .orElseThrow();
      BankIT.Shop shop = BankIT.shop();
      FinishedEntry paid = BankIT.assertPays(new BankIT.User(HOLDER, "known", phone), shop, 1_00);
      all.put(DEVICE, Base64Url.encode(phone.identity().orElseThrow().binding().deviceId()));
      all.put(TRANSACTION, paid.number());
      all.put(
          RECEIPT,
          TransactionNumber.text(
              Receipt.decode(CoseSign1.decode(paid.receipt()).payload()).receiptNumber()));
      OutboxEntry bill = Payments.bill(shop.till(), 1_00, Duration.ofMinutes(15));
      BankIT.send(shop.till(), bill);
      all.put(PICKUP, Base64Url.encode(bill.pickup()));
    }

    private static String opened(String place, String who, Map<String, String> body) {
      return BankIT.client()
          .mustPost("/registrations/" + HOLDER.customer().registration() + place, who, body)
          .text("export");
    }

    private static void staff(Map<Thing, String> all) {
      String user = AccessPeople.hired(null, "AUDITOR");
      String session = ExampleState.signedIn(user);
      try {
        StaffIT.register(session, new EmulatedKey(StaffIT.ORIGIN));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
      JsonNode keys = BankIT.client().mustGet("/security-keys", session).body().path("keys");
      JsonNode own = BankIT.client().mustGet("/sessions", session).body().path("sessions");
      all.put(USER, user);
      all.put(SECURITY_KEY, keys.path(0).path("key").asText());
      all.put(SESSION, own.path(0).path("session").asText());
    }

    private static void webhook(Map<Thing, String> all) {
      String webhook =
          BankIT.client()
              .mustPost(
                  "/webhooks",
                  PROGRAM.get(),
                  Map.of(
                      "url",
                      "https://hooks.bank.example/known",
                      "events",
                      List.of("agreement.published")))
              .text("webhook");
      all.put(WEBHOOK, webhook);
      all.put(
          DELIVERY,
          BankIT.client()
              .mustPost("/webhooks/" + webhook + "/test", PROGRAM.get(), Map.of())
              .text("delivery"));
    }

    private static String hit() {
      Customer listed = ScreeningIT.listed();
      return listed("/screening/hits?limit=200&state=OPEN", "registration", listed.registration())
          .path("hit")
          .asText();
    }
  }
}
