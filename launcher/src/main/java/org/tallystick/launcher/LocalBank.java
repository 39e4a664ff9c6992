package org.tallystick.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.bank.FreshBank;

/**
 * A bank on this machine: a database, unless the environment names one, and one node; or several
 * nodes, with a broker for all of them, unless the environment names one. Of several, each that
 * ends by itself is started again, and so is the broker.
 *
 * <p>Closing stops the nodes first, then the broker, and the database last. The end of this process
 * closes it too, even one that has not started all the way.
 */
public final class LocalBank implements AutoCloseable {
  private final ServerHome home;
  private final DataFolder data;
  private final Progress progress;
  private final List<Keeper<ServerProcess>> nodes = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable PostgresProcess postgres;
  private volatile @Nullable Keeper<MessageBroker> broker;
  private volatile @Nullable NodeSettings last;
  private volatile boolean closing;

  private LocalBank(ServerHome home, DataFolder data, Progress progress) {
    this.home = home;
    this.data = data;
    this.progress = progress;
  }

  /**
   * Starts a bank of one node and returns once it works.
   *
   * @param folder its data folder
   * @param httpPort TCP port, or 0 for a free one
   * @param more environment for the node on top of this process's own
   */
  public static LocalBank start(
      Path folder, int httpPort, Map<String, String> more, Progress progress) {
    return start(BankPlan.of(folder, httpPort, 1).with(more), progress);
  }

  /** Starts a bank and returns once all of it works. */
  public static LocalBank start(BankPlan plan, Progress progress) {
    LocalBank bank = new LocalBank(ServerHome.find(), DataFolder.hold(plan.folder()), progress);
    Runtime.getRuntime().addShutdownHook(new Thread(bank::stop, "stop"));
    try {
      bank.endLeftOvers();
      Map<String, String> environment = new HashMap<>(bank.startDatabase());
      environment.putAll(bank.startBroker(plan.broker()));
      environment.putAll(plan.environment());
      bank.startNodes(plan, environment);
      return bank;
    } catch (RuntimeException e) {
      bank.close();
      throw e;
    }
  }

  /** What a killed launcher left running would go on working beside what is started now. */
  private void endLeftOvers() {
    try {
      ServerProcess.endLeftOvers(data.path());
      MessageBroker.endLeftOver(data.path());
    } catch (IOException e) {
      throw new LaunchException("could not end what was left over in " + data.path(), e);
    }
  }

  private Map<String, String> startDatabase() {
    if (System.getenv("TALLYSTICK_DB_URL") != null || System.getenv("TALLYSTICK_DB_HOST") != null) {
      return Map.of();
    }
    PostgresProcess started = PostgresProcess.start(data.path().resolve("postgres"), 0, progress);
    postgres = started;
    return started.environment();
  }

  private Map<String, String> startBroker(BankPlan.Broker kind) {
    if (kind == BankPlan.Broker.EMBEDDED || System.getenv("TALLYSTICK_MQ_HOST") != null) {
      return Map.of();
    }
    return progress.during(
        "starting the broker",
        () -> {
          MessageBroker.Place place = MessageBroker.Place.in(data.path());
          Keeper<MessageBroker> keeper =
              new Keeper<>(() -> MessageBroker.launch(home, place), progress);
          broker = keeper;
          keeper.launch().awaitReady();
          keeper.watch();
          return place.environment();
        });
  }

  /** All at once: the database decides which of them makes the tables and the first account. */
  private void startNodes(BankPlan plan, Map<String, String> environment) {
    boolean several = plan.nodes() > 1;
    int port = plan.httpPort() == 0 ? Folders.freePorts(plan.nodes()) : plan.httpPort();
    progress.during(
        several ? "starting " + plan.nodes() + " nodes" : "starting node-1",
        () -> {
          for (int i = 0; i < plan.nodes(); i++) {
            NodeSettings node =
                NodeSettings.of("node-" + (i + 1), plan.folder(), port + i, environment);
            // writing a class archive at the stop would hold database locks that others wait for
            NodeSettings settings = several ? node.besideOthers() : node.training();
            last = settings;
            Keeper<ServerProcess> keeper =
                new Keeper<>(() -> ServerProcess.launch(home, settings), progress);
            nodes.add(keeper);
            keeper.launch();
          }
          for (Keeper<ServerProcess> node : nodes) {
            node.child().awaitReady();
          }
          return true;
        });
    if (several) {
      nodes.forEach(Keeper::watch);
    }
  }

  private void stop() {
    if (!closing) {
      progress.during(
          "stopping",
          () -> {
            close();
            return true;
          });
    }
  }

  /** The first node. */
  public ServerProcess server() {
    return nodes.get(0).child();
  }

  /** The nodes as they are now; one that ends is soon another one. */
  public List<ServerProcess> nodes() {
    return nodes.stream().map(Keeper::child).toList();
  }

  /** Where the nodes answer, each with a slash at the end. */
  public List<URI> addresses() {
    return nodes().stream().map(ServerProcess::baseUri).toList();
  }

  /** The database, where it is this bank's own. */
  public Optional<PostgresProcess> postgres() {
    return Optional.ofNullable(postgres);
  }

  /** The broker that the nodes share, where there is one and it is this bank's own. */
  public Optional<MessageBroker> broker() {
    return Optional.ofNullable(broker).map(Keeper::child);
  }

  /** Pulls the plug of the one node and starts it again at the same address. */
  public void killAndRestart() throws InterruptedException {
    server().kill();
    progress.during(
        "starting node-1",
        () -> {
          nodes.get(0).launch().awaitReady();
          return true;
        });
  }

  /** For whoever takes it over. */
  public FreshBank fresh() {
    return new FreshBank(server().baseUri(), data.path());
  }

  /** The data folder. */
  public DataFolder data() {
    return data;
  }

  /**
   * Starts a node beside the others and returns at once. Nobody keeps it; whoever asked stops it.
   *
   * @param more environment on top of what the others have
   */
  public ServerProcess launchFurther(String name, Map<String, String> more) throws IOException {
    NodeSettings like = Objects.requireNonNull(last, "started");
    return ServerProcess.launch(
        home,
        NodeSettings.of(name, like.dataFolder(), Folders.freePort(), like.environment())
            .with(more)
            .besideOthers());
  }

  /** Whether somebody has asked it to stop. */
  boolean closing() {
    return closing;
  }

  /** Returns once somebody has stopped it. */
  void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /** Stops everything, users before what they use; once is enough. */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    List<AutoCloseable> inOrder = new ArrayList<>();
    inOrder.add(closed::countDown);
    inOrder.add(data);
    Optional.ofNullable(postgres).ifPresent(inOrder::add);
    Optional.ofNullable(broker).ifPresent(inOrder::add);
    inOrder.addAll(nodes);
    nodes.forEach(Keeper::stopWatching);
    closeLastFirst(inOrder);
  }

  /** Each in its turn, even where one before it fails. */
  private void closeLastFirst(List<AutoCloseable> inOrder) {
    if (inOrder.isEmpty()) {
      return;
    }
    AutoCloseable last = inOrder.get(inOrder.size() - 1);
    try {
      last.close();
    } catch (LaunchException e) {
      throw e;
    } catch (Exception e) {
      throw new LaunchException("could not stop everything of " + data.path(), e);
    } finally {
      closeLastFirst(inOrder.subList(0, inOrder.size() - 1));
    }
  }
}
