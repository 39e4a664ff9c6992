package org.tallystick.keys;

import java.util.Optional;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Signer;

/** Where the long-lived keys of a node are: all that differs between the vaults. */
interface LongLivedKeys {
  /** What the day keys are sealed under. */
  SealingKey keyEncryptionKey();

  /** 32 bytes that are used many times for each payment and so are held in memory. */
  Secret secret(LongLivedSecret name);

  /** The signing key for a use. */
  Signer signer(KeyUse use);

  /** See {@link KeyVault#secondReceiptSigner}. */
  Optional<MessageSigner> secondReceiptSigner();

  /** See {@link KeyVault#secondCheckpointSigner}. */
  Optional<MessageSigner> secondCheckpointSigner();

  /** See {@link KeyVault#checkValue}. */
  byte[] checkValue();

  /** See {@link KeyVault#answers}. */
  boolean answers();
}
