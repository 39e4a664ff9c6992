package org.tallystick.device.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.AesGcm;
import org.tallystick.device.state.StateRefusedException.Reason;

/**
 * A device's state on disk: after {@link #store} returns, the new state survives any crash; before
 * that, a crash leaves the old one or the new one, never neither.
 *
 * <p>Shape: {@code TSDV}, version (1 byte), IV (12), AES-256-GCM over the CBOR of {@link
 * DeviceState} with the first five bytes as additional data. A write goes to a new file, which is
 * brought to the disk, put in the old one's place, and the folder is brought to the disk.
 *
 * <p>Source: docs/PROTOCOL.md section 4, S1.
 */
public final class StateFile implements AutoCloseable {
  /** Version of the file's form. */
  public static final int VERSION = 1;

  /** Largest file that is read. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final byte[] MAGIC = "TSDV".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_LENGTH = MAGIC.length + 1;

  private final Path file;
  private final PlatformKey key;
  private final WriterLock lock;
  private final FileSteps steps;
  private final SecureRandom random;
  private DeviceState state;
  private boolean usable = true;
  private boolean closed;

  private StateFile(
      Path file,
      PlatformKey key,
      WriterLock lock,
      FileSteps steps,
      SecureRandom random,
      DeviceState state) {
    this.file = file;
    this.key = key;
    this.lock = lock;
    this.steps = steps;
    this.random = random;
    this.state = state;
  }

  /**
   * Opens a state, or begins a fresh one that is written at the first {@link #store}.
   *
   * @param file of the state
   * @param keyFile of the platform key, made where neither it nor the state is there
   * @param fresh state of a device that was never enrolled
   * @throws StateRefusedException if another writer has it, or it is not intact
   */
  public static StateFile open(
      Path file, Path keyFile, DeviceState fresh, FileSteps steps, SecureRandom random) {
    try {
      Files.createDirectories(PlatformKey.folderOf(file));
      WriterLock lock = WriterLock.take(file.resolveSibling(file.getFileName() + ".lock"));
      try {
        PlatformKey key = PlatformKey.open(keyFile, file, random);
        DeviceState state = Files.exists(file) ? read(file, key) : fresh;
        return new StateFile(file, key, lock, steps, random, state);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the device state cannot be opened", e);
    }
  }

  private static DeviceState read(Path file, PlatformKey key) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new StateRefusedException(Reason.TAMPERED, "the device state is too long");
    }
    byte[] bytes = Files.readAllBytes(file);
    int body = HEADER_LENGTH + AesGcm.IV_LENGTH;
    if (bytes.length < body || !Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length)) {
      throw new StateRefusedException(Reason.TAMPERED, "not a device state");
    }
    if (bytes[MAGIC.length] != VERSION) {
      throw new StateRefusedException(
          Reason.UNKNOWN_VERSION, "device state of version " + (bytes[MAGIC.length] & 0xff));
    }
    byte[] plaintext =
        key.open(
            Arrays.copyOfRange(bytes, HEADER_LENGTH, body),
            Arrays.copyOf(bytes, HEADER_LENGTH),
            Arrays.copyOfRange(bytes, body, bytes.length));
    try {
      return StateCodec.decode(plaintext);
    } catch (MalformedInputException e) {
      throw new StateRefusedException(Reason.TAMPERED, "device state: " + e.getMessage());
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /** The state as last stored or opened. */
  public synchronized DeviceState state() {
    requireUsable();
    return state;
  }

  /**
   * Makes {@code next} the state, durably. If that fails, only opening the file again tells which
   * state holds, so this object refuses everything from then on: nothing is sealed twice for one n.
   */
  public synchronized void store(DeviceState next) {
    requireUsable();
    usable = false;
    Path temp = file.resolveSibling(file.getFileName() + ".new");
    try {
      steps.write(temp, sealed(next));
      steps.force(temp);
      steps.replace(temp, file);
      steps.forceFolder(PlatformKey.folderOf(file));
    } catch (IOException e) {
      throw new UncheckedIOException("the device state was not written", e);
    }
    state = next;
    usable = true;
  }

  private byte[] sealed(DeviceState next) {
    byte[] header = ByteBuffer.allocate(HEADER_LENGTH).put(MAGIC).put((byte) VERSION).array();
    byte[] iv = new byte[AesGcm.IV_LENGTH];
    random.nextBytes(iv);
    byte[] plaintext = StateCodec.encode(next);
    try {
      byte[] body = key.seal(iv, header, plaintext);
      return ByteBuffer.allocate(header.length + iv.length + body.length)
          .put(header)
          .put(iv)
          .put(body)
          .array();
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  private void requireUsable() {
    if (!usable) {
      throw new StateRefusedException(
          Reason.WRITE_FAILED, "a write failed, or the file was closed; open the state again");
    }
  }

  /** Lets go of the lock and wipes the secrets in memory; may be called again. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    usable = false;
    key.close();
    state.close();
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the lock of the device state was not released", e);
    }
  }
}
