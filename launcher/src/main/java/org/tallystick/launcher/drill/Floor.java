package org.tallystick.launcher.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.DeviceEvents;
import org.tallystick.device.DeviceSettings;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.FileSteps;
import org.tallystick.device.transport.Backoff;
import org.tallystick.device.transport.BankConnection;
import org.tallystick.device.transport.HttpBankConnection;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.Footprint;
import org.tallystick.launcher.Folders;
import org.tallystick.launcher.LaunchException;
import org.tallystick.launcher.LocalBank;
import org.tallystick.launcher.Progress;
import org.tallystick.launcher.bank.BackOffice;
import org.tallystick.launcher.bank.BankClient;
import org.tallystick.launcher.bank.Customer;

/**
 * A fresh bank with its staff, and devices of customers on it: what every drill stands on. Its
 * folder is emptied first and can be looked at afterwards.
 */
public final class Floor implements AutoCloseable {
  private static final int PIN_ITERATIONS = 1000;

  private final Path folder;
  private final LocalBank bank;
  private final SecureRandom random = new SecureRandom();
  private final BackOffice office;
  private final byte[] root;
  private final List<TallystickDevice> devices = new ArrayList<>();

  private Floor(Path folder, LocalBank bank) throws IOException {
    this.folder = folder;
    this.bank = bank;
    Path data = bank.data().path();
    this.root = Base64Url.decode(Files.readString(data.resolve("root-fingerprint")).strip());
    String oneTime = Files.readString(data.resolve("first-admin-password")).strip();
    this.office = BackOffice.open(new BankClient(bank.server().baseUri()), oneTime, random);
  }

  /** Starts a bank on an emptied folder. */
  public static Floor open(Path folder, Map<String, String> environment, Progress progress) {
    try {
      Folders.delete(folder);
      Files.createDirectories(folder);
      LocalBank bank = LocalBank.start(folder.resolve("bank"), 0, environment, progress);
      try {
        return new Floor(folder, bank);
      } catch (RuntimeException | IOException e) {
        bank.close();
        throw e;
      }
    } catch (IOException e) {
      throw new LaunchException("could not prepare " + folder, e);
    }
  }

  /** The bank. */
  public LocalBank bank() {
    return bank;
  }

  /** Its staff. */
  public BackOffice office() {
    return office;
  }

  /** Where it is over HTTP. */
  public BankClient client() {
    return office.bank();
  }

  /** Where everything lies. */
  public Path folder() {
    return folder;
  }

  /** A user with a funded account under "Account 1". */
  public Customer fundedUser(String name, long amountMinor) {
    Customer user = office.user(name);
    String account = user.account("USD", "Account 1");
    office.deposit(account, amountMinor, "USD", "opening " + user.registration());
    return user;
  }

  /**
   * A provider with an account to be paid into.
   *
   * @param customer the party
   * @param account its number
   */
  public record Shop(Customer customer, String account) {}

  /** A provider under a name that everybody may see. */
  public Shop shop(String name) {
    Customer provider = office.provider(name + " Inc.", name, "Springfield");
    return new Shop(provider, provider.account("USD", "Till account"));
  }

  /** Binds a device of a customer; drills use few PIN iterations because they type no PIN. */
  public TallystickDevice device(Customer customer, String name, @Nullable String pin) {
    return device(customer, name, pin, bank -> bank, new DeviceEvents() {});
  }

  /** As the other, watched. */
  public TallystickDevice device(
      Customer customer,
      String name,
      @Nullable String pin,
      UnaryOperator<BankConnection> watch,
      DeviceEvents events) {
    TallystickDevice device =
        TallystickDevice.open(settings(name), watch.apply(connection()), events);
    devices.add(device);
    device
        .enrol(
            Activation.parse(customer.activation()),
            pin == null ? null : pin.toCharArray(),
            new Footprint("Drill", "Simulated", name, "JVM", "0"),
            agreement -> true)
        .orElseThrow();
    return device;
  }

  private DeviceSettings settings(String name) {
    Path own = folder.resolve("devices").resolve(name);
    try {
      Files.createDirectories(own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DeviceSettings(
        own.resolve("device.state"),
        own.resolve("platform.key"),
        base(),
        root,
        Clock.systemUTC(),
        random,
        FileSteps.REAL,
        PIN_ITERATIONS);
  }

  private BankConnection connection() {
    return new HttpBankConnection(base(), Backoff.standard(random));
  }

  private String base() {
    String base = bank.server().baseUri().toString();
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  @Override
  public void close() {
    for (TallystickDevice device : devices) {
      device.close();
    }
    bank.close();
  }
}
