package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.Sha256;
import org.tallystick.screening.LoadOutcome.Refused;
import org.tallystick.screening.list.ListFormat;
import org.tallystick.screening.list.ListLimits;
import org.tallystick.screening.list.ListRefusedException;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/**
 * Loads target lists: the consortium's administrator does, and its approver where the list has
 * become much shorter. A list is read wholly before anything of it is stored.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ListLoading {
  @EJB Editions editions;

  /**
   * Loads a list.
   *
   * @param list its name, see {@link ListName}
   * @param bytes the one file, or an archive of the format's files
   * @param archive whether it is an archive
   */
  public LoadOutcome load(
      Actor actor, String list, ListFormat format, byte[] bytes, boolean archive) {
    actor.requireConsortium();
    actor.require(Role.ADMINISTRATOR);
    return load(actor.name(), list, format, bytes, archive, null);
  }

  /**
   * Loads a list that may be much shorter than the one in force.
   *
   * @param reason why it may
   */
  public LoadOutcome loadShorter(
      Actor actor, String list, ListFormat format, byte[] bytes, boolean archive, String reason) {
    actor.requireConsortium();
    actor.require(Role.APPROVER);
    return load(actor.name(), list, format, bytes, archive, reason);
  }

  /**
   * Loads a list that lay in the folder for lists; who may write there is the operator's to say.
   */
  public LoadOutcome dropped(String list, ListFormat format, byte[] bytes, boolean archive) {
    return load(ListFolder.ACTOR, list, format, bytes, archive, null);
  }

  private LoadOutcome load(
      String actor,
      String name,
      ListFormat format,
      byte[] bytes,
      boolean archive,
      @Nullable String shrinkReason) {
    if (!ListName.valid(name, format)) {
      return new Refused("a list of this format is not called so");
    }
    if (!archive && format.neededFiles().size() > 1) {
      return new Refused("the list has several files: give an archive of " + format.neededFiles());
    }
    TargetList list;
    try {
      list =
          new TargetList(
              name, format.readBytes(files(format, bytes, archive), ListLimits.USUAL).entities());
    } catch (ArchiveRefusedException | ListRefusedException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
    byte[] zip = archive ? bytes : ListArchive.of(format.neededFiles().get(0), bytes);
    return editions.store(actor, format, list, Sha256.of(bytes), zip, shrinkReason);
  }

  private static Map<String, byte[]> files(ListFormat format, byte[] bytes, boolean archive)
      throws ArchiveRefusedException {
    return archive ? ListArchive.open(bytes, format) : Map.of(format.neededFiles().get(0), bytes);
  }
}
