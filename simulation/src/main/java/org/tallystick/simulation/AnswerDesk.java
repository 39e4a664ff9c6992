package org.tallystick.simulation;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Answer;
import org.tallystick.answer.ReasonClass;
import org.tallystick.answer.SealedAnswer;
import org.tallystick.cose.CoseSign1;
import org.tallystick.receipt.Receipt;

/** What a device does with an answer: A1 to A6. */
final class AnswerDesk {
  private final Device device;

  AnswerDesk(Device device) {
    this.device = device;
  }

  void take(DeviceFile file, Message.Sealed message) {
    OutboxEntry entry = entryOf(file, message.token());
    if (entry == null) {
      did(Transition.ANSWER_REPEATED, "");
      return;
    }
    Party party = device.party;
    Optional<Answer> opened =
        SealedAnswer.open( // A1, A2
            message.sealed(),
            party.binding().suite(),
            Cast.CONSORTIUM,
            party.binding().deviceId(),
            entry.sealed().epoch(),
            entry.n(),
            entry.number(),
            Cast.ANSWER_KEY.verificationKey(),
            entry.sealed().replyRoot());
    if (opened.isEmpty()) {
      did(Transition.ANSWER_BROKEN, Device.describe(entry));
      return;
    }
    Answer answer = opened.get();
    if (!Arrays.equals(answer.codeHash(), entry.sealed().codeHash())) { // A3
      did(Transition.ANSWER_OF_OTHER_HISTORY, Device.describe(entry));
      return;
    }
    requireReceipt(answer); // A4
    DeviceRoots roots = file.roots();
    if (answer.reason() == ReasonClass.REKEY_FIRST && roots.maySeal() && isOfRoots(roots, entry)) {
      device.rekeys.heardOfRestore(file);
      return; // asked for again afterwards
    }
    if (!roots.maySeal()) {
      did(Transition.ANSWER_PUT_OFF, Device.describe(entry));
      return; // its log line is known to be of the bank's log only after the rekey
    }
    LogView grown = file.log().with(answer.line()).orElse(null); // A5
    if (grown == null) { // perhaps the bank was restored: the key set will tell
      did(Transition.ANSWER_OF_LOST_LOG, Device.describe(entry));
      device.world.history.contradicted(party.index());
      device.rekeys.begin();
      return;
    }
    Transition step =
        grown.index() > file.log().index() ? Transition.LOG_EXTENDED : Transition.LOG_BUFFERED;
    device.write( // A6
        file.withAnswer(entry.at(), grown, answer.aliases()),
        () -> {
          did(step, "line " + answer.line().index());
          did(Transition.ANSWER_TAKEN, Device.describe(entry) + " " + answer.outcome());
          device.world.billEnded(entry.codeHash());
          device.world.history.heard(entry.codeHash(), answer.outcome());
        });
  }

  private static boolean isOfRoots(DeviceRoots roots, OutboxEntry entry) {
    return entry.sealed().epoch() == roots.root().epoch();
  }

  private static @Nullable OutboxEntry entryOf(DeviceFile file, String token) {
    for (OutboxEntry entry : file.outbox().values()) {
      if (entry.pickup().equals(token)) {
        return entry;
      }
    }
    return null;
  }

  /** A4, all but the signature, which is a stand-in. */
  private static void requireReceipt(Answer answer) {
    byte[] sign1 = answer.receipt();
    if (sign1 == null) {
      return;
    }
    Receipt receipt = Receipt.decode(CoseSign1.decode(sign1).payload());
    if (!receipt.number().equals(answer.number())
        || !Arrays.equals(receipt.codeHash(), answer.codeHash())
        || receipt.outcome() != answer.outcome()
        || receipt.logIndex() != answer.line().index()
        || !Arrays.equals(receipt.column1(), answer.line().column1())
        || !Arrays.equals(receipt.column2(), answer.line().column2())) {
      throw new IllegalStateException("A4: receipt and answer differ");
    }
  }

  private void did(Transition transition, String detail) {
    device.world.did(transition, device.party.name(), detail);
  }
}
