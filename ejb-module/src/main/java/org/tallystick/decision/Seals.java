package org.tallystick.decision;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.tallystick.code.HalfVault;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.Signer;
import org.tallystick.device.Aliases;

/**
 * What concluding needs besides the database.
 *
 * @param consortium two letters
 * @param receiptKey signs receipts
 * @param secondReceiptKey signs them once more, for devices of suite 2; empty where the keys have
 *     none, and then there is no such device
 * @param answerKey signs answers
 * @param aliases gives fresh ones
 * @param halves opens reply roots
 * @param random for salts and receipt numbers
 * @param clock the bank's
 */
record Seals(
    String consortium,
    Signer receiptKey,
    Optional<MessageSigner> secondReceiptKey,
    Signer answerKey,
    Aliases aliases,
    HalfVault halves,
    SecureRandom random,
    Clock clock) {}
