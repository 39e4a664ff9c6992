package org.tallystick.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.LaunchException;
import org.tallystick.launcher.Progress;
import org.tallystick.launcher.bank.BackOffice;
import org.tallystick.launcher.bank.BankClient;
import org.tallystick.launcher.bank.Customer;
import org.tallystick.launcher.bank.FreshBank;
import org.tallystick.launcher.drill.Json;

/**
 * The main job on a fresh bank: a provider and a user are registered, approved and given a device
 * each; the devices are two processes that share nothing. Two purchases are made, their receipts
 * looked up and their evidence verified by a third process that has only the bank's public key.
 */
public final class Demo {
  /** One byte of the user's code is flipped on its way. */
  public static final String FLIP_BYTE = "flip-byte";

  /** The user's state file is another user's. */
  public static final String SWAP_STATE = "swap-state";

  /** State file and platform key are another user's, the PIN is not. */
  public static final String SWAP_DEVICE = "swap-device";

  /** All bugs that can be planted. */
  public static final List<String> PLANTS = List.of(FLIP_BYTE, SWAP_STATE, SWAP_DEVICE);

  private static final String PIN = "2468";
  private static final String OTHER_PIN = "9753";
  private static final int NORMAL_LIFE_SECONDS = 120;
  private static final int PLANTED_LIFE_SECONDS = 15;

  private final FreshBank bank;
  private final Path folder;
  private final @Nullable String plant;
  private final PrintStream out;
  private final Progress progress;
  private final BackOffice office;
  private final String root;
  private int approved;
  private int verified;
  private int receiptsFound;

  /**
   * @param folder for devices and evidence
   * @param plant bug to plant, or null
   * @param out raw figures and the result line
   */
  public Demo(
      FreshBank bank, Path folder, @Nullable String plant, PrintStream out, Progress progress)
      throws IOException {
    this.bank = bank;
    this.folder = folder;
    this.plant = plant;
    this.out = out;
    this.progress = progress;
    this.root = bank.rootFingerprint();
    this.office =
        BackOffice.open(new BankClient(bank.base()), bank.firstPassword(), new SecureRandom());
  }

  /** The staff that took the bank over. */
  public BackOffice office() {
    return office;
  }

  /** Runs it; true where both purchases were approved, found and verified. */
  public boolean run() throws IOException {
    return run(plant == null ? NORMAL_LIFE_SECONDS : PLANTED_LIFE_SECONDS);
  }

  /** As the other, with bills that live so long: the time after which a payment is given up. */
  public boolean run(int billLifeSeconds) throws IOException {
    progress.say("registering a provider and a user; a clerk approves both");
    Customer shop = office.provider("Al Borland", "Al's Towing Service", "Springfield");
    shop.account("USD", "Till account");
    Customer user = user("Ursula Payer", "demo-user");
    try (DeviceAgent till = device("provider", shop, null);
        DeviceAgent phone = phone(user)) {
      progress.say("two device processes: provider " + till.pid() + ", user " + phone.pid());
      int index = 0;
      for (Purchase purchase : Purchase.MAIN_JOB) {
        one(++index, purchase, billLifeSeconds, till, phone);
      }
    } catch (LaunchException refused) {
      out.println(Json.line("outcome", "DECLINED", "why", String.valueOf(refused.getMessage())));
    }
    String sums = office.trialBalance().path("currencies").toString();
    boolean balanced =
        office.trialBalance().path("currencies").findValuesAsText("signedMinor").stream()
            .allMatch(sum -> sum.equals("0"));
    out.println(Json.line("trial_balance", sums));
    out.printf(
        "result demo payments=%d approved=%d receipts_found=%d evidence_verified=%d"
            + " ledger_balanced=%s plant=%s%n",
        Purchase.MAIN_JOB.size(),
        approved,
        receiptsFound,
        verified,
        balanced,
        plant == null ? "none" : plant);
    int all = Purchase.MAIN_JOB.size();
    return approved == all && verified == all && receiptsFound == 2 * all && balanced;
  }

  private Customer user(String name, String key) {
    Customer user = office.user(name);
    String account = user.account("USD", "Account 1");
    user.card(Cards.ownCard(), "2031-12", "Card 1");
    office.deposit(account, 100_000, "USD", key);
    return user;
  }

  private DeviceAgent device(String name, Customer owner, @Nullable String pin) {
    Path own = folder.resolve(name);
    DeviceAgent agent = start(name, own);
    agent.must(
        "enrol",
        pin == null
            ? Map.of("activation", owner.activation(), "serial", name)
            : Map.of("activation", owner.activation(), "serial", name, "pin", pin));
    return agent;
  }

  private DeviceAgent start(String name, Path own) {
    try {
      Files.createDirectories(own);
    } catch (IOException e) {
      throw new LaunchException("could not make " + own, e);
    }
    return DeviceAgent.start(name, own, bank.base(), root);
  }

  /** The user's device; where a swap is planted, its files are then another user's. */
  private DeviceAgent phone(Customer user) throws IOException {
    DeviceAgent phone = device("user", user, PIN);
    if (!Demo.SWAP_STATE.equals(plant) && !Demo.SWAP_DEVICE.equals(plant)) {
      return phone;
    }
    phone.close();
    device("other-user", user("Otto Other", "demo-other"), OTHER_PIN).close();
    replace("device.state");
    if (Demo.SWAP_DEVICE.equals(plant)) {
      replace("platform.key");
    }
    return start("user", folder.resolve("user"));
  }

  private void replace(String file) throws IOException {
    Files.copy(
        folder.resolve("other-user").resolve(file),
        folder.resolve("user").resolve(file),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void one(int index, Purchase purchase, int life, DeviceAgent till, DeviceAgent phone)
      throws IOException {
    progress.say("payment " + index + ": " + purchase.title());
    JsonNode bill =
        till.must(
            "bill",
            Map.of(
                "items",
                purchase.items(),
                "tax",
                purchase.taxMinor(),
                "currency",
                "USD",
                "expiresInSeconds",
                life,
                "till",
                "till 1"));
    String number = bill.path("number").asText();
    JsonNode qr = till.must("show", Map.of("number", number, "as", "qr"));
    if (index == 1) {
      progress.say(
          till.must("show", Map.of("number", number, "as", "terminal")).path("text").asText());
    }
    out.println(till.must("show", Map.of("number", number, "as", "json")).path("text").asText());
    JsonNode read = phone.must("read", Map.of("png", qr.path("png").asText()));
    progress.say(
        "the user reads: %s, %s, total %s %s"
            .formatted(
                read.path("provider").asText(),
                read.path("place").asText(),
                read.path("total").asText(),
                read.path("currency").asText()));
    phone.must(
        "approve",
        Map.of(
            "bill", read.path("text").asText(), "instrument", purchase.instrument(), "pin", PIN));
    if (FLIP_BYTE.equals(plant)) {
      phone.must("tamper", Map.of("what", "flip-code-byte", "number", number));
    }
    send(purchase, till, phone, number);
    Map<String, ?> patience = Map.of("number", number, "timeoutSeconds", life + 20);
    Purchase.Ended ended =
        new Purchase.Ended(number, till.tell("await", patience), phone.tell("await", soon(number)));
    report(index, purchase, ended, till, phone);
  }

  private static Map<String, ?> soon(String number) {
    return Map.of("number", number, "timeoutSeconds", 20);
  }

  private static void send(Purchase purchase, DeviceAgent till, DeviceAgent phone, String number) {
    List<DeviceAgent> order = purchase.payerFirst() ? List.of(phone, till) : List.of(till, phone);
    for (DeviceAgent device : order) {
      device.tell("send", Map.of("number", number));
    }
  }

  private void report(
      int index, Purchase purchase, Purchase.Ended ended, DeviceAgent till, DeviceAgent phone)
      throws IOException {
    String payeeReceipt = ended.payee().path("receipt").asText();
    String payerReceipt = ended.payer().path("receipt").asText();
    int found = 0;
    for (String receipt : List.of(payeeReceipt, payerReceipt)) {
      found += !receipt.isEmpty() && office.findsReceipt(receipt) ? 1 : 0;
    }
    receiptsFound += found;
    approved += ended.approved() ? 1 : 0;
    out.println(
        Json.line(
            "payment",
            index,
            "title",
            purchase.title(),
            "number",
            ended.number(),
            "outcome",
            ended.approved() ? "APPROVED" : "DECLINED",
            "provider_pid",
            till.pid(),
            "user_pid",
            phone.pid(),
            "provider_heard",
            Purchase.Ended.outcome(ended.payee()),
            "user_heard",
            Purchase.Ended.outcome(ended.payer()),
            "provider_receipt",
            payeeReceipt,
            "user_receipt",
            payerReceipt,
            "receipts_found",
            found));
    if (ended.approved()) {
      verified += evidence(ended.number(), till) ? 1 : 0;
    }
  }

  /** Fetches the evidence as the auditor, and has a process without a bank check it. */
  private boolean evidence(String number, DeviceAgent till) throws IOException {
    Path bundle = folder.resolve("evidence-" + number);
    Path bill = folder.resolve("bill-" + number);
    Files.writeString(bundle, office.evidence(number));
    String qr = till.must("show", Map.of("number", number, "as", "qr")).path("text").asText();
    Files.writeString(bill, qr.substring(qr.indexOf(':') + 1));
    String rootKey = office.bank().mustGet("/keys", null).text("root");
    return VerifierChild.run(
        List.of(bundle.toString(), "--root", rootKey, "--bill", bill.toString()), out);
  }
}
