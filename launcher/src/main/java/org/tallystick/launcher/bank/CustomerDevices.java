package org.tallystick.launcher.bank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.DeviceEvents;
import org.tallystick.device.DeviceSettings;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.FileSteps;
import org.tallystick.device.transport.Backoff;
import org.tallystick.device.transport.BankConnection;
import org.tallystick.device.transport.BankRoutes;
import org.tallystick.device.transport.HttpBankConnection;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.Footprint;

/**
 * Customers of one running bank, and devices of theirs in this process, each with a folder of its
 * own. The bank is known by its address, its root fingerprint and its first administrator's
 * one-time password, which is used up here.
 */
public final class CustomerDevices implements AutoCloseable {
  private static final int PIN_ITERATIONS = 1000;

  private final Path folder;
  private final List<String> addresses;
  private final BackOffice office;
  private final byte[] root;
  private final SecureRandom random = new SecureRandom();
  private final List<TallystickDevice> devices = new CopyOnWriteArrayList<>();

  private CustomerDevices(Path folder, List<URI> bank, byte[] root, BackOffice office) {
    this.folder = folder;
    this.addresses = bank.stream().map(CustomerDevices::withoutSlash).toList();
    this.root = root;
    this.office = office;
  }

  /**
   * Takes a fresh bank over from its first administrator.
   *
   * @param folder for the devices, one folder each
   * @param data the bank's own folder, for what it tells its founders
   * @param bank such as http://127.0.0.1:8080
   */
  public static CustomerDevices open(Path folder, Path data, URI bank) throws IOException {
    return open(folder, data, List.of(bank));
  }

  /** As the other, of a bank with several nodes; its staff use the first. */
  public static CustomerDevices open(Path folder, Path data, List<URI> bank) throws IOException {
    FreshBank fresh = new FreshBank(bank.get(0), data);
    return new CustomerDevices(
        folder,
        bank,
        Base64Url.decode(fresh.rootFingerprint()),
        BackOffice.open(new BankClient(fresh.base()), fresh.firstPassword(), new SecureRandom()));
  }

  /** On a bank that its staff has taken over already. */
  public static CustomerDevices of(Path folder, FreshBank bank, BackOffice office)
      throws IOException {
    return new CustomerDevices(
        folder, List.of(bank.base()), Base64Url.decode(bank.rootFingerprint()), office);
  }

  /** The bank's staff. */
  public BackOffice office() {
    return office;
  }

  /** Where the bank is over HTTP. */
  public BankClient client() {
    return office.bank();
  }

  /** A user with a funded account under "Account 1". */
  public AccountHolder fundedUser(String name, long amountMinor) {
    Customer user = office.user(name);
    String account = user.account("USD", "Account 1");
    office.deposit(account, amountMinor, "USD", "opening-" + user.registration());
    return new AccountHolder(user, account);
  }

  /** A provider under a name that everybody may see, with an account to be paid into. */
  public AccountHolder shop(String name) {
    Customer provider = office.provider(name + " Inc.", name, "Springfield");
    return new AccountHolder(provider, provider.account("USD", "Till account"));
  }

  /** Binds a device of a customer; few PIN iterations, because nobody types a PIN here. */
  public TallystickDevice device(Customer customer, String name, @Nullable String pin) {
    return device(customer, name, pin, bank -> bank, DeviceEvents.NONE);
  }

  /** As the other, watched. */
  public TallystickDevice device(
      Customer customer,
      String name,
      @Nullable String pin,
      UnaryOperator<BankConnection> watch,
      DeviceEvents events) {
    TallystickDevice device = open(name, watch, events);
    device
        .enrol(
            Activation.parse(customer.activation()),
            pin == null ? null : pin.toCharArray(),
            new Footprint("Drill", "Simulated", name, "JVM", "0"),
            agreement -> true)
        .orElseThrow();
    return device;
  }

  /** Opens a device of that name that was closed, with the state that it left. */
  public TallystickDevice reopen(String name) {
    return open(name, bank -> bank, DeviceEvents.NONE);
  }

  private TallystickDevice open(
      String name, UnaryOperator<BankConnection> watch, DeviceEvents events) {
    TallystickDevice device =
        TallystickDevice.open(
            settings(name),
            watch.apply(new HttpBankConnection(routes(), Backoff.standard(random))),
            events);
    devices.add(device);
    return device;
  }

  /** How the device of a name is opened: where its files are and whom it trusts. */
  public DeviceSettings settings(String name) {
    Path own = folder.resolve(name);
    try {
      Files.createDirectories(own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DeviceSettings(
        own.resolve("device.state"),
        own.resolve("platform.key"),
        addresses.get(0),
        root,
        Clock.systemUTC(),
        random,
        FileSteps.REAL,
        PIN_ITERATIONS);
  }

  /** Where the bank's nodes are. */
  public BankRoutes routes() {
    return BankRoutes.of(addresses);
  }

  private static String withoutSlash(URI uri) {
    String text = uri.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public void close() {
    devices.forEach(TallystickDevice::close);
  }
}
