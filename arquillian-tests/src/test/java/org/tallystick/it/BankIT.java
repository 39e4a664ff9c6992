package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.ReasonClass;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.launcher.bank.BackOffice;
import org.tallystick.launcher.bank.BankClient;
import org.tallystick.launcher.bank.CustomerDevices;
import org.tallystick.launcher.drill.Payments;

/**
 * What tests with customers have in common: the bank's staff, hired once for all test classes, and
 * customers with devices of a test's own.
 */
public abstract class BankIT extends ServerIT {
  /** How long the bank may take for what it does at once. */
  protected static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What a user has at first. */
  protected static final long OPENING_MINOR = 100_000;

  private static final long LOOK_EVERY_MILLIS = 50;
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static @Nullable CustomerDevices devices;

  /** Customers and devices; the staff is hired with the first call. */
  protected static synchronized CustomerDevices devices() {
    CustomerDevices open = devices;
    if (open == null) {
      try {
        open =
            CustomerDevices.open(folder().resolve("devices"), folder().resolve("data"), baseUri());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      devices = open;
    }
    return open;
  }

  /** The staff. */
  protected static BackOffice office() {
    return devices().office();
  }

  /** The bank over HTTP. */
  protected static BankClient client() {
    return devices().client();
  }

  /** A folder for what tests write; it goes with the suite. */
  protected static Path folder() {
    return Path.of(System.getProperty("tallystick.it.folder"));
  }

  /**
   * A user with a device.
   *
   * @param holder the user
   * @param device its folder's name
   * @param phone the device
   */
  protected record User(AccountHolder holder, String device, TallystickDevice phone) {
    /** What is on the account. */
    public long balance() {
      return office().postedMinor(holder.account());
    }
  }

  /**
   * A provider with a device.
   *
   * @param holder the provider
   * @param till the device
   */
  protected record Shop(AccountHolder holder, TallystickDevice till) {
    /** What is on the account. */
    public long balance() {
      return office().postedMinor(holder.account());
    }

    /** A bill of some cents with the payee's half, not sent yet. */
    public OutboxEntry bill(long minor) {
      return Payments.bill(till, minor, Duration.ofMinutes(5));
    }

    /** The half of a user who approves a bill of this shop, not sent yet. */
    public OutboxEntry approvedBy(User user, OutboxEntry bill) {
      return Payments.approve(till, user.phone(), bill, "Account 1", Payments.PIN);
    }
  }

  /** A new user with 1,000.00 USD and a device. */
  protected static User user() {
    String name = "phone-" + NAMES.incrementAndGet();
    AccountHolder holder = devices().fundedUser("Ursula " + name, OPENING_MINOR);
    return new User(holder, name, devices().device(holder.customer(), name, Payments.PIN));
  }

  /** A new provider with an account and a device. */
  protected static Shop shop() {
    String name = "till-" + NAMES.incrementAndGet();
    AccountHolder holder = devices().shop("Al's " + name);
    return new Shop(holder, devices().device(holder.customer(), name, null));
  }

  /** Sends a half's code; the bank takes it. */
  protected static void send(TallystickDevice device, OutboxEntry half) {
    device.send(half).orElseThrow();
  }

  /** Waits for the final answer to a half. */
  protected static FinishedEntry ended(TallystickDevice device, OutboxEntry half) {
    return device.awaitAnswer(half, PATIENCE).orElseThrow();
  }

  /** Waits for the final answer and compares it. */
  protected static void assertHears(
      TallystickDevice device, OutboxEntry half, Ending ending, ReasonClass reason) {
    FinishedEntry heard = ended(device, half);
    assertThat(heard.ending()).as("ending of %s", heard).isEqualTo(ending);
    assertThat(heard.reason()).as("reason of %s", heard).isEqualTo(reason);
  }

  /** A payment of a user at a shop; both hear that it is approved. */
  protected static FinishedEntry assertPays(User user, Shop shop, long minor) {
    OutboxEntry bill = shop.bill(minor);
    OutboxEntry half = shop.approvedBy(user, bill);
    send(shop.till(), bill);
    send(user.phone(), half);
    assertHears(user.phone(), half, Ending.APPROVED, ReasonClass.NONE);
    assertHears(shop.till(), bill, Ending.APPROVED, ReasonClass.NONE);
    return ended(shop.till(), bill);
  }

  /** What the bank says to a pickup token. */
  protected static JsonNode answer(byte[] pickup, int waitSeconds) {
    return client()
        .mustGet("/answers/" + Base64Url.encode(pickup) + "?wait=" + waitSeconds, null)
        .body();
  }

  /** The exact reason that the auditor finds at the half of that code. */
  protected static String exactReason(String number, byte[] codeHash) {
    return half(number, codeHash).path("reason").asText();
  }

  /** Waits until the half of that code waits in its slot. */
  protected static void awaitParked(OutboxEntry sent) throws InterruptedException {
    await(
        "a half that waits under " + sent.number(),
        () ->
            client().get("/transactions/" + sent.number(), office().auditor()).good()
                && half(sent.number(), sent.codeHash()).path("state").asText().equals("WAITING"));
  }

  private static JsonNode half(String number, byte[] codeHash) {
    for (JsonNode half : office().transaction(number).path("halves")) {
      if (half.path("codeHash").asText().equals(Base64Url.encode(codeHash))) {
        return half;
      }
    }
    return MissingNode.getInstance();
  }

  /** Looks until it holds. */
  protected static void await(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time to wait for %s", what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  /** Entries in the books; the sums are checked on the way. */
  protected static long entriesInBalancedBooks() {
    JsonNode books = office().trialBalance();
    assertThat(books.path("currencies")).isNotEmpty();
    assertThat(books.path("currencies"))
        .allSatisfy(sum -> assertThat(sum.path("signedMinor").asText()).isEqualTo("0"));
    return books.path("entries").asLong();
  }
}
