package org.tallystick.launcher.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tallystick.device.DeviceEvents;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.transport.BankConnection;
import org.tallystick.device.transport.BankRoutes;
import org.tallystick.launcher.BankPlan;
import org.tallystick.launcher.Folders;
import org.tallystick.launcher.LaunchException;
import org.tallystick.launcher.LocalBank;
import org.tallystick.launcher.Progress;
import org.tallystick.launcher.ServerHome;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.launcher.bank.BackOffice;
import org.tallystick.launcher.bank.BankClient;
import org.tallystick.launcher.bank.Customer;
import org.tallystick.launcher.bank.CustomerDevices;

/**
 * A fresh bank with its staff, and devices of customers on it: what every drill stands on. Its
 * folder is emptied first and can be looked at afterwards.
 */
public final class Floor implements AutoCloseable {
  private final Path folder;
  private final LocalBank bank;
  private final CustomerDevices devices;

  private Floor(Path folder, LocalBank bank) throws IOException {
    this.folder = folder;
    this.bank = bank;
    this.devices =
        CustomerDevices.open(folder.resolve("devices"), bank.data().path(), bank.addresses());
  }

  /** Starts a bank on an emptied folder. */
  public static Floor open(Path folder, Map<String, String> environment, Progress progress) {
    return open(folder, 1, plan -> plan.with(environment), progress);
  }

  /** Starts a bank of so many nodes on an emptied folder. */
  public static Floor open(Path folder, int nodes, UnaryOperator<BankPlan> as, Progress progress) {
    try {
      Folders.delete(folder);
      Files.createDirectories(folder);
      if (nodes > 1 && !ServerHome.find().trained()) {
        // several nodes write no class archive themselves, and start twice as fast with one
        LocalBank.start(BankPlan.of(folder.resolve("training"), 0, 1), progress).close();
      }
      LocalBank bank =
          LocalBank.start(as.apply(BankPlan.of(folder.resolve("bank"), 0, nodes)), progress);
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
    return devices.office();
  }

  /** Where it is over HTTP. */
  public BankClient client() {
    return devices.client();
  }

  /** Where its nodes are, for devices. */
  public BankRoutes routes() {
    return devices.routes();
  }

  /** Where everything lies. */
  public Path folder() {
    return folder;
  }

  /** A user with a funded account under "Account 1". */
  public Customer fundedUser(String name, long amountMinor) {
    return devices.fundedUser(name, amountMinor).customer();
  }

  /** A provider under a name that everybody may see. */
  public AccountHolder shop(String name) {
    return devices.shop(name);
  }

  /** Binds a device of a customer. */
  public TallystickDevice device(Customer customer, String name, @Nullable String pin) {
    return devices.device(customer, name, pin);
  }

  /** As the other, watched. */
  public TallystickDevice device(
      Customer customer,
      String name,
      @Nullable String pin,
      UnaryOperator<BankConnection> watch,
      DeviceEvents events) {
    return devices.device(customer, name, pin, watch, events);
  }

  @Override
  public void close() {
    devices.close();
    bank.close();
  }
}
